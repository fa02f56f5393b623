import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

import { runNode } from './harness.cts';

jest.setTimeout(60_000);

let server: Server;
let requests: string[] = [];
let answer: (socket: Socket) => void;
const sockets = new Set<Socket>();
const timers = new Set<NodeJS.Timeout>();

beforeAll(async () => {
	server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.once('data', (data) => {
			requests.push(data.toString().split('\r\n')[0]);
			answer(socket);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
	requests = [];
});
afterEach(() => {
	for (const timer of timers) clearInterval(timer);
	for (const socket of sockets) socket.destroy();
	timers.clear();
	sockets.clear();
});
afterAll(() => server.close());

const credential = () => ({
	baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	apiKey: 'key',
});

const get = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '5' },
	requestOptions: { timeout: 300 },
};

/** Sends one byte every 20 ms, for ever. n8n's own time limit starts again with each. */
function dribble(head: string, byte: string) {
	return (socket: Socket) => {
		socket.write(head);
		const timer = setInterval(() => socket.write(byte), 20);
		timers.add(timer);
		socket.once('close', () => clearInterval(timer));
	};
}

const HEAD =
	'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';

test.each([
	['sends its body byte by byte', dribble(HEAD, '1\r\n \r\n')],
	['sends its headers byte by byte', dribble('HTTP/1.1 200 OK\r\nx-header: ', 'x')],
	[
		'switches protocols',
		(socket: Socket) =>
			socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
	],
	['says nothing', () => undefined],
])('the time limit holds against a server that %s', async (_what, behavior) => {
	answer = behavior;
	await expect(runNode({ parameters: get, credential: credential() })).rejects.toMatchObject({
		message: expect.stringMatching(/did not answer in time|failed/) as unknown,
		context: { itemIndex: 0 },
	});
	// On a busy machine the time can be over before the server has read the request.
	expect(requests.length).toBeLessThanOrEqual(1);
});

test('a write is sent once although its 401 breaks off', async () => {
	answer = (socket) => {
		socket.write(
			'HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{',
		);
		socket.destroy();
	};
	const parameters = {
		...get,
		operation: 'setAccessRestriction',
		reason: 'Sample',
		requestOptions: {},
	};
	await expect(runNode({ parameters, credential: credential() })).rejects.toThrow();
	expect(requests).toHaveLength(1);
});

test('a canceled execution ends the request that is on its way', async () => {
	const controller = new AbortController();
	answer = () => controller.abort();
	const parameters = { ...get, requestOptions: {} };
	await expect(
		runNode({ parameters, credential: credential(), signal: controller.signal }),
	).rejects.toThrow();
	expect(requests).toHaveLength(1);
});
