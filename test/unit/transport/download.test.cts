import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import type {
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	NodeEgressFilter,
} from 'n8n-workflow';

import type { DownloadRules } from '../../../nodes/PerfectGymNext/transport/download';
import { fetchFile } from '../../../nodes/PerfectGymNext/transport/download';
import type { Link } from '../../../nodes/PerfectGymNext/transport/links';
import { uniqueStudio } from '../fakes.cts';
import { MAX_BLOCKED_MS, shortestMsOf } from '../processorTime.cts';

interface Answer {
	statusCode: number;
	headers: Record<string, string>;
	body: Readable;
}

const API_KEY = 'key-that-must-not-show';
const link: Link = { field: 'imageUrl', url: 'https://files.example.com/a/b' };
const ok = (headers: Answer['headers'] = {}, chunks: string[] = ['abc']): Answer => ({
	statusCode: 200,
	headers,
	body: Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
});
const status = (statusCode: number, headers: Answer['headers'] = {}): Answer => ({
	...ok(headers),
	statusCode,
});

afterEach(() => jest.restoreAllMocks());

/** @returns the addresses of a host, or the error of the lookup */
type Lookup = (host: string) => string[] | Error;

/**
 * @param answers the answers to the requests in turn
 * @param lookUp n8n's own lookup; without it, nodes have none
 */
function contextWith(
	answers: Array<Answer | ((options: IHttpRequestOptions) => Promise<Answer>)>,
	lookUp?: Lookup,
) {
	const sent: IHttpRequestOptions[] = [];
	const helpers = {
		async httpRequest(options: IHttpRequestOptions) {
			// As Node, without a proxy in the environment.
			if (options.agentOptions?.port === 65_536) throw new RangeError('options.port is not valid');
			sent.push(options);
			const answer = answers[sent.length - 1];
			return typeof answer === 'function' ? await answer(options) : answer;
		},
		...(lookUp && {
			getSecureEgressFilter: () => ({ createSecureLookup: () => lookupOf(lookUp) }),
		}),
	};
	return { sent, context: { helpers } as unknown as IExecutePaginationFunctions };
}

/** As n8n's own lookup calls back. */
function lookupOf(lookUp: Lookup): LookupFunction {
	return (host, _options, callback) => {
		const found = lookUp(host);
		if (found instanceof Error) callback(found, []);
		else
			callback(
				null,
				found.map((address) => ({ address, family: isIP(address) })),
			);
	};
}

function rules(changes: Partial<DownloadRules> = {}): DownloadRules {
	return {
		studio: { ...uniqueStudio(), apiKey: API_KEY },
		settings: {},
		limits: { requestsPerMinute: 1000, maxWaitMs: 0 },
		maxBytes: 1000,
		allowUncheckedHosts: true,
		total: { bytes: 0 },
		...changes,
	};
}

/** The verdict of n8n on a name whose address the instance blocks. */
const blocked: Lookup = () => Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });

test.each([
	[5, true],
	[6, false],
])('%d redirects are followed to the file: %p', async (count, isFollowed) => {
	const redirects = Array.from({ length: count }, (_, index) =>
		status(302, { location: `https://files.example.com/${index}` }),
	);
	const { context, sent } = contextWith([...redirects, ok()]);
	const fetching = fetchFile(context, link, rules());
	if (isFollowed) await expect(fetching).resolves.toMatchObject({ bytes: Buffer.from('abc') });
	else await expect(fetching).rejects.toThrow('more than 5 times');
	expect(sent).toHaveLength(6);
});

test('requests have no key, and do not follow redirects by themselves', async () => {
	const { context, sent } = contextWith([ok()]);
	await fetchFile(context, link, rules());
	expect(sent).toHaveLength(1);
	expect(sent[0]).toMatchObject({ url: link.url, disableFollowRedirect: true });
	expect(JSON.stringify(sent[0])).not.toContain(API_KEY);
});

