const transform = {
	'^.+\\.c?ts$|/@apidevtools/.+\\.js$': [
		'@swc/jest',
		{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
	],
};

/** Unit, structure, contract, engine and simulator tests: everything that needs no n8n. */
module.exports = {
	testEnvironment: 'node',
	// n8n's engine stays in memory after each file that has loaded it, so workers start afresh.
	maxWorkers: 2,
	workerIdleMemoryLimit: '1GB',
	testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.cts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/fuzz/',
		'<rootDir>/test/n8n/',
		'<rootDir>/test/queue/',
		'<rootDir>/test/ui/',
	],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	moduleFileExtensions: ['ts', 'cts', 'js', 'cjs', 'mjs', 'json', 'node'],
	setupFilesAfterEnv: ['<rootDir>/test/setup.js'],
	transform,
	// openapi-backend brings a package that is an ES module only.
	transformIgnorePatterns: ['/node_modules/(?!@apidevtools/)'],
};
