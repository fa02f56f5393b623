import { BaseUrlError } from '../../../nodes/PerfectGymNext/transport/baseUrl';
import { UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import {
	readStudios,
	studioFrom,
	studioNamed,
	studiosIn,
	toEntry,
	toStudioName,
} from '../../../nodes/PerfectGymNext/transport/studio';
import { errorOf } from '../fakes.cts';

const NORTH = { name: ' North ', baseUrl: 'acme', apiKey: ' key-n ', webhookApiKey: ' hook-n ' };
const SOUTH = {
	name: 'South',
	baseUrl: 'acme',
	apiKey: 'key-s',
	webhookApiKey: '',
	perfectGymName: '',
};

function entries(...names: string[]) {
	return names.map((name) => toEntry({ ...SOUTH, name }));
}

describe('the studios of a credential', () => {
	test('are returned in order, without spaces around their values', () => {
		expect(studiosIn({ studios: { studio10: SOUTH, studio2: NORTH } })).toEqual([
			{
				name: 'North',
				baseUrl: 'acme',
				apiKey: 'key-n',
				webhookApiKey: 'hook-n',
				perfectGymName: '',
			},
			SOUTH,
		]);
	});

	test.each([
		['nothing', {}],
		['an empty list', { studios: {} }],
		['text instead of a list', { studios: 'x' }],
		['another place', { studios: { studio: NORTH, studio0: NORTH, constructor: NORTH } }],
		[
			'values that are not studios',
			{ studios: { studio1: 'x', studio2: 5, studio3: null, studio4: [] } },
		],
	])('are none when there is %s', (_what, credential) => {
		expect(studiosIn(credential)).toEqual([]);
	});

	test('have empty values where values are missing', () => {
		const [studio] = studiosIn({ studios: { studio1: {} } });
		expect(studio).toEqual({
			name: '',
			baseUrl: undefined,
			apiKey: '',
			webhookApiKey: '',
			perfectGymName: '',
		});
	});

	test('come from the credential of many studios', async () => {
		const credentials: Record<string, object> = {
			perfectGymNextApi: { baseUrl: 'one', apiKey: 'key-o' },
			perfectGymNextStudiosApi: { studios: { studio1: SOUTH } },
		};
		const context = {
			getCredentials: <T extends object>(type: string) => Promise.resolve(credentials[type] as T),
		};
		expect(await readStudios(context)).toEqual([SOUTH]);
	});
});

describe('a studio is found', () => {
	test.each([
		['by its name', 'South', 'South'],
		['in another case when only one fits', 'SOUTH', 'South'],
		['in the same case first', 'north', 'north'],
	])('%s', (_how, name, found) => {
		expect(studioNamed(entries('North', 'north', 'South'), name).name).toBe(found);
	});

	test.each([
		['an unknown name', 'East'],
		['a part of a name', 'Sout'],
		['an empty name', ''],
		['the name of an inherited property', 'constructor'],
	])('never for %s, and the error lists the known names', (_what, name) => {
		const error = errorOf(() => studioNamed(entries('North', 'South'), name));
		expect(error).toBeInstanceOf(UserInputError);
		expect(error).toMatchObject({
			message: `The credential has no studio with the name "${name}"`,
			advice: 'It has: North, South.',
		});
	});

	test('never in a credential without studios', () => {
		expect(errorOf(() => studioNamed([], 'East'))).toMatchObject({ advice: 'It has no studios.' });
	});

	test.each([
		['used twice', ['South', 'South'], 'South'],
		['that fits two in another case', ['South', 'south'], 'SOUTH'],
	])('never by a name %s', (_what, names, name) => {
		const error = errorOf(() => studioNamed(entries(...names), name));
		expect(error).toBeInstanceOf(UserInputError);
		expect(error).toMatchObject({ message: expect.stringContaining('2 studios') as unknown });
	});

	test('never for an unknown name, and the error lists no more than 50 names', () => {
		const names = Array.from({ length: 60 }, (_, index) => `Studio ${index}`);
		expect(errorOf(() => studioNamed(entries(...names), 'East'))).toMatchObject({
			advice: expect.stringMatching(/Studio 49 and 10 more\.$/) as unknown,
		});
	});
});

describe('the name of the chosen studio', () => {
	test.each([
		['a name', 'North', 'North'],
		['a name with spaces around it', ' North ', 'North'],
		['a locator', { __rl: true, mode: 'list', value: 'North' }, 'North'],
		['a number', 24, '24'],
	])('can be %s', (_what, entered, name) => {
		expect(toStudioName(entered)).toBe(name);
	});

	test.each([
		['undefined', undefined, 'is missing'],
		['an empty name', '', 'is missing'],
		['spaces', '  ', 'is missing'],
		['an empty locator', { __rl: true, mode: 'list', value: '' }, 'is missing'],
		['null', null, 'is missing'],
		['the studio object of an event', { name: 'North', baseUrl: 'acme' }, 'must be the name'],
		['true', true, 'must be the name'],
	])('must not be %s', (_what, entered, problem) => {
		const error = errorOf(() => toStudioName(entered));
		expect(error).toBeInstanceOf(UserInputError);
		expect(error).toMatchObject({
			message: expect.stringContaining(`"Studio" ${problem}`) as unknown,
		});
	});
});

describe('a studio', () => {
	test('has its address and its key, and a fingerprint of both', () => {
		const north = studioFrom(toEntry(NORTH));
		expect(north).toEqual({
			name: 'North',
			baseUrl: 'https://acme.open-api.perfectgym.com',
			apiKey: 'key-n',
			expectedName: 'North',
			fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
		});
		const others = [SOUTH, { ...NORTH, baseUrl: 'other' }].map((one) => studioFrom(toEntry(one)));
		for (const { fingerprint } of others) expect(fingerprint).not.toBe(north.fingerprint);
		expect(studioFrom(toEntry({ ...NORTH, name: 'Other' })).fingerprint).toBe(north.fingerprint);
	});

	test('does not have a name when it is the only one of a credential', () => {
		const one = studioFrom(toEntry({ baseUrl: 'one', apiKey: 'key-o' }));
		expect(one).toMatchObject({ apiKey: 'key-o' });
		expect(one).not.toHaveProperty('name');
	});

	test('cannot have a base URL that is not valid', () => {
		expect(errorOf(() => studioFrom(toEntry({ name: 'Bad' })))).toBeInstanceOf(BaseUrlError);
	});

	test('has no key or name where the credential has something else than text', () => {
		const one = toEntry({ name: { toString: 1 }, apiKey: ['key'], webhookApiKey: null });
		expect(one).toMatchObject({ name: '', apiKey: '', webhookApiKey: '' });
	});
});
