import {
	errorDetails,
	errorIn,
	toNodeError,
} from '../../../nodes/PerfectGymNext/transport/nodeErrors';
import { ConnectionError, UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import type { ApiRequest } from '../../../nodes/PerfectGymNext/transport/types';
import { apiRequest, fakeNode, uniqueStudio } from '../fakes.cts';
import { MAX_BLOCKED_MS, shortestMs } from '../processorTime.cts';

const NO_RECORD =
	'This studio has no such record. Check the ID, or choose the record from the list. A customer number is not an ID.';

const studio = uniqueStudio();
const INTERNAL =
	'Something went wrong inside PerfectGym Next. If it happens again, contact PerfectGym support.';

function errorFor(statusCode: number, body: unknown = {}, changes: Partial<ApiRequest> = {}) {
	return errorIn({ statusCode, headers: {}, body }, apiRequest(changes), studio);
}

test.each([200, 201, 204, 299])('status %d is not an error', (status) => {
	expect(errorFor(status)).toBeUndefined();
});

test.each([500, 501, 502, 504, 507, 599])(
	'status %d went wrong inside PerfectGym Next',
	(status) => {
		expect(errorFor(status)).toMatchObject({
			message: INTERNAL,
			description: `Status ${status}: ${INTERNAL}`,
			statusCode: status,
		});
	},
);

test('status 503 has a meaning of its own', () => {
	const overload = 'PerfectGym Next is overloaded at the moment.';
	expect(errorFor(503)).toMatchObject({
		message: overload,
		description: `Status 503: ${overload}`,
	});
});

test.each([405, 418, 422, 499])('status %d does not have a known meaning', (status) => {
	expect(errorFor(status)).toMatchObject({
		message: 'The request failed',
		description: `Status ${status}: the request failed.`,
	});
});

test.each([
	[502, 'A proxy or gateway did not get an answer from PerfectGym Next.'],
	[504, 'A proxy or gateway did not get an answer from PerfectGym Next in time.'],
])('the page of a proxy with status %d also states the meaning', (status, meaning) => {
	expect(errorFor(status, '<html><title>Bad Gateway</title></html>')).toMatchObject({
		message: `The answer with status ${status} does not come from PerfectGym Next's API: Bad Gateway`,
		description: `${meaning} The body is not JSON. A proxy may have answered. Check the Base URL in the credential.`,
	});
});

describe('a 403', () => {
	const request = { ...apiRequest(), scopes: ['A_READ'] };
	const answered = (body: object) =>
		errorIn({ statusCode: 403, headers: {}, body }, request, uniqueStudio());

	test('says which scope to ask for, and keeps what the API says', () => {
		const error = answered({ errorMessage: 'No permission', errorCode: 'FORBIDDEN' });
		expect(error?.message).toBe('The API key may not do this: ask PerfectGym for the scope A_READ');
		expect(error?.description).toContain('PerfectGym Next says: "No permission"');
		expect(error?.details.message).toBe('No permission');
	});

	test('with an error code of its own says what the API says', () => {
		const error = answered({
			errorMessage: 'The customer is locked',
			errorCode: 'CUSTOMER_LOCKED',
		});
		expect(error?.message).toBe('The customer is locked');
		expect(error?.details).not.toHaveProperty('message');
	});
});

test('only a 403 names the scopes of the operation', () => {
	const scopes = { scopes: ['CUSTOMER_READ'] };
	const body = { errorMessage: 'Refused' };
	expect(errorFor(403, body, scopes)?.description).toContain('CUSTOMER_READ');
	for (const status of [400, 404, 409, 422, 500]) {
		expect(errorFor(status, body, scopes)?.description).not.toContain('CUSTOMER_READ');
	}
});

test('the message of the API takes precedence over the meaning of the status', () => {
	expect(errorFor(502, { errorMessage: 'No gateway' })).toMatchObject({
		message: 'No gateway',
		description: `Status 502: ${INTERNAL}`,
	});
});

describe('the hint follows the error code', () => {
	const CHANGED = 'Someone else changed the record at the same time. Run the node again.';

	test.each([
		[409, 'CUSTOMER_ALREADY_BOOKED', 'It already exists or was already done.'],
		[400, 'CUSTOMER_ALREADY_BOOKED', 'It already exists or was already done.'],
		[422, 'DUPLICATE_CUSTOMER', 'It already exists or was already done.'],
		[409, 'BOOKING_LIMIT_REACHED', 'A limit of the studio or of the membership is reached.'],
		[409, 'NO_CONTINGENT', 'A limit of the studio or of the membership is reached.'],
		[409, 'IDLEPERIOD_OVERLAPPING', 'It overlaps with something that already exists.'],
		[400, 'IDLEPERIOD_PENDING_VERIFICATION', 'An earlier change must be verified first.'],
		[400, 'ADDITIONAL_MODULE_NOT_FOUND', NO_RECORD],
		[409, 'STUDIO_CLOSED', 'It is not available at that time.'],
		[409, 'CUSTOMER_IDLE', 'The current state of the record does not allow this.'],
		[409, 'CONCURRENT_MODIFICATION', CHANGED],
		[400, 'IDLEPERIOD_UNLIMITED_PARAMETER_IS_MISSING', 'PerfectGym Next did not accept the values'],
		[400, 'VALIDATION_ERROR', 'PerfectGym Next did not accept the values'],
		[429, 'RATE_LIMIT', 'PerfectGym Next accepts no more requests right now'],
		[404, 'ALREADY_DELETED', NO_RECORD],
	])('%d %s', (status, errorCode, hint) => {
		const error = errorFor(status, { errorMessage: 'No', errorCode });
		expect(error?.description).toContain(`Status ${status}: ${hint}`);
		expect(errorFor(status, { errorCode })?.message).toContain(hint);
	});

	test.each([
		[{}, CHANGED],
		[{ errorMessage: 'Concurrent modification detected.', errorCode: 'CONFLICT' }, CHANGED],
		[
			{ errorMessage: 'The slot cannot be booked: CUSTOMER_ALREADY_BOOKED', errorCode: 'CONFLICT' },
			'It already exists or was already done.',
		],
		[{ errorMessage: 'The booking is canceled' }, 'The current state of the record'],
	])('a status 409 with %j', (body, hint) => {
		expect(errorFor(409, body)?.description).toContain(`Status 409: ${hint}`);
	});
});

test.each([
	[{ message: 'The card is blocked', errorCodes: ['A_B', 'C_D'] }, 'The card is blocked'],
	[{ timestamp: '2030-01-01', status: 404, error: 'Not Found', path: '/v1/x' }, 'Not Found'],
	[{ status: 400, error: 'Bad Request', message: 'No message available' }, 'Bad Request'],
	[{ status: 400, error: 'Bad Request', message: 'The name is empty' }, 'The name is empty'],
])('the text of a body of another form is the message: %j', (body, message) => {
	expect(errorFor(400, body)?.message).toBe(message);
});

test('a body of another form also gives its codes and its path', () => {
	const codes = errorFor(400, { message: 'No', errorCodes: ['A_B', null, {}, 7] });
	expect(codes?.description).toContain('Code: A_B, 7.');
	expect(codes?.details).toEqual({ httpStatus: 400, errorCode: 'A_B, 7' });
	const spring = errorFor(404, { error: 'Not Found', path: '/v1/x' });
	expect(spring?.description).toContain('Path: /v1/x.');
});

describe('a status 401', () => {
	test.each(['No.', 'No!', 'No'])('quotes the API with one end of the sentence: %s', (message) => {
		const error = errorFor(401, { errorMessage: message });
		expect(error?.description).toMatch(/^PerfectGym Next says: "No(\."|!"|"\.) Status 401: /);
	});

	test('can also mean that a scope is missing', () => {
		const error = errorFor(401, { errorMessage: 'No' }, { scopes: ['A_READ', 'B_READ'] });
		expect(error?.description).toBe(
			'PerfectGym Next says: "No". Status 401: The API key is missing or wrong. Check the credential. If the key is right, it lacks the scope A_READ or B_READ. Ask PerfectGym to grant it to your integration.',
		);
	});
});

