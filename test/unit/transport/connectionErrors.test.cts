import {
	connectionErrorFrom,
	describeConnectionError,
} from '../../../nodes/PerfectGymNext/transport/connectionErrors';
import { ConnectionError } from '../../../nodes/PerfectGymNext/transport/errors';

test.each([
	['the innermost error with a code', { code: 'A', cause: { code: 'B', cause: {} } }, 'B', ''],
	['the innermost message', { message: 'a', cause: { message: 'b', code: 'B' } }, 'B', 'b'],
	['an error without a code', new Error('a'), '', 'a'],
	['n8n before 2.34, which keeps only httpCode', { httpCode: 'ECONNRESET' }, 'ECONNRESET', ''],
	[
		'n8n before 2.34, which keeps only the status of an answer that broke off',
		{ httpCode: '200', message: 'a' },
		'ERR_BAD_RESPONSE',
		'a',
	],
	[
		"n8n before 2.34, which has a message of its own beside the cause's",
		{ httpCode: 'ECONNRESET', message: 'a', messages: ['b'] },
		'ECONNRESET',
		'b',
	],
	['a value that is not an error', 'text', '', ''],
])('a connection error has the code and the message of %s', (_what, error, code, detail) => {
	expect(connectionErrorFrom(error, 'a.example')).toMatchObject({
		code,
		detail,
		host: 'a.example',
	});
});

describe('the texts of a connection error', () => {
	const textsOf = (code: string, detail: string) =>
		describeConnectionError(new ConnectionError(code, detail, 'a.example:8080'));

	test('have the code once', () => {
		expect(textsOf('ECONNREFUSED', 'connect ECONNREFUSED').detail).toBe('connect ECONNREFUSED');
		expect(textsOf('ECONNABORTED', '50 ms have passed').detail).toBe(
			'ECONNABORTED: 50 ms have passed',
		);
	});

	test('name the host for a code that has no text', () => {
		expect(textsOf('HPE_INVALID', 'Parse Error')).toEqual({
			message: 'The connection to a.example:8080 failed',
			advice: expect.any(String) as string,
			detail: 'HPE_INVALID: Parse Error',
		});
	});

	test('are the message alone when nothing reached the network', () => {
		expect(textsOf('', 'Node type not found')).toEqual({ message: 'Node type not found' });
	});

	test('are never empty', () => {
		expect(textsOf('', '').message).toBe('The connection to a.example:8080 failed');
	});

	test('are cut', () => {
		expect(textsOf('EPROTO', 'x'.repeat(5_000_000)).detail?.length).toBeLessThan(1100);
	});
});
