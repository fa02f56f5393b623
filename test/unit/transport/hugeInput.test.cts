import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { operations, properties } from '../../../nodes/PerfectGymNext/properties';
import { readBaseUrl } from '../../../nodes/PerfectGymNext/transport/baseUrl';
import { readCustomRequest } from '../../../nodes/PerfectGymNext/transport/customRequest';
import { UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import { readRequest } from '../../../nodes/PerfectGymNext/transport/input';
import { baseName, mediaTypeOf } from '../../../nodes/PerfectGymNext/transport/mediaTypes';
import { errorIn } from '../../../nodes/PerfectGymNext/transport/nodeErrors';
import { shapeRecords } from '../../../nodes/PerfectGymNext/transport/output';
import { ItemParameters, NodeParameters } from '../../../nodes/PerfectGymNext/transport/parameters';
import { isParameter, serialize } from '../../../nodes/PerfectGymNext/transport/serialize';
import { readSettings } from '../../../nodes/PerfectGymNext/transport/settings';
import { nameIn, shownName } from '../../../nodes/PerfectGymNext/transport/studioCheck';
import { readEvent } from '../../../nodes/PerfectGymNext/trigger/payload';
import { digestOf, matchingKeys } from '../../../nodes/PerfectGymNext/trigger/webhookKey';
import { NASTY_CHARACTERS } from '../../fuzz/odd.cts';
import { apiRequest, fakeRun } from '../fakes.cts';
import { MAX_BLOCKED_MS, shortestMs } from '../processorTime.cts';

/** Two hundred thousand values: a slow machine needs more than the default of five seconds. */
jest.setTimeout(120_000);

const SIZE = 1_000_000;
/** @returns the shortest time that the action takes, whether or not it throws the user's error */
function msOf(action: () => unknown): number {
	return shortestMs(() => {
		try {
			action();
		} catch (error) {
			if (!(error instanceof UserInputError)) throw error;
			expect(error.message.length).toBeLessThan(2000);
		}
	});
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
	const [resource] = operation.resources;
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
	[
		'a text in JSON',
		(text) =>
			requestWith('userSession', { specifyBody: 'json', jsonBody: JSON.stringify({ a: text }) }),
	],
	[
		'a value that becomes JSON',
		(text) => requestWith('userSession', { specifyBody: 'json', jsonBody: { a: text } }),
	],
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

const event = (changes: object, content: object = {}) => ({
	uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
	entityId: 1,
	payload: [{ timestamp: 1_642_779_144_176, type: 'CUSTOMER_CREATED', content }],
	...changes,
});
const studio = {
	baseUrl: 'https://acme.open-api.perfectgym.com',
	apiKey: 'a-key',
	fingerprint: '',
};
const errorWith = (body: unknown, headers = {}) =>
	errorIn({ statusCode: 400, headers, body }, apiRequest(), studio);

/** What arrives from outside: webhooks, and answers that are errors. */
const receivers: Array<[string, (text: string) => unknown]> = [
	['the key of a webhook', (key) => matchingKeys(['x-api-key', key], 'x-api-key', [digestOf('a')])],
	['the name of a header of a webhook', (name) => matchingKeys([name, ''], 'x-api-key', [])],
	['the uuid of an event', (uuid) => readEvent(event({ uuid }))],
	['the ID of an event', (entityId) => readEvent(event({ entityId }))],
	['the type of an event', (type) => readEvent(event({ payload: [{ timestamp: 1, type }] }))],
	['the content of an event', (text) => readEvent(event({}, { text }))],
	['a name in an event', (text) => readEvent(event({}, { [text]: 1 }))],
	['an error page', (text) => errorWith(text)],
	['an error page in HTML', (text) => errorWith(`<html>${text}<p>Not found</p>`)],
	['an error', (errorMessage) => errorWith({ errorMessage, message: errorMessage })],
	['an error code', (errorCode) => errorWith({ errorCode, errorCodes: [errorCode] })],
	['what an error refers to', (reference) => errorWith({ reference, traceId: reference })],
	['the type of an answer', (type) => errorWith({}, { 'content-type': `text/html;${type}` })],
	['the name of a studio', (name) => shownName(nameIn({ name }) ?? '', studio.apiKey)],
	['the name of a file', (name) => baseName(name)],
	['the type of a file', (type) => mediaTypeOf(type, type)],
	['a base URL', (text) => readBaseUrl(text)],
	['a base URL with a scheme', (text) => readBaseUrl(`https://${text}`)],
	['flat output', (a) => shapeRecords([{ a }], { mode: 'flat', escapeFormulas: true })],
];

test.each([...readers, ...receivers])('a megabyte does not hold n8n up in %s', (_kind, read) => {
	const slow = NASTY_CHARACTERS.map((character): [string, number] => {
		const text = character.repeat(SIZE);
		return [character, msOf(() => read(text))];
	}).filter(([, ms]) => ms > MAX_BLOCKED_MS);
	expect(slow).toEqual([]);
});

test('many tags do not hold n8n up while they are compared', () => {
	const tags = Array.from({ length: 20_000 }, (_, index) => ({ name: `tag ${index}` }));
	const jsonBody = JSON.stringify(tags);
	const read = () => requestWith('updateStudioTags', { specifyBody: 'json', jsonBody });
	expect(msOf(read)).toBeLessThan(MAX_BLOCKED_MS);
});

test('a hundred thousand brackets in a date field do not hold n8n up', () => {
	const day = { ...operations.parameter('switchDate'), required: true };
	expect(msOf(() => serialize(day, '['.repeat(100_000), 'UTC'))).toBeLessThan(MAX_BLOCKED_MS);
});