test.each<[string, Partial<Link>, Answer['headers'], string, string | undefined]>([
	[
		'the record',
		{ fileName: 'Ä.pdf' },
		{ 'content-disposition': 'filename=b.pdf' },
		'Ä.pdf',
		'application/pdf',
	],
	[
		'the host',
		{},
		{ 'content-disposition': 'attachment; filename="a \\"b\\".png"' },
		'a "b".png',
		'image/png',
	],
	[
		'the host, encoded',
		{},
		{ 'content-disposition': "inline; filename=x; filename*=UTF-8''M%C3%BC.csv" },
		'Mü.csv',
		'text/csv',
	],
	[
		'the host, with a path',
		{},
		{ 'content-disposition': 'attachment; filename="../../etc/x.pdf"' },
		'x.pdf',
		'application/pdf',
	],
	[
		'the address',
		{ url: 'https://files.example.com/M%C3%BCller.jpg?sig=1' },
		{},
		'Müller.jpg',
		'image/jpeg',
	],
	[
		'the field',
		{ field: 'modules[1].imageUrl' },
		{ 'content-type': 'image/png; x=y' },
		'modules_1_imageUrl.png',
		'image/png',
	],
	[
		'the field, without a type',
		{},
		{ 'content-type': 'application/octet-stream' },
		'imageUrl',
		undefined,
	],
])('the name comes from %s', async (_source, changes, headers, fileName, mediaType) => {
	const { context } = contextWith([ok(headers)]);
	const file = await fetchFile(context, { ...link, ...changes }, rules());
	expect(file).toEqual({ bytes: Buffer.from('abc'), fileName, mediaType });
});

test('a relative redirect is followed', async () => {
	const { context, sent } = contextWith([status(307, { location: '../c.pdf' }), ok()]);
	await fetchFile(context, link, rules());
	expect(sent[1].url).toBe('https://files.example.com/c.pdf');
});

test('a body that is not read is closed', async () => {
	const refused = status(403);
	await expect(fetchFile(contextWith([refused]).context, link, rules())).rejects.toThrow('expired');
	const large = ok({ 'content-length': '1001' });
	await expect(fetchFile(contextWith([large]).context, link, rules())).rejects.toThrow('larger');
	const endless = ok(
		{},
		Array.from({ length: 100 }, () => 'x'.repeat(100)),
	);
	await expect(fetchFile(contextWith([endless]).context, link, rules())).rejects.toThrow('larger');
	for (const { body } of [refused, large, endless]) expect(body.destroyed).toBe(true);
});

test.each([
	[400, 'the link has expired or is refused (status 400)'],
	[401, 'the link has expired or is refused (status 401)'],
	[404, 'the file does not exist (status 404)'],
	[410, 'the file does not exist (status 410)'],
	[500, 'files.example.com answered with status 500'],
])('the error says what status %d means, without the address', async (code, reason) => {
	const { context } = contextWith([status(code)]);
	await expect(fetchFile(context, link, rules())).rejects.toMatchObject({
		name: 'RequestError',
		message: `The file in "imageUrl" could not be downloaded: ${reason}`,
	});
});

describe.each([
	['has no lookup for nodes', undefined],
	['has one only with N8N_SSRF_PROTECTION_ENABLED, as up to 2.34', { getSecureEgressFilter() {} }],
])('when n8n %s', (_what, helper) => {
	const strict = (changes: Partial<DownloadRules> = {}) =>
		rules({ allowUncheckedHosts: false, ...changes });
	const contextOf = (answers: Answer[]) => {
		const { context, sent } = contextWith(answers);
		Object.assign(context.helpers, helper);
		return { context, sent };
	};

	test('a host is refused, with advice', async () => {
		const { context, sent } = contextOf([ok()]);
		await expect(fetchFile(context, link, strict())).rejects.toMatchObject({
			name: 'RequestError',
			message:
				'The file in "imageUrl" could not be downloaded: this version of n8n cannot check whether files.example.com is in a private network',
			advice: expect.stringContaining('"Allow Unchecked File Hosts"') as unknown,
		});
		expect(sent).toEqual([]);
	});

	test('a redirect to a host is refused', async () => {
		const { context, sent } = contextOf([status(302, { location: link.url }), ok()]);
		const own = { ...link, url: `${strict().studio.baseUrl}/a` };
		await expect(fetchFile(context, own, strict())).rejects.toThrow('cannot check');
		expect(sent).toHaveLength(1);
	});

	test.each([
		['the host is that of the Base URL', `${uniqueStudio().baseUrl}/a`, {}],
		['the link has a public address', 'https://93.184.216.34/a', {}],
		['the user allows it', link.url, { allowUncheckedHosts: true }],
		[
			'a proxy looks up the name',
			link.url,
			{ settings: { proxy: { protocol: 'http', host: 'proxy.example.com', port: 8080 } } },
		],
	])('the file is downloaded if %s', async (_when, url, changes) => {
		const { context, sent } = contextOf([ok()]);
		await fetchFile(context, { ...link, url }, strict(changes));
		expect(sent).toHaveLength(1);
	});

	test('a private address is refused although the user allows unchecked hosts', async () => {
		const { context } = contextOf([ok()]);
		const inner = { ...link, url: 'https://10.0.0.5/a' };
		await expect(fetchFile(context, inner, strict({ allowUncheckedHosts: true }))).rejects.toThrow(
			'in a private network',
		);
	});
});