describe('an answer that is not what it should be', () => {
	const inLatin1 = { 'content-type': 'application/json; charset=ISO-8859-1' };
	const latin1 = (statusCode: number, body: unknown, headers = inLatin1) =>
		errorIn({ statusCode, headers, body }, apiRequest(), studio);

	test('is not a redirect when its status is 304', () => {
		const error = errorFor(304, '');
		expect(error?.message).toBe(
			"The answer with status 304 does not come from PerfectGym Next's API",
		);
		expect(error?.description).toContain('nothing changed since an earlier answer');
	});

	test('is not a record when its status is 206', () => {
		expect(errorFor(206, { id: 1 })).toMatchObject({
			message: 'The answer is incomplete (status 206)',
			statusCode: 206,
		});
	});

	test('says that letters are lost in another character set', () => {
		expect(latin1(200, { name: 'M\ufffdller' })?.message).toBe(
			'The answer is written in iso-8859-1, not in UTF-8, so letters such as ü are lost',
		);
		expect(latin1(400, { errorMessage: 'F\ufffdr' })?.description).toContain(
			'written in iso-8859-1, not in UTF-8, so some letters are lost',
		);
	});

	test.each([
		['without such letters', { name: 'Miller' }, inLatin1],
		['in UTF-8', { name: 'M\ufffdller' }, { 'content-type': 'application/json; charset=UTF-8' }],
		['without a character set', { name: 'M\ufffdller' }, { 'content-type': 'application/json' }],
		['without content', undefined, inLatin1],
	])('is a record %s', (_what, body, headers) => {
		expect(latin1(200, body, headers)).toBeUndefined();
	});

	test('names the proxy of the options that may have refused it', () => {
		const proxy = { protocol: 'http', host: 'proxy.example.com', port: 8080 };
		const error = errorFor(407, '', { settings: { proxy } });
		expect(error?.description).toBe(
			"The proxy requires a user name and a password. Enter them in the proxy URL. The body is empty. A proxy may have answered. Check the Base URL in the credential. The request went through the proxy proxy.example.com:8080, which the node's options name.",
		);
	});

	test.each([[[]], [7], [true]])('is not called empty when it is %j', (body) => {
		expect(errorFor(400, body)?.description).toContain('The body is not an object.');
	});
});

