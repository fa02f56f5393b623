import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { watchNodes } from '../../../scripts/demo/watcher.cts';
import { PACKAGE } from '../../n8n/package.cts';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-watcher-'));
const project = join(folder, 'project');
const userFolder = join(folder, 'user');
const source = join(project, 'nodes', 'a.ts');
const compiled = join(
	userFolder,
	'.n8n',
	'nodes',
	'node_modules',
	PACKAGE,
	'dist',
	'nodes',
	'a.js',
);
const lines: string[] = [];
let stop: () => void;

beforeAll(() => {
	mkdirSync(join(project, 'nodes'), { recursive: true });
	const compilerOptions = { module: 'commonjs', rootDir: '.', types: [], strict: true };
	writeFileSync(
		join(project, 'tsconfig.json'),
		JSON.stringify({ compilerOptions, include: ['nodes'] }),
	);
	writeFileSync(source, 'export const text: string = "first";');
	stop = watchNodes({ project, userFolder }, (line) => lines.push(line));
});
afterAll(() => {
	stop();
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Waits for a line that has not been seen before. */
async function nextLine(text: string): Promise<string> {
	for (;;) {
		const index = lines.findIndex((line) => line.includes(text));
		const [found] = index < 0 ? [] : lines.splice(0, index + 1).slice(-1);
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

test('compiles the nodes into the package in n8n, at first and after each change', async () => {
	await nextLine('Watching credentials/ and nodes/ for changes.');
	expect(readFileSync(compiled, 'utf8')).toContain('first');

	writeFileSync(source, 'export const text: string = "second";');
	await nextLine('Compiled. n8n loads the nodes again.');
	expect(readFileSync(compiled, 'utf8')).toContain('second');
});

test('prints what the compiler finds', async () => {
	writeFileSync(source, 'export const text: string = 3;');
	expect(await nextLine('error TS')).toContain('nodes/a.ts(1,14): error TS2322');
});
