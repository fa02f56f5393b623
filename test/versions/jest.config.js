const { existsSync } = require('node:fs');
const { join } = require('node:path');

const base = require('../../jest.config.js');

/** Set by scripts/test-versions.cts: the folder with n8n-core and n8n-workflow. */
const folder = process.env.N8N_CORE_FOLDER;
if (!folder) throw new Error('Run these tests with npm run test:versions.');
/** What tests import of the engine; some versions have less. */
const engine = ['n8n-core', 'n8n-workflow', '@n8n/di', '@n8n/backend-network'];
const installed = (name) => join(folder, 'node_modules', name);

/** ES modules that some versions of the engine require, which jest can only do after a transformation. */
const ES_MODULES = '(?:@apidevtools|p-retry|p-queue|p-timeout|is-network-error)';
const [[, transformer]] = Object.entries(base.transform);

/** The tests that run in n8n's engine, in another version of the engine. */
module.exports = {
	...base,
	rootDir: join(__dirname, '..', '..'),
	testMatch: ['engine', 'contract', 'unit'].map((name) => `<rootDir>/test/${name}/**/*.test.cts`),
	transform: { [`^.+\\.c?ts$|/${ES_MODULES}/.+\\.js$`]: transformer },
	transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES}/)`],
	// They test commands, not nodes.
	testPathIgnorePatterns: [
		...base.testPathIgnorePatterns,
		'<rootDir>/test/contract/commands',
		'<rootDir>/test/unit/demo/',
	],
	moduleNameMapper: Object.fromEntries(
		engine.map((name) => [`^${name}$`, installed(name)]).filter(([, path]) => existsSync(path)),
	),
};
