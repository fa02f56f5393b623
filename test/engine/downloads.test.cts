import { promises as dns } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';

import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { API_KEY, runNode, type RunOptions } from './harness.cts';
import { canCheckHosts, testSince } from './versions.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
/** n8n does not look into a file whose type is known. */
const PDF = { 'content-type': 'application/pdf' };
const MB = 1_000_000;

let server: Server | undefined;
afterEach(async () => {
	jest.restoreAllMocks();
	nock.cleanAll();
	server?.closeAllConnections();
	await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
	server = undefined;
});
beforeEach(() => {
	if (!nock.isActive()) nock.activate();
});
afterAll(() => nock.restore());

async function listen(listener: RequestListener): Promise<string> {
	const started = createServer(listener);
	server = started;
	await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function download(options: Partial<RunOptions> & { with?: INodeParameters } = {}) {
	const [item] = await runNode({
		parameters: {
			resource: 'customer',
			operation: 'getCustomerById',
			customerId: { __rl: true, mode: 'id', value: '7' },
			download: true,
			...options.with,
		},
		...options,
	});
	return item.binary?.data;
}

/** Downloads the file that a server on loopback sends. */
async function downloadFrom(file: RequestListener, parameters: INodeParameters = {}) {
	nock.restore();
	const baseUrl = await listen((request, response) => {
		if (request.url === '/file') {
			file(request, response);
			return;
		}
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ id: 7, imageUrl: `${baseUrl}/file` }));
	});
	return await download({ with: parameters, credential: { baseUrl, apiKey: API_KEY } });
}

/** @returns the number of bytes; n8n before 2.0 or so does not tell it */
function sizeOf(file: IBinaryData | undefined): number {
	return Buffer.from(file?.data ?? '', 'base64').length;
}

async function messageOf(task: Promise<unknown>): Promise<string> {
	return await task.then(
		() => 'nothing failed',
		(error: Error) => error.message,
	);
}

describe('a link whose host name leads to a private address is not fetched', () => {
	const REFUSED = canCheckHosts
		? 'an address in a private network'
		: 'this version of n8n cannot check whether';
	let names = 0;

	/** @returns the URL of a host that resolves to the address: a new one, since n8n caches lookups */
	function hostAt(address: string): string {
		const name = `host${++names}.example.com`;
		addresses.set(name, address);
		return `https://${name}`;
	}
	const addresses = new Map<string, string>();
	beforeEach(() => {
		jest
			.spyOn(dns, 'lookup')
			.mockImplementation((host: string) =>
				Promise.resolve([{ address: addresses.get(host), family: 4 }] as never),
			);
	});
	const answerWith = (imageUrl: string) =>
		nock(HOST).get('/v1/customers/7').reply(200, { id: 7, imageUrl });

	test.each([
		'::',
		'100.64.0.1',
		'64:ff9b::a9fe:a9fe',
		'2002:7f00:1::',
		'192.88.99.1',
		'240.0.0.1',
		'fec0::1',
		'::127.0.0.1',
		'224.0.0.1',
		'127.0.0.1',
	])('%s', async (address) => {
		const host = hostAt(address);
		answerWith(`${host}/a`);
		const file = nock(host).get('/a').reply(200, 'secret', PDF);
		expect(await messageOf(download())).toContain(REFUSED);
		expect(file.isDone()).toBe(false);
	});

	test('in a redirect', async () => {
		const outer = hostAt('93.184.216.34');
		const inner = hostAt('100.64.0.1');
		answerWith(`${outer}/a`);
		nock(outer)
			.get('/a')
			.reply(302, '', { location: `${inner}/b` });
		const file = nock(inner).get('/b').reply(200, 'secret', PDF);
		const message = await messageOf(download());
		expect(message).toContain(REFUSED);
		expect(message).toContain(new URL(canCheckHosts ? inner : outer).host);
		expect(file.isDone()).toBe(false);
	});

	test('but a public one is', async () => {
		const host = hostAt('93.184.216.34');
		answerWith(`${host}/a`);
		nock(host).get('/a').reply(200, 'photo', PDF);
		const options = { allowUncheckedHosts: !canCheckHosts };
		expect(sizeOf(await download({ with: { options } }))).toBe(5);
	});
});

