import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { NodeApiError } from 'n8n-workflow';
import nock from 'nock';

import { errorDetails } from '../../nodes/PerfectGymNext/transport/nodeErrors';
import { API_KEY, runNode, type RunOptions } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const get = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '1' },
};
const book = {
	resource: 'class',
	operation: 'bookClassSlot',
	specifyBody: 'json',
	jsonBody: { customerId: 1, classSlotId: 2 },
};

beforeEach(() => {
	if (!nock.isActive()) nock.activate();
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

async function failure(options: Partial<RunOptions> = {}): Promise<NodeApiError> {
	return await runNode({ parameters: get, ...options }).then(
		() => {
			throw new Error('It should have failed');
		},
		(reason: NodeApiError) => reason,
	);
}

async function failureFrom(status: number, body: nock.Body | Buffer, headers = {}) {
	nock(HOST).get('/v1/customers/1').reply(status, body, headers);
	return await failure();
}

test('booking twice does not say that somebody else changed the record', async () => {
	const body = { errorMessage: 'Already booked', errorCode: 'CUSTOMER_ALREADY_BOOKED' };
	nock(HOST).post('/v1/classes/booking/book').reply(409, body);
	const error = await failure({ parameters: book });
	expect(error.message).toBe('Already booked');
	expect(error.description).not.toContain('Somebody else');
	expect(error.description).toContain('It already exists or was already done.');
});

test('a failure keeps its details for the item', async () => {
	const error = await failureFrom(403, { errorMessage: 'No', errorCode: 'X_Y', traceId: '47' });
	const details = { httpStatus: 403, errorCode: 'X_Y', traceId: '47', scopes: ['CUSTOMER_READ'] };
	expect(errorDetails(error)).toEqual(details);
});

test('a message of 5 MB is cut', async () => {
	const errorMessage = 'x'.repeat(5_000_000);
	const error = await failureFrom(400, { errorMessage });
	expect(error.message.length).toBeLessThan(2000);
	expect(error.description?.length ?? 0).toBeLessThan(2000);
});

test('a 401 names the scope that may be missing', async () => {
	const { description } = await failureFrom(401, { errorMessage: 'Unauthorized' });
	expect(description).toContain('If the key is right, it lacks the scope CUSTOMER_READ');
});

test.each([
	[{ message: 'The card is blocked', errorCodes: ['CARD_BLOCKED'] }, 'The card is blocked'],
	[{ timestamp: 1, status: 400, error: 'Bad Request', path: '/v1/customers/1' }, 'Bad Request'],
	[{ errorMessage: 'The device ECONNREFUSED us' }, 'The device ECONNREFUSED us'],
	[{ errorMessage: 'x'.repeat(5_000_000) }, `${'x'.repeat(1000)}…`],
])("the body's text is the message", async (body, message) => {
	expect((await failureFrom(400, body)).message).toBe(message);
});

describe('an answer that the API does not send is described as what it is', () => {
	test('304', async () => {
		const error = await failureFrom(304, '');
		expect(error.message).toContain('The answer with status 304');
		expect(error.message).not.toContain('redirect');
	});

	test('206', async () => {
		const error = await failureFrom(206, { id: 1 });
		expect(error.message).toBe('The answer is incomplete (status 206)');
	});

	test('another character set', async () => {
		const body = Buffer.from('{"firstName": "J\xf6rg"}', 'latin1');
		const type = { 'content-type': 'application/json;charset=iso-8859-1' };
		expect((await failureFrom(200, body, type)).message).toContain('written in iso-8859-1');
	});

	test.each([
		[407, 'The proxy requires a user name and a password.'],
		[502, 'A proxy or gateway did not get an answer from PerfectGym Next.'],
	])('the proxy of the options, which refuses with %d', async (status, meaning) => {
		nock.restore();
		const proxy = createServer();
		proxy.on('connect', (_request, socket) => {
			socket.end(`HTTP/1.1 ${status} No\r\ncontent-type: text/html\r\n\r\n<h1>No</h1>`);
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const { port } = proxy.address() as AddressInfo;
		const requestOptions = { proxy: `http://127.0.0.1:${port}` };
		const options = { maxWait: 0 };
		const error = await failure({ parameters: { ...get, requestOptions, options } });
		proxy.close();
		expect(error.message).toContain(`The answer with status ${status} does not come from`);
		expect(error.description).toContain(meaning);
		expect(error.description).toContain(`through the proxy 127.0.0.1:${port}`);
	});
});

test('the key is hidden before a page is cut, wherever it is', async () => {
	for (let length = 150; length <= 210; length += 5) {
		const error = await failureFrom(418, `${'x'.repeat(length)}${API_KEY}`);
		expect(error.message).not.toContain('key-th');
	}
});
