import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDemoFolder } from '../../../scripts/demo/folder.cts';

const root = mkdtempSync(join(tmpdir(), 'perfectgym-next-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let path: string;
let count = 0;
let database: string;
beforeEach(() => {
	path = join(root, String(count++));
	database = join(path, '.n8n', 'database.sqlite');
});

/** Puts the data of an earlier start into the folder. */
function fill() {
	mkdirSync(join(path, '.n8n'), { recursive: true });
	writeFileSync(database, '');
}

function open(fresh: boolean) {
	const lines: string[] = [];
	const folder = openDemoFolder(path, fresh, (line) => lines.push(line));
	return { ...folder, printed: lines.join('\n') };
}

test('the first start creates the folder', () => {
	const opened = open(false);
	expect(opened.path).toBe(path);
	expect(existsSync(path)).toBe(true);
	expect(opened.printed).toMatch(/^Starting with a new n8n/);
});

test('a later start keeps what is there, and says so', () => {
	fill();
	expect(open(false).printed).toMatch(/^Keeping your workflows, credentials and executions/);
	expect(existsSync(database)).toBe(true);
});

test('a fresh start deletes it, and says so', () => {
	fill();
	expect(open(true).printed).toMatch(/^Deleted the last demo's workflows/);
	expect(existsSync(database)).toBe(false);
});

test('a second demo at the same time leaves the first one alone, even when it is fresh', () => {
	const first = open(false);
	fill();
	const second = open(true);
	expect(second.path).not.toBe(path);
	expect(second.printed).toMatch(/^Another demo is running/);
	expect(existsSync(database)).toBe(true);

	second.release();
	expect(existsSync(second.path)).toBe(false);
	first.release();
	expect(open(false).path).toBe(path);
	expect(existsSync(database)).toBe(true);
});

test('a demo that was killed does not hold the folder', () => {
	mkdirSync(path, { recursive: true });
	writeFileSync(join(path, 'pid'), String(2 ** 22 + 1));
	expect(open(false).path).toBe(path);
});