describe('the details of a failure', () => {
	const body = { errorMessage: 'No', errorCode: 'A_B', reference: 'a.b', traceId: '47' };
	const details = { httpStatus: 403, errorCode: 'A_B', reference: 'a.b', traceId: '47' };
	const scopes = ['A_READ'];

	test('are the same in our error and in the one of n8n', () => {
		const error = errorFor(403, body, { scopes });
		expect(errorDetails(error)).toEqual({ ...details, scopes });
		expect(errorDetails(toNodeError(fakeNode({}), error, 0))).toEqual({ ...details, scopes });
	});

	test('have what is known', () => {
		expect(errorDetails(errorFor(404, {}, { scopes }))).toEqual({ httpStatus: 404 });
		expect(errorDetails(errorFor(502, '<p>Bad Gateway'))).toEqual({ httpStatus: 502 });
	});

	test.each([
		new ConnectionError('ECONNREFUSED', 'no'),
		new UserInputError('no'),
		new Error('no'),
		undefined,
		'no',
	])('are empty without an answer: %s', (error) => {
		expect(errorDetails(error)).toEqual({});
		expect(errorDetails(toNodeError(fakeNode({}), error, 0))).toEqual({});
	});
});

test.each(['ECONNREFUSED', 'The file ENOENT is missing', 'etimedout'])(
	"the API's text survives in n8n's error: %s",
	(text) => {
		const error = errorFor(400, { errorMessage: text });
		expect(toNodeError(fakeNode({}), error, 0).message).toBe(text);
		expect(toNodeError(fakeNode({}), new UserInputError(text), 0).message).toBe(text);
	},
);

describe('text from outside', () => {
	const LENGTH = 1_000_000;
	const characters = [
		...['<', '>', '[', ']', '(', '{', '"', "'", '`', '\\', '/', '&', '%', ';', '=', '.', '-', '_'],
		...[' ', '\n', '\r', '\t', '\0', 'a', 'A', '0', '\u202e', '\ud83d', '\ufffd', '<style>', 'A_'],
	];

	test.each(characters.map((character) => [JSON.stringify(character), character]))(
		'does not hold up n8n: a megabyte of %s',
		(_name, character) => {
			const text = character.repeat(LENGTH / character.length);
			const fields = { errorMessage: text, errorCode: text, reference: text, traceId: text };
			const headers = { 'content-type': `application/json; charset=${text}` };
			const ms = shortestMs(() => {
				const page = errorIn({ statusCode: 502, headers, body: text }, apiRequest(), studio);
				expect(page?.message.length ?? 0).toBeLessThan(400);
			});
			expect(ms).toBeLessThan(MAX_BLOCKED_MS);
			const ofFields = shortestMs(() => {
				const error = errorIn({ statusCode: 409, headers, body: fields }, apiRequest(), studio);
				const { message = '', description = '' } = error ?? {};
				expect(message.length).toBeLessThan(1100);
				expect(description.length).toBeLessThan(1100);
			});
			expect(ofFields).toBeLessThan(MAX_BLOCKED_MS);
		},
	);

	test('is cut: a message of 5 MB', () => {
		const error = errorFor(400, { errorMessage: 'x'.repeat(5_000_000) });
		expect(error?.message).toBe(`${'x'.repeat(1000)}…`);
	});
});

test('a message that repeats the input, and its advice, are cut', () => {
	const long = 'x'.repeat(5_000_000);
	const failure = toNodeError(fakeNode({}), new UserInputError(long, long), 0);
	expect(failure.message.length).toBe(2001);
	expect(failure.description?.length).toBe(5001);
	expect(toNodeError(fakeNode({}), new Error(long), 0).message.length).toBe(2001);
	const broken = toNodeError(fakeNode({}), new ConnectionError('EPROTO', long), 0);
	expect(broken.description?.length).toBeLessThan(1200);
});

describe('a page with tags', () => {
	test.each([
		['<p>a</p>', 'a'],
		['<style>p { x }</style><p>a', 'a'],
		['<SCRIPT src=x>\nf()\n</SCRIPT>\n<b>a</b>', 'a'],
		['<style>a', 'a'],
		['a < b', 'a < b'],
		['<<<', '<<<'],
		['<br><br>', '<br><br>'],
	])('%j is told by its first line of text', (page, line) => {
		expect(errorFor(500, page)?.message).toMatch(new RegExp(`: ${line.replace(/[<>]/g, '\\$&')}$`));
	});
});
