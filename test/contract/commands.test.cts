import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Command, commandsOf, commandsOfCi, pagesWithCommands } from './commands.cts';

const PROJECT = join(__dirname, '../..');

/** The commands that this file runs, and what they print. The first number is the exit code. */
const RUN_HERE: Record<string, [number, RegExp]> = {
	'npm start -- --help': [0, /--fresh/],
	'npm run words': [0, /Get many customers/],
	'npm run figures': [0, /lines/],
	'npm run generate': [0, /./],
	// As long as the repository's address is a placeholder, it fails and says so.
	'npm run check:publish': [1, /placeholder/],
};
/** The commands that another test runs: the file, and what one finds there. */
const RUN_ELSEWHERE: Record<string, [file: string, words: string]> = {
	'mkdir -p ~/.n8n/nodes': ['test/ui/setup.cts', "commandOf('npm install')"],
	'cd ~/.n8n/nodes': ['test/ui/setup.cts', "commandOf('npm install')"],
	'npm install --legacy-peer-deps n8n-nodes-perfectgym-next': [
		'test/ui/setup.cts',
		"commandOf('npm install')",
	],
	"docker exec -u node -w /home/node n8n sh -c 'mkdir -p .n8n/nodes && cd .n8n/nodes && npm install --legacy-peer-deps n8n-nodes-perfectgym-next'":
		['test/ui/install.test.cts', "commandOf('docker')"],
	'docker restart n8n': ['test/ui/install.test.cts', "commandOf('docker')"],
	'npm run dev': ['test/unit/demo/watcher.test.cts', 'watchNodes({ project, userFolder }'],
	'npm pack': ['test/n8n/package.cts', "['pack', '--json'"],
};
const NEEDS_GIT = 'needs a repository at GitHub';
const NEEDS_NPM = 'needs an account at npm, or changes the version to publish';
const PART_OF_NPM_TEST = 'runs some of the files that "npm test" runs';
const MEASURES = 'measures for minutes, and fails on no result';
/** The commands that no test runs, and why. */
const EXCEPTIONS: Array<[command: RegExp, reason: string]> = [
	[/^git (clone|push|tag|diff|restore) /, NEEDS_GIT],
	[/^cd n8n-nodes-perfectgym-next$/, NEEDS_GIT],
	[/^npm (publish|trust|version|view)( |$)/, NEEDS_NPM],
	[/^npm run release$/, NEEDS_NPM],
	[/^npm install --package-lock-only$/, NEEDS_NPM],
	[/^npx jest test\//, PART_OF_NPM_TEST],
	[/^npm run bench(:editor|:queue|:trigger| -- --report)?$/, MEASURES],
	[/^npm run bench:counts$/, PART_OF_NPM_TEST],
	[/^npm run test:versions$/, '`.ci/run` runs it for the oldest and the newest version'],
	[/^N8N_UNVERIFIED_PACKAGES_ENABLED=true$/, 'needs n8n 3, which is not on npm'],
	[/^npm run simulator$/, 'does not end; every suite starts the simulator'],
];

const all = pagesWithCommands().flatMap(commandsOf);
const ci = commandsOfCi();

/** Whether `.ci/run` runs it: as it is, with "--once", or as a part of another script. */
function isRunByCi(text: string): boolean {
	const manifest = readFileSync(join(PROJECT, 'package.json'), 'utf8');
	const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
	const parts = ci.flatMap((step) => (scripts[step.replace('npm run ', '')] ?? '').split(' && '));
	return [...ci, ...parts].some((step) =>
		[text, `${text} -- --once`, `${text} --once`].includes(step),
	);
}

function isCovered({ text }: Command): boolean {
	return (
		isRunByCi(text) ||
		text in RUN_HERE ||
		text in RUN_ELSEWHERE ||
		EXCEPTIONS.some(([command]) => command.test(text))
	);
}

test('every command of the README and the docs is run by a test, or has a reason not to be', () => {
	expect(all.length).toBeGreaterThan(50);
	expect(all.filter((command) => !isCovered(command))).toEqual([]);
});

test('every listed command is on a page', () => {
	const texts = new Set(all.map(({ text }) => text));
	const listed = [...Object.keys(RUN_HERE), ...Object.keys(RUN_ELSEWHERE)];
	expect(listed.filter((text) => !texts.has(text) || isRunByCi(text))).toEqual([]);
	const unused = EXCEPTIONS.filter(([command]) => ![...texts].some((text) => command.test(text)));
	expect(unused).toEqual([]);
});

test.each(Object.entries(RUN_ELSEWHERE))('"%s" is run in its file', (_command, [file, words]) => {
	expect(readFileSync(join(PROJECT, file), 'utf8')).toContain(words);
});

test('every file that a "npx jest" command names exists', () => {
	const jest = all.filter(({ text }) => text.startsWith('npx jest '));
	const paths = jest.flatMap(({ text }) =>
		text.split(' ').filter((word) => word.startsWith('test/')),
	);
	expect(paths.length).toBeGreaterThan(4);
	const isThere = (path: string) =>
		[path, `${path}.test.cts`].some((each) => existsSync(join(PROJECT, each)));
	expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

describe('the command', () => {
	let copy: string;
	beforeAll(() => {
		// Some commands write files, which other tests read at the same time.
		copy = mkdtempSync(join(tmpdir(), 'perfectgym-next-commands-'));
		const left = new Set(['node_modules', '.git', 'dist'].map((name) => join(PROJECT, name)));
		cpSync(PROJECT, copy, { recursive: true, filter: (path) => !left.has(path) });
		symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'), 'junction');
	});
	afterAll(() => rmSync(copy, { recursive: true, force: true }));

	test.each(Object.entries(RUN_HERE))(
		'"%s" does what the page says',
		(command, [exitCode, output]) => {
			const { status, stdout, stderr } = spawnSync(command, {
				cwd: copy,
				shell: true,
				encoding: 'utf8',
			});
			const printed = `${stdout}${stderr}`;
			expect(printed).toMatch(output);
			expect({ status, end: printed.slice(-500) }).toMatchObject({ status: exitCode });
		},
		300_000,
	);
});