testSince('2.40', 'this n8n has no OutboundHttp')(
	'n8n connects to the host of `agentOptions`, and sends the name in the URL',
	async () => {
		const { OutboundHttp } = await import('@n8n/backend-network');
		const { Container } = await import('@n8n/di');
		nock.restore();
		const baseUrl = await listen(({ headers }, response) => response.end(headers.host));
		const { port } = new URL(baseUrl);
		const host: unknown = await Container.get(OutboundHttp)
			.requests()
			.request({
				url: `http://files.example.com:${port}/a`,
				agentOptions: { host: '127.0.0.1' },
			});
		expect(host).toBe(`files.example.com:${port}`);
	},
);

describe('a file that n8n decompresses', () => {
	/** Compresses zeros in pieces, so that they are never in memory as a whole. */
	async function gzipOf(megabytes: number): Promise<Buffer> {
		const chunk = Buffer.alloc(MB);
		const zeros = Readable.from(Array.from({ length: megabytes }, () => chunk));
		return await buffer(zeros.pipe(createGzip()));
	}

	const sendGzip =
		(body: Buffer): RequestListener =>
		(_request, response) => {
			const size = { 'content-length': body.length };
			response.writeHead(200, { ...PDF, ...size, 'content-encoding': 'gzip' });
			response.end(body);
		};

	test('is cut at the limit while it is read: 146 kB that become 150 MB', async () => {
		const bomb = await gzipOf(150);
		expect(bomb.length).toBeLessThan(150_000);
		const before = process.memoryUsage().arrayBuffers;
		const task = downloadFrom(sendGzip(bomb), { options: { maxFileSize: 1 } });
		expect(await messageOf(task)).toContain('it is larger than 1 MB');
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * MB);
	});

	test('is cut before it has arrived as a whole', async () => {
		const bomb = await gzipOf(150);
		const task = downloadFrom(
			(_request, response) => {
				response.writeHead(200, { ...PDF, 'content-encoding': 'gzip' });
				// The rest never comes.
				response.write(bomb.subarray(0, bomb.length / 2));
			},
			{ options: { maxFileSize: 1 } },
		);
		expect(await messageOf(task)).toContain('it is larger than 1 MB');
	});

	test('has a limit without the option', async () => {
		const task = downloadFrom(sendGzip(await gzipOf(150)));
		expect(await messageOf(task)).toContain('it is larger than 100 MB');
	});

	test('is whole below the limit', async () => {
		const task = downloadFrom(sendGzip(await gzipOf(2)), { options: { maxFileSize: 2 } });
		expect(sizeOf(await task)).toBe(2 * MB);
	});
});

describe('the time limit holds', () => {
	const limit = { requestOptions: { timeout: 300 } };

	test('for a file that arrives one byte at a time', async () => {
		const timers: NodeJS.Timeout[] = [];
		const task = downloadFrom((_request, response) => {
			response.writeHead(200, { 'content-length': 1000 });
			timers.push(setInterval(() => response.write('x'), 50));
		}, limit);
		const message = await messageOf(task);
		timers.forEach(clearInterval);
		expect(message).toContain('did not answer in time');
	});

	test('for an answer 101', async () => {
		const task = downloadFrom(({ socket }) => {
			socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
		}, limit);
		expect(await messageOf(task)).toContain('could not be downloaded');
	});
});

test('a part of a file is an error', async () => {
	const task = downloadFrom((_request, response) => {
		response.writeHead(206, { 'content-range': 'bytes 0-2/10' });
		response.end('abc');
	});
	expect(await messageOf(task)).toMatch(/sent only a part of it \(status 206\)$/);
});

test('a name that the host sends is cleaned', async () => {
	const file = await downloadFrom((_request, response) => {
		response.writeHead(200, {
			...PDF,
			'content-disposition': "attachment; filename*=UTF-8''..%2Fa%00%0Ab%E2%80%AEgpj.exe",
		});
		response.end('abc');
	});
	expect(file?.fileName).toBe('a bgpj.exe');
});
