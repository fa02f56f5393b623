import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { operations, properties } from '../../../nodes/PerfectGymNext/properties';
import { readCustomRequest } from '../../../nodes/PerfectGymNext/transport/customRequest';
import { UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import { readRequest } from '../../../nodes/PerfectGymNext/transport/input';
import { ItemParameters, NodeParameters } from '../../../nodes/PerfectGymNext/transport/parameters';
import { isParameter, serialize } from '../../../nodes/PerfectGymNext/transport/serialize';
import { readSettings } from '../../../nodes/PerfectGymNext/transport/settings';
import { fakeRun } from '../fakes.cts';

/** Two hundred thousand values: a slow machine needs more than the default of five seconds. */
jest.setTimeout(120_000);

const SIZE = 1_000_000;
/**
 * A value may hold n8n up for 50 ms, and takes a fraction of that here. A slow machine may need more;
 * what a quadratic pattern takes is still far above the bound.
 */
const MAX_MS = 250;
const ATTEMPTS = 5;
const NASTY = [
	...['[', ']', '{', '(', '<', '"', "'", '\\', '/', '.', ',', ' ', '\n', '\0', '0', '9', 'a', '@'],
	...['-', '\u{1f600}'],
];

/** @returns the shortest time, in ms, that the action takes, whether or not it throws the user's error */
function shortestMs(action: () => unknown): number {
	let shortest = Infinity;
	for (let attempt = 0; attempt < ATTEMPTS && shortest > MAX_MS; attempt++) {
		const start = performance.now();
		try {
			action();
		} catch (error) {
			if (!(error instanceof UserInputError)) throw error;
			expect(error.message.length).toBeLessThan(2000);
		}
		shortest = Math.min(shortest, performance.now() - start);
	}
	return shortest;
}

function parametersOf(parameters: INodeParameters): ItemParameters {
	const run = fakeRun({ parameters });
	return new ItemParameters(new NodeParameters(run, operations), run.items[0]);
}

function* leavesOf(parameter: INodeProperties): Generator<INodeProperties> {
	const options = parameter.options ?? [];
	const nested = options.flatMap((one) =>
		'values' in one ? one.values : isParameter(one) ? [one] : [],
	);
	if (nested.length === 0) yield parameter;
	for (const one of nested) yield* leavesOf(one);
}

/** One field for each way to read a value. */
const fields = new Map(
	properties
		.flatMap((parameter) => [...leavesOf(parameter)])
		.map((field) => {
			const { type, typeOptions, options = [] } = field;
			return [JSON.stringify([type, typeOptions, options.length > 0]), field];
		}),
);

const requestWith = (id: string, values: object) => {
	const operation = operations.get(id);
	const { resource } = operation;
	const all = { resource, operation: id, ...values } as INodeParameters;
	return readRequest(parametersOf(all), operation, {});
};
const customRequestWith = (values: object) =>
	readCustomRequest(parametersOf({ requestMethod: 'POST', requestPath: '/v1/x', ...values }), {});

const readers: Array<[string, (text: string) => unknown]> = [
	...[...fields].map(([kind, field]): [string, (text: string) => unknown] => [
		kind,
		(text) => serialize(field, text, 'Europe/Berlin'),
	]),
	['an ID', (customerId) => requestWith('getCustomerById', { customerId })],
	['an email', (email) => requestWith('searchCustomers', { searchFields: { email } })],
	[
		'a country',
		(countryCode) => requestWith('createCustomer', { countryCode, specifyBody: 'fields' }),
	],
	[
		'a slot',
		(freeSlot) =>
			requestWith('bookAppointmentBooking', { specifyBody: 'fields', appointmentSlot: freeSlot }),
	],
	['JSON', (jsonBody) => requestWith('userSession', { specifyBody: 'json', jsonBody })],
	['a path', (requestPath) => customRequestWith({ requestPath })],
	['a path of the API', (text) => customRequestWith({ requestPath: `/v1/${text}` })],
	['a body', (requestBody) => customRequestWith({ requestBody })],
	[
		'a query',
		(value) => customRequestWith({ requestQuery: { parameter: [{ name: 'a', value }] } }),
	],
	['a proxy', (proxy) => readSettings(parametersOf({ requestOptions: { proxy } }))],
	[
		'a URL of a proxy',
		(text) => readSettings(parametersOf({ requestOptions: { proxy: `http://${text}` } })),
	],
];

test.each(readers)('a megabyte does not hold n8n up in %s', (_kind, read) => {
	const slow = NASTY.map((character): [string, number] => {
		const text = character.repeat(SIZE);
		return [character, shortestMs(() => read(text))];
	}).filter(([, ms]) => ms > MAX_MS);
	expect(slow).toEqual([]);
});

test('a hundred thousand brackets in a date field do not hold n8n up', () => {
	const day = { ...operations.parameter('switchDate'), required: true };
	expect(shortestMs(() => serialize(day, '['.repeat(100_000), 'UTC'))).toBeLessThan(MAX_MS);
});