describe('an address on a private network', () => {
	test('is refused when the instance blocks it', async () => {
		const { context, sent } = contextWith([ok()], blocked);
		await expect(fetchFile(context, link, rules())).rejects.toThrow('in a private network');
		expect(sent).toEqual([]);
	});

	test.each([
		'::',
		'::1',
		'10.0.0.1',
		'100.64.0.1',
		'169.254.169.254',
		'192.88.99.1',
		'224.0.0.1',
		'240.0.0.1',
		'::127.0.0.1',
		'::ffff:7f00:1',
		'64:ff9b::a9fe:a9fe',
		'2002:7f00:1::',
		'fec0::1',
		'fe80::1%eth0',
		'ff02::1',
	])('is refused when the name of the host leads to %s, among others', async (address) => {
		const { context, sent } = contextWith([ok()], () => ['93.184.216.34', address]);
		await expect(fetchFile(context, link, rules())).rejects.toThrow(
			'the link points to files.example.com, an address in a private network',
		);
		expect(sent).toEqual([]);
	});

	test('is refused in a redirect when the name of the host leads to it', async () => {
		const lookUp: Lookup = (host) =>
			host === 'inner.example.com' ? ['100.64.0.1'] : ['93.184.216.34'];
		const redirect = status(302, { location: 'https://inner.example.com/' });
		const { context, sent } = contextWith([redirect, ok()], lookUp);
		await expect(fetchFile(context, link, rules())).rejects.toThrow('in a private network');
		expect(sent).toHaveLength(1);
	});

	test('is not assumed for a name that cannot be looked up, and the request is sent', async () => {
		const { context, sent } = contextWith([ok()], () => new Error('ENOTFOUND'));
		await fetchFile(context, link, rules());
		expect(sent).toHaveLength(1);
		expect(sent[0]).not.toHaveProperty('agentOptions');
	});

	test('is not looked up behind a proxy, since the proxy looks up the name', async () => {
		const lookUp = jest.fn(blocked);
		const { context, sent } = contextWith([ok()], lookUp);
		const proxy = { protocol: 'http', host: 'proxy.example.com', port: 8080 };
		await fetchFile(context, link, rules({ settings: { proxy } }));
		expect(lookUp).not.toHaveBeenCalled();
		expect(sent).toMatchObject([{ url: link.url, proxy }]);
	});

	test('is refused behind a proxy too when the link contains it', async () => {
		const { context, sent } = contextWith([ok()]);
		const proxy = { protocol: 'http', host: 'proxy.example.com', port: 8080 };
		const inner = { ...link, url: 'https://10.0.0.5/a' };
		await expect(fetchFile(context, inner, rules({ settings: { proxy } }))).rejects.toThrow(
			'in a private network',
		);
		expect(sent).toEqual([]);
	});

	test.each(['http://127.0.0.1:4010', 'https://10.0.0.5'])(
		'is allowed when the API itself has the address %s',
		async (baseUrl) => {
			const url = `${baseUrl}/files/a`;
			const { context, sent } = contextWith([ok()]);
			const studio = { ...uniqueStudio(), baseUrl };
			await fetchFile(context, { ...link, url }, rules({ studio }));
			expect(sent[0].url).toBe(url);
		},
	);
});

