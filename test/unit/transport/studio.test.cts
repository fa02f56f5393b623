import type { IExecutePaginationFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { BaseUrlError } from '../../../nodes/PerfectGymNext/transport/baseUrl';
import { RequestFault } from '../../../nodes/PerfectGymNext/transport/fault';
import {
	chosenStudio,
	pickStudio,
	studioNamed,
	studiosIn,
	toEntry,
} from '../../../nodes/PerfectGymNext/transport/studio';

const NORTH = { name: ' North ', baseUrl: 'acme', apiKey: ' key-n ', webhookApiKey: ' hook-n ' };
const SOUTH = { name: 'South', baseUrl: 'acme', apiKey: 'key-s', webhookApiKey: '' };

function faultOf(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return undefined;
}

function entries(...names: string[]) {
	return names.map((name) => toEntry({ ...SOUTH, name }));
}

function run(parameters: Record<string, unknown>): IExecutePaginationFunctions {
	const getNodeParameter = (name: string, fallback: unknown) => parameters[name] ?? fallback;
	return { getNodeParameter } as unknown as IExecutePaginationFunctions;
}

function editor(parameters: Record<string, unknown>): ILoadOptionsFunctions {
	const getCurrentNodeParameter = (name: string) => parameters[name];
	return { getCurrentNodeParameter } as unknown as ILoadOptionsFunctions;
}

describe('the studios of a credential', () => {
	test('come in their order, without blanks around', () => {
		expect(studiosIn({ studios: { studio: [NORTH, SOUTH] } })).toEqual([
			{ name: 'North', baseUrl: 'acme', apiKey: 'key-n', webhookApiKey: 'hook-n' },
			SOUTH,
		]);
	});

	test.each([
		['nothing', {}],
		['an empty list', { studios: {} }],
		['no list', { studios: 'x' }],
		['no studios', { studios: { studio: [] } }],
		['what is no studio', { studios: { studio: ['x', 5] } }],
	])('are none where there is %s', (_what, credential) => {
		expect(studiosIn(credential)).toEqual([]);
	});

	test('may lack values, which are empty then', () => {
		const [studio] = studiosIn({ studios: { studio: [{}] } });
		expect(studio).toEqual({ name: '', baseUrl: undefined, apiKey: '', webhookApiKey: '' });
	});
});

describe('a studio is found', () => {
	test.each([
		['by its name', 'South', 'South'],
		['in other letters when only one can be meant', 'SOUTH', 'South'],
		['exactly before in other letters', 'north', 'north'],
	])('%s', (_how, asked, found) => {
		expect(studioNamed(entries('North', 'north', 'South'), asked).name).toBe(found);
	});

	test.each([
		['an unknown name', 'East'],
		['a part of a name', 'Sout'],
		['no name', ''],
		['the name of something that every object has', 'constructor'],
	])('never for %s, and the error lists those that are known', (_what, asked) => {
		const fault = faultOf(() => studioNamed(entries('North', 'South'), asked));
		expect(fault).toBeInstanceOf(RequestFault);
		expect(fault).toMatchObject({
			message: `The credential has no studio with the name "${asked}"`,
			advice: 'It has: North, South.',
		});
	});

	test.each([
		['used twice', ['South', 'South'], 'South'],
		['that fits two in other letters', ['South', 'south'], 'SOUTH'],
	])('never by a name %s', (_what, names, asked) => {
		expect(faultOf(() => studioNamed(entries(...names), asked))).toMatchObject({
			message: expect.stringContaining('2 studios'),
		});
	});

	test('not among so many names that nobody could read them', () => {
		const names = Array.from({ length: 60 }, (_, index) => `Studio ${index}`);
		expect(faultOf(() => studioNamed(entries(...names), 'East'))).toMatchObject({
			advice: expect.stringMatching(/Studio 49 and 10 more\.$/),
		});
	});
});

describe('the choice', () => {
	const many = (studio: unknown) => ({ authentication: 'studios', studio });

	test.each([
		['a name', 'North', 'North'],
		['a name with blanks', ' North ', 'North'],
		['a locator', { __rl: true, mode: 'list', value: 'North' }, 'North'],
		['a number', 24, '24'],
	])('can be %s', (_what, given, name) => {
		expect(chosenStudio(run(many(given)))).toBe(name);
		expect(chosenStudio(editor(many(given)))).toBe(name);
	});

	test('is none where the node has one studio, whatever is left of another choice', () => {
		for (const authentication of ['studio', undefined]) {
			expect(chosenStudio(run({ authentication, studio: 'North' }))).toBeUndefined();
			expect(chosenStudio(editor({ authentication, studio: 'North' }))).toBeUndefined();
		}
	});

	test.each([
		['nothing', undefined],
		['an empty name', ''],
		['an empty locator', { __rl: true, mode: 'list', value: '' }],
		['null', null],
		['the whole studio of an event', { name: 'North', baseUrl: 'acme' }],
	])('must not be %s', (_what, given) => {
		expect(faultOf(() => chosenStudio(run(many(given))))).toMatchObject({
			message: expect.stringMatching(/^"Studio" (is missing|must be)/),
		});
	});

	test('is not known in the editor while it is an expression', () => {
		const studio = { __rl: true, mode: 'name', value: '={{ $json.studio.name }}' };
		expect(faultOf(() => chosenStudio(editor(many(studio))))).toMatchObject({
			message: '"Studio" is an expression, whose value is known only when the workflow runs',
		});
		expect(faultOf(() => chosenStudio(editor(many(''))))).toMatchObject({
			message: 'Choose "Studio" first, or run the step before if it is an expression',
		});
	});
});

describe('picking', () => {
	const context = (credentials: Record<string, object>) =>
		({
			getCredentials: async (type: string) => credentials[type],
		}) as unknown as IExecutePaginationFunctions;
	const both = context({
		perfectGymNextApi: { baseUrl: 'one', apiKey: 'key-o' },
		perfectGymNextStudiosApi: { studios: { studio: [NORTH, SOUTH, { name: 'Bad' }] } },
	});

	test('gives the address and the key of that studio', async () => {
		const north = await pickStudio(both, 'North');
		expect(north).toEqual({
			name: 'North',
			baseUrl: 'https://acme.open-api.perfectgym.com',
			apiKey: 'key-n',
			fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect((await pickStudio(both, 'South')).fingerprint).not.toBe(north.fingerprint);
	});

	test('gives the only one where there is one', async () => {
		const one = await pickStudio(both, undefined);
		expect(one).toMatchObject({ apiKey: 'key-o' });
		expect(one).not.toHaveProperty('name');
	});

	test('fails for a studio whose base URL cannot be used', async () => {
		await expect(pickStudio(both, 'Bad')).rejects.toBeInstanceOf(BaseUrlError);
	});
});
