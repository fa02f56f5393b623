import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import { studioLists } from '../../nodes/PerfectGymNext/pickLists/studios';
import { operations } from '../../nodes/PerfectGymNext/properties';
import { execute } from '../../nodes/PerfectGymNext/transport/execute';
import { studiosCredential } from '../studiosCredential.cts';
import { fakeContext, fakeNode, fakeRun, type SentRequest } from './fakes.cts';

const credentials = {
	perfectGymNextApi: { baseUrl: 'one', apiKey: 'key-of-one' },
	perfectGymNextStudiosApi: studiosCredential([
		{ name: 'North', baseUrl: 'north', apiKey: 'key-of-north' },
		{ name: '24', baseUrl: 'number', apiKey: 'key-of-number' },
		{ name: 'Bad', baseUrl: 'my gym', apiKey: 'key-of-bad' },
	]),
};
const ONE = { baseUrl: 'https://one.open-api.perfectgym.com', apiKey: 'key-of-one' };
const NORTH = { baseUrl: 'https://north.open-api.perfectgym.com', apiKey: 'key-of-north' };
const NUMBER = { baseUrl: 'https://number.open-api.perfectgym.com', apiKey: 'key-of-number' };

type Entered = INodeParameters[string] | null;
type Send = (parameters: INodeParameters) => Promise<unknown>;

const devices = { statusCode: 200, headers: {}, body: [{ id: 5, name: 'Gate' }] };

/** Opens a list of the editor, and returns what its only request was signed with. */
async function openList(parameters: INodeParameters): Promise<unknown> {
	const { context, sent } = fakeContext(() => devices);
	const editor = {
		...context,
		getNode: () => fakeNode(parameters),
		getCurrentNodeParameter: (name: string) => parameters[name],
		getCredentials: (type: keyof typeof credentials) => Promise.resolve(credentials[type]),
	} as unknown as ILoadOptionsFunctions;
	try {
		await studioLists.searchDevices.call(editor);
	} catch (error) {
		expect(sent).toEqual([]);
		throw error;
	}
	return signedWith(sent);
}

/** Runs the node for one item, and returns what its only request was signed with. */
async function runNode(parameters: INodeParameters): Promise<unknown> {
	const { context, sent } = fakeContext(() => devices);
	const run = fakeRun({ parameters: { resource: 'device', ...parameters }, credentials, context });
	try {
		await execute(run, operations.get('getDevices'), operations);
	} catch (error) {
		expect(sent).toEqual([]);
		throw error;
	}
	return signedWith(sent);
}

/** What the request for devices was signed with. The check of the studio's name is signed alike. */
function signedWith(sent: readonly SentRequest[]): unknown {
	const devices = sent.filter(({ options }) => options.url === '/v1/devices');
	expect(devices).toHaveLength(1);
	for (const request of sent) expect(request.signedWith).toEqual(devices[0].signedWith);
	return devices[0].signedWith;
}

const many = (studio: Entered) => ({ authentication: 'studios', studio }) as INodeParameters;
const locator = (value: string) => ({ __rl: true as const, mode: 'list', value });

describe.each<[string, Send]>([
	['a list in the editor', openList],
	['a run of the node', runNode],
])('the studio of %s', (_where, send) => {
	test.each<[string, Entered, unknown]>([
		['a name', 'North', NORTH],
		['a name with spaces around it', ' North ', NORTH],
		['a name in another case', 'NORTH', NORTH],
		['a locator', locator('North'), NORTH],
		['a number', 24, NUMBER],
	])('is chosen by %s', async (_what, entered, studio) => {
		expect(await send(many(entered))).toEqual(studio);
	});

	test.each(['studio', undefined])(
		'is the only one with the authentication %j, even if a choice is left',
		async (authentication) => {
			expect(await send({ authentication, studio: 'North' })).toEqual(ONE);
			expect(await send({ authentication, studio: 'Unknown' })).toEqual(ONE);
			expect(await send({ authentication })).toEqual(ONE);
		},
	);

	test('must be in the credential', async () => {
		await expect(send(many('South'))).rejects.toMatchObject({
			message: 'The credential has no studio with the name "South"',
			description: 'It has: North, 24, Bad.',
		});
	});

	test('must have a base URL that is valid', async () => {
		await expect(send(many('Bad'))).rejects.toMatchObject({
			message: expect.stringMatching(/^Base URL is not /) as unknown,
			description: 'Open the credential and correct it.',
		});
	});

	test('must be a name, not the studio object of an event', async () => {
		await expect(send(many({ name: 'North', baseUrl: 'north' }))).rejects.toThrow(
			'"Studio" must be the name of a studio',
		);
	});
});

const noChoice: Array<[string, Entered]> = [
	['undefined', undefined],
	['an empty name', ''],
	['spaces', '  '],
	['an empty locator', locator('')],
	['null', null],
];

test.each(noChoice)('a list in the editor needs a choice, not %s', async (_what, entered) => {
	await expect(openList(many(entered))).rejects.toMatchObject({
		message: 'Choose "Studio" first. If it is an expression, run the previous node first.',
		description: 'Choose a studio from the list, or enter an expression that gives its name.',
	});
});

test.each(noChoice)('a run of the node needs a choice, not %s', async (_what, entered) => {
	await expect(runNode(many(entered))).rejects.toMatchObject({
		message: '"Studio" is missing',
		description: 'Choose a studio from the list, or enter an expression that gives its name.',
	});
});

test.each<[string, Entered]>([
	['text', '={{ $json.studio.name }}'],
	['a locator', { __rl: true, mode: 'name', value: '={{ $json.studio.name }}' }],
])('a list in the editor cannot use an expression: %s', async (_what, entered) => {
	await expect(openList(many(entered))).rejects.toMatchObject({
		message: '"Studio" is an expression, so its value is only known when the workflow runs',
		description: 'Choose a studio from the list to see what it has, or enter the ID.',
	});
});
