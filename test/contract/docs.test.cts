import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { operationsPage, withEvents } from './table.cts';

function read(path: string): string {
	return readFileSync(join(__dirname, '../..', path), 'utf8');
}

test('docs/operations.md says what the node can do: "npm run docs" writes it anew', () => {
	expect(read('docs/operations.md')).toBe(operationsPage());
});

test('the README lists the events that the trigger knows: "npm run docs" writes them anew', () => {
	const readme = read('README.md');
	expect(withEvents(readme)).toBe(readme);
});

test('the README names every example, and no other', () => {
	const named = read('README.md').match(/examples\/[\w-]+\.json/g) ?? [];
	const there = readdirSync(join(__dirname, '../../examples')).map((file) => `examples/${file}`);
	expect([...new Set(named)].sort()).toEqual(there.sort());
});
