/** Generates documentation from the node's descriptions and the contract. */

import type { INodePropertyOptions } from 'n8n-workflow';

import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node.ts';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import { contractOf, CUSTOM_RESOURCE, nodeOperations } from './operations.cts';

const HEAD = `# Operations

What the PerfectGym Next node can do. This page is made from the node's own descriptions: \`npm run docs\`.

"Chunks" are lists that PerfectGym Next hands out in parts; Return All follows them. A scope is a
permission that PerfectGym grants to an integration; where several are named, one of them suffices.
"Newer" operations came after version 1.11.0 of the API.
`;

const CUSTOM_REQUEST = `One operation, _Send_: any method and path of the API, with query and body, for what PerfectGym adds later.
_Follow Chunks_ reads a list to its end. Pace, repeats and errors are those of every other operation.
`;

/** @returns the page docs/operations.md */
export function operationsPage(): string {
	const resource = new PerfectGymNext().description.properties.find(
		({ name }) => name === 'resource',
	);
	const sections = (resource?.options as INodePropertyOptions[]).map(
		({ name, value }) =>
			`\n## ${name}\n\n${value === CUSTOM_RESOURCE ? CUSTOM_REQUEST : tableOf(String(value))}`,
	);
	return HEAD + sections.join('');
}

function tableOf(resource: string): string {
	const rows = nodeOperations
		.filter((operation) => operation.resource === resource)
		.map(({ name, value, description }) => {
			const contract = contractOf.get(String(value));
			const isChunked = contract?.parameters.some((parameter) => parameter.name === 'sliceSize');
			return [
				name,
				description ?? '',
				`\`${contract?.method} ${contract?.path}\``,
				(contract?.scopes ?? []).map((scope) => `\`${scope}\``).join(' or '),
				isChunked ? 'yes' : '',
				contract?.isNewer ? 'yes' : '',
			];
		});
	const head = ['Operation', 'What it does', 'Request', 'Scope', 'Chunks', 'Newer'];
	const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	return `${lines.join('\n')}\n`;
}

const EVENTS_START = '<!-- made by "npm run docs" -->\n<!-- prettier-ignore-start -->\n\n';
const EVENTS_END = '\n<!-- prettier-ignore-end -->';

/** @returns the page with a new table of events between its marks @throws {Error} without the marks */
export function withEvents(page: string): string {
	const start = page.indexOf(EVENTS_START);
	const end = page.indexOf(EVENTS_END);
	if (start < 0 || end < start) throw new Error('The page has no place for the table of events');
	return page.slice(0, start + EVENTS_START.length) + eventsTable() + page.slice(end);
}

function eventsTable(): string {
	const rows = eventTypes.map(({ name, value, description, id, contentIds = [], entity }) => {
		const ids = [...(id ? [id] : []), ...contentIds].map((one) => `\`${one}\``).join(', ');
		const contract = entity && contractOf.get(entity.operation);
		return [
			name,
			`\`${value}\``,
			description,
			ids,
			contract ? `\`${contract.path}\`` : 'nothing left',
		];
	});
	const head = ['Event', 'Type', 'Sent', 'IDs in the item', 'Include Entity reads'];
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |\n`)
		.join('');
}
