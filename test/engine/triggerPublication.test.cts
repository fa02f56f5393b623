import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { publish } from './triggerHarness.cts';

const KEY = { webhookApiKey: 'webhook-key' };
const many = (...keys: string[]): ICredentialDataDecryptedObject => ({
	studios: Object.fromEntries(
		keys.map((webhookApiKey, index) => [
			`studio${index + 1}`,
			{ name: `Studio ${index + 1}`, baseUrl: 'acme', apiKey: `key ${index}`, webhookApiKey },
		]),
	),
});

describe('without a webhook key, a workflow is not published', () => {
	test.each([
		['of the only studio', { webhookApiKey: '' }],
		['of the only studio, which never had one', {}],
		['but blanks', { webhookApiKey: '  ' }],
	])('%s', async (_what, credential) => {
		await expect(publish({ credential })).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'The credential has no "Webhook API Key"',
			description: expect.stringContaining('Open the credential and enter it') as unknown,
		});
	});

	test.each([
		['of any studio', many('', ' ')],
		['and without studios', { studios: {} }],
	])('%s', async (_what, credential) => {
		const parameters = { authentication: 'studios' };
		await expect(publish({ parameters, credential })).rejects.toThrow(
			'No studio in the credential has a "Webhook API Key"',
		);
	});
});

test('a workflow is published with the webhook key of the only studio', async () => {
	await publish({ credential: KEY });
});

test('a workflow is published if one of many studios has a webhook key', async () => {
	await publish({ parameters: { authentication: 'studios' }, credential: many('', 'key', '') });
});

describe('a parameter that is not valid is refused by name', () => {
	test.each<[string, INodeParameters, string]>([
		['0 events', { options: { rememberedEvents: 0 } }, '"Events to Remember"'],
		['-5 events', { options: { rememberedEvents: -5 } }, '"Events to Remember"'],
		['half an event', { options: { rememberedEvents: 1.5 } }, '"Events to Remember"'],
		['a word for a number', { options: { rememberedEvents: 'abc' } }, '"Events to Remember"'],
		['a list for a number', { options: { rememberedEvents: [] } }, '"Events to Remember"'],
		['a word for true', { options: { deduplicate: 'perhaps' } }, '"Ignore Duplicate Events"'],
		['a number for true', { includeEntity: 5 }, '"Include Details"'],
		['a number for events', { events: 5 }, '"Trigger On"'],
		['an object for events', { events: { a: 1 } }, '"Trigger On"'],
		['an event with a typing error', { events: ['CUSTOMER_CREATE'] }, '"Trigger On"'],
		[
			'text that is not a type',
			{ options: { otherEvents: 'customer paid' } },
			'"Other Event Types"',
		],
	])('%s', async (_what, parameters, field) => {
		await expect(publish({ parameters, credential: KEY })).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(field) as unknown,
		});
	});
});

test.each<[string, INodeParameters]>([
	['text for numbers and booleans', { includeEntity: 'true', options: { rememberedEvents: '5' } }],
	['text with commas for events', { events: 'CUSTOMER_CREATED, CUSTOMER_DELETED' }],
	['any event', { events: ['*'] }],
	['types of the future', { options: { otherEvents: 'CUSTOMER_PAYMENT_REJECTED,NEW_2' } }],
	['empty fields', { events: [], options: { otherEvents: '', rememberedEvents: '' } }],
])('%s are accepted', async (_what, parameters) => {
	await publish({ parameters, credential: KEY });
});
