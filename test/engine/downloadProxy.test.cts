/** Linked files where the environment of n8n names a proxy. */

import { promises as dns } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';

import { runNode } from './harness.cts';
import { canCheckHosts, testSince } from './versions.cts';

const PUBLIC = '93.184.216.34';
/** The node does not try again after this code. */
const NOT_CONNECTED = Object.assign(new Error('not connected'), { code: 'EPROTO' });

let proxy: Server;
/** What the proxy was asked to connect to. */
let asked: string[];
let names = 0;
const { env } = process;
const before = { HTTPS_PROXY: env.HTTPS_PROXY, NO_PROXY: env.NO_PROXY };

beforeAll(async () => {
	proxy = createServer().on('connect', (request, socket) => {
		asked.push(request.url ?? '');
		socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
	asked = [];
	env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(() => {
	jest.restoreAllMocks();
	for (const [name, value] of Object.entries(before)) {
		if (value === undefined) delete env[name];
		else env[name] = value;
	}
});
afterAll(async () => {
	await new Promise((resolve) => proxy.close(resolve));
});

/** @returns the error of a download from a new host, since n8n remembers what names resolve to */
async function download(address: string | Error, host = `host${++names}.example.com`) {
	jest
		.spyOn(dns, 'lookup')
		.mockImplementation((() =>
			address instanceof Error
				? Promise.reject(address)
				: Promise.resolve([{ address, family: 4 }])) as never);
	const body = { id: 7, imageUrl: `https://${host}/file` };
	const parameters = {
		...{ resource: 'customer', operation: 'getCustomerById', download: true },
		options: { allowUncheckedHosts: !canCheckHosts },
		customerId: { __rl: true, mode: 'id', value: '7' },
	};
	const answer = () => Promise.resolve({ statusCode: 200, headers: {}, body });
	return await runNode({ parameters, answer }).then(
		() => 'nothing failed',
		(error: Error) => error.message,
	);
}

/** Records where Node is to connect to, in place of a connection. */
function watchConnections(): Array<string | undefined> {
	const hosts: Array<string | undefined> = [];
	const connect = tls.connect.bind(tls) as (options: tls.ConnectionOptions) => tls.TLSSocket;
	jest.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions) => {
		if (options.port !== 443) return connect(options);
		hosts.push(options.host);
		throw NOT_CONNECTED;
	}) as never);
	return hosts;
}

test('the proxy is asked for the name, so that it can allow hosts by their names', async () => {
	const hosts = watchConnections();
	expect(await download(PUBLIC, 'files.example.com')).toContain('the file does not exist');
	expect(asked).toEqual(['files.example.com:443']);
	expect(hosts).toEqual([]);
});

test('the proxy is asked for a name that only it can resolve', async () => {
	expect(await download(new Error('ENOTFOUND'), 'far.example.com')).toContain(
		'the file does not exist',
	);
	expect(asked).toEqual(['far.example.com:443']);
});

testSince('2.40', 'this n8n cannot look up names')(
	'the proxy is not asked for a name that resolves to a private address',
	async () => {
		expect(await download('10.0.0.5')).toContain('an address in a private network');
		expect(asked).toEqual([]);
	},
);

testSince('2.40', 'this n8n cannot look up names')(
	'the address that was judged is connected to where NO_PROXY names the host',
	async () => {
		env.NO_PROXY = '.example.com';
		const hosts = watchConnections();
		expect(await download(PUBLIC)).toContain('A secure connection to');
		expect(hosts).toEqual([PUBLIC]);
		expect(asked).toEqual([]);
	},
);
