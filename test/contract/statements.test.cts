/** What the README and the docs say in tables and numbers must be what the code says. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PerfectGymNextApi } from '../../credentials/PerfectGymNextApi.credentials';
import { resources } from '../../nodes/PerfectGymNext/resources';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import { dependencies as runtime } from '../n8n/runtime/package.json';
import { cores } from '../versions/cores.cts';
import document from './open-api.json';
import { CUSTOM_RESOURCE } from './operations.cts';

const PROJECT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');
const sources = ['nodes', 'credentials']
	.flatMap((folder) =>
		readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => read(join(folder, name))),
	)
	.join('\n');

/** @returns the cells of the first column below each head with this title */
function firstColumn(page: string, title: string): string[] {
	const tables = read(page).split(/\n\n+/);
	const cells = (line: string) => line.split('|')[1]?.trim() ?? '';
	return tables
		.map((table) => table.trim().split('\n').map(cells))
		.filter(([head]) => head === title)
		.flatMap(([, , ...rows]) => rows);
}

/** n8n's own message, which the page explains too. */
const OF_N8N = ['Existing execution data is too large'];

test.each(firstColumn('docs/troubleshooting.md', 'Message'))('the node says %s', (cell) => {
	const messages = [...cell.matchAll(/_([^_]+)_/g)].map(([, message]) => message);
	expect(messages).not.toEqual([]);
	const parts = messages
		.filter((message) => !OF_N8N.some((own) => message.includes(own)))
		.flatMap((message) => message.split('…'))
		.map((part) => part.replaceAll('"', '').trim())
		.filter((part) => part !== '');
	const said = sources.replaceAll('"', '').replaceAll("\\'", "'");
	expect(parts.filter((part) => !said.includes(part))).toEqual([]);
});

test('the README explains every field of the credential, in its order', () => {
	const fields = new PerfectGymNextApi().properties.map(({ displayName }) => displayName);
	expect(firstColumn('README.md', 'Field')).toEqual(fields);
});

test('the numbers of the README are those of the node', () => {
	const ofApi = resources.filter(({ value }) => value !== CUSTOM_RESOURCE);
	expect(read('README.md')).toContain(`in ${ofApi.length} resources`);
	expect(read('README.md')).toContain(`${eventTypes.length} types of events`);
	expect(read('CHANGELOG.md')).toContain(`in ${ofApi.length} resources`);
	expect(read('CHANGELOG.md')).toContain(`${eventTypes.length} types of events`);
	const examples = readdirSync(join(PROJECT, 'examples'));
	expect(read('CHANGELOG.md')).toContain(`${examples.length} example workflows`);
});

test('the docs name the versions that the tests use', () => {
	const page = read('docs/compatibility.md');
	expect(page).toContain(`Tested with ${runtime.n8n}`);
	expect(page).toContain(document.info.version.split('-')[0]);
	for (const { n8n, core } of cores)
		expect(page).toMatch(new RegExp(`^\\| ${n8n} +\\| ${core} +\\|`, 'm'));
	expect(read('docs/scaling.md')).toContain(`n8n ${runtime.n8n}`);
	expect(read('docs/performance.md')).toContain(`n8n ${runtime.n8n}`);
});