describe('the connection goes to an address that was judged', () => {
	const hostsOf = (sent: IHttpRequestOptions[]) =>
		sent.map(({ agentOptions }) => agentOptions?.host);

	test('and not to another that a second lookup finds, in a redirect too', async () => {
		const { context, sent } = contextWith(
			[status(302, { location: 'https://cdn.example.net/b' }), ok()],
			(host) => (host === 'cdn.example.net' ? ['2606:4700::1'] : ['2a00::1', '93.184.216.34']),
		);
		await fetchFile(context, link, rules());
		expect(hostsOf(sent)).toEqual(['93.184.216.34', '2606:4700::1']);
		expect(sent.map(({ url }) => url)).toEqual([link.url, 'https://cdn.example.net/b']);
	});

	test('and to the one of IPv6 where the one of IPv4 cannot be reached', async () => {
		const unreachable = Object.assign(new Error('no route'), { code: 'ENETUNREACH' });
		const { context, sent } = contextWith([() => Promise.reject(unreachable), ok()], () => [
			'2a00::1',
			'93.184.216.34',
		]);
		await fetchFile(context, link, rules());
		expect(hostsOf(sent)).toEqual(['93.184.216.34', '2a00::1']);
	});

	test('and a lookup that never ends stops with the time limit', async () => {
		const limit = new AbortController();
		jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
		const { context } = contextWith([() => Promise.reject(new Error('aborted'))], () => []);
		context.helpers.getSecureEgressFilter = () =>
			({ createSecureLookup: () => () => limit.abort() }) as unknown as NodeEgressFilter;
		await expect(fetchFile(context, link, rules({ settings: { timeout: 50 } }))).rejects.toThrow(
			'files.example.com did not answer in time',
		);
	});
});

describe('the size of all files of an execution', () => {
	const MB = 1_000_000;
	const megabytes = (count: number) => {
		const chunk = Buffer.alloc(MB);
		return { ...ok(), body: Readable.from(Array.from({ length: count }, () => chunk)) };
	};

	test('has a limit of 1 GB, and the message names the option', async () => {
		const total = { bytes: 999 * MB };
		const { context } = contextWith([megabytes(1), megabytes(1)]);
		const all = rules({ maxBytes: 100 * MB, total });
		await fetchFile(context, link, all);
		await expect(fetchFile(context, link, all)).rejects.toMatchObject({
			message:
				'The file in "imageUrl" could not be downloaded: together, the files are larger than 1,000 MB',
			advice: expect.stringContaining('"Maximum File Size"') as unknown,
		});
		// The second file was dropped.
		expect(total.bytes).toBe(1000 * MB);
	});

	test('can be that of the largest file, if that is more', async () => {
		const total = { bytes: 1999 * MB };
		const { context } = contextWith([megabytes(1), megabytes(1)]);
		const all = rules({ maxBytes: 2000 * MB, total });
		await fetchFile(context, link, all);
		await expect(fetchFile(context, link, all)).rejects.toThrow(
			'together, the files are larger than 2,000 MB',
		);
	});

	test('does not count a file that was dropped', async () => {
		const total = { bytes: 0 };
		const { context } = contextWith([megabytes(3)]);
		await expect(fetchFile(context, link, rules({ maxBytes: 2 * MB, total }))).rejects.toThrow(
			'it is larger than 2 MB',
		);
		expect(total.bytes).toBe(0);
	});
});

test.each([
	[206, 'files.example.com sent only a part of it (status 206)'],
	[204, 'files.example.com answered with status 204'],
	[201, 'files.example.com answered with status 201'],
])('an answer with status %d is not a whole file', async (code, reason) => {
	const answer = status(code);
	await expect(fetchFile(contextWith([answer]).context, link, rules())).rejects.toThrow(reason);
	expect(answer.body.destroyed).toBe(true);
});

test.each<[string, Partial<Link>, Answer['headers'], string]>([
	['only dots', { fileName: '..' }, {}, 'imageUrl'],
	[
		'only dots from the host',
		{},
		{ 'content-disposition': 'attachment; filename=".."' },
		'imageUrl',
	],
	[
		'encoded control characters from the host',
		{},
		{ 'content-disposition': "attachment; filename*=UTF-8''a%00b%0D%0Ac%E2%80%AEgnp.exe" },
		'ab cgnp.exe',
	],
	['an encoded NUL in the address', { url: 'https://files.example.com/a%00.jpg' }, {}, 'a.jpg'],
])('a name with %s is cleaned', async (_what, changes, headers, fileName) => {
	const { context } = contextWith([ok(headers)]);
	expect(await fetchFile(context, { ...link, ...changes }, rules())).toMatchObject({ fileName });
});

