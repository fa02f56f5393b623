import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { operationsPage, withEvents } from './table.cts';

function read(path: string): string {
	return readFileSync(join(__dirname, '../..', path), 'utf8');
}

test('docs/operations.md lists the operations of the node; "npm run docs" updates it', () => {
	expect(read('docs/operations.md')).toBe(operationsPage());
});

test('the README lists the events of the trigger; "npm run docs" updates them', () => {
	const readme = read('README.md');
	expect(withEvents(readme)).toBe(readme);
});

test('the README names exactly the examples that exist', () => {
	const named = read('README.md').match(/examples\/[\w-]+\.json/g) ?? [];
	const there = readdirSync(join(__dirname, '../../examples')).map((file) => `examples/${file}`);
	expect([...new Set(named)].sort()).toEqual(there.sort());
});
