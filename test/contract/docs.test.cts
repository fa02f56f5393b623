import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { operationsPage } from './table.cts';

test('docs/operations.md says what the node can do: "npm run docs" writes it anew', () => {
	const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
	expect(page).toBe(operationsPage());
});