test('a long name is cut in the error too', async () => {
	const long = { ...link, fileName: `${'x'.repeat(100_000)}.pdf` };
	const { context } = contextWith([status(404)]);
	const error = await fetchFile(context, long, rules()).catch((reason: Error) => reason);
	expect((error as Error).message.length).toBeLessThan(500);
});

describe('text from outside does not hold up n8n', () => {
	const LENGTH = 1_000_000;
	const characters = [
		...['"', "'", '\\', ';', '=', ' ', '\t', '/', '.', '%', '<', '[', '(', '*', ',', '-', '\0'],
		...['a', 'ü', '\u202e', '\ud83d', '; filename="', "; filename*=utf-8'"],
	];

	test.each(characters.map((character) => [JSON.stringify(character), character]))(
		'a megabyte of %s',
		async (_name, character) => {
			const text = character.repeat(LENGTH / character.length);
			const headers = {
				'content-disposition': `attachment; filename="${text}`,
				'content-type': text,
			};
			for (const changes of [{}, { fileName: text }]) {
				const ms = await shortestMsOf(async () => {
					const { context } = contextWith([ok(headers)]);
					const { fileName } = await fetchFile(context, { ...link, ...changes }, rules());
					expect(Buffer.byteLength(fileName)).toBeLessThan(260);
				});
				expect(ms).toBeLessThan(MAX_BLOCKED_MS);
			}
			const ofRedirect = await shortestMsOf(async () => {
				const { context } = contextWith([status(302, { location: text })]);
				await fetchFile(context, link, rules()).catch((error: Error) => {
					expect(error.message.length).toBeLessThan(800);
				});
			});
			expect(ofRedirect).toBeLessThan(2 * MAX_BLOCKED_MS);
		},
	);
});

test('a redirect from HTTPS to HTTP is refused', async () => {
	const { context, sent } = contextWith([status(302, { location: 'http://files.example.com/' })]);
	await expect(fetchFile(context, link, rules())).rejects.toThrow('which is not HTTPS');
	expect(sent).toHaveLength(1);
});

test('a body that does not arrive ends with the time limit', async () => {
	const limit = new AbortController();
	const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
	const body = new Readable({ read: () => limit.abort() });
	const { context } = contextWith([
		({ abortSignal }) => {
			abortSignal?.addEventListener?.('abort', () => body.destroy(new Error('aborted')));
			return Promise.resolve({ statusCode: 200, headers: {}, body });
		},
	]);
	await expect(fetchFile(context, link, rules({ settings: { timeout: 50 } }))).rejects.toThrow(
		'files.example.com did not answer in time',
	);
	expect(timeout).toHaveBeenCalledWith(50);
	expect(body.destroyed).toBe(true);
});

test('a download ends at once when the execution is canceled', async () => {
	const controller = new AbortController();
	const canceled = new Error('canceled');
	const { context } = contextWith([
		() => {
			controller.abort(canceled);
			return Promise.reject(new Error('aborted'));
		},
	]);
	const limits = { requestsPerMinute: 1000, maxWaitMs: 60_000, signal: controller.signal };
	await expect(fetchFile(context, link, rules({ limits }))).rejects.toBe(canceled);
});

test('the key is hidden in the error of a file whose link and name repeat it', async () => {
	const { context } = contextWith([status(418)]);
	const echoing = {
		...link,
		url: `https://acme.open-api.perfectgym.com/${API_KEY}`,
		fileName: API_KEY,
	};
	const error = await fetchFile(context, echoing, rules()).catch((reason: Error) => reason);
	expect(error).toMatchObject({ message: expect.stringContaining('(***)') as unknown });
	expect((error as Error).message).not.toContain(API_KEY);
});

test('a link with the key in it is not followed to another host', async () => {
	const { context, sent } = contextWith([ok()]);
	const leaking = { ...link, url: `https://files.example.com/?key=${API_KEY}` };
	await expect(fetchFile(context, leaking, rules())).rejects.toThrow(
		'the link has the API key in it',
	);
	expect(sent).toEqual([]);
});
