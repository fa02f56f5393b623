import { Readable } from 'node:stream';
import type { IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { DownloadRules } from '../../../nodes/PerfectGymNext/transport/download';
import { fetchFile } from '../../../nodes/PerfectGymNext/transport/download';
import type { Link } from '../../../nodes/PerfectGymNext/transport/links';
import { uniqueStudio } from '../fakes.cts';

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

type ValidateUrl = (url: URL) => Promise<{ ok: boolean; error?: Error }>;

/**
 * @param answers the answers to the requests in turn
 * @param validateUrl n8n's check of an address; without it, n8n is too old to have one
 */
function contextWith(
	answers: Array<Answer | ((options: IHttpRequestOptions) => Promise<Answer>)>,
	validateUrl?: ValidateUrl,
) {
	const sent: IHttpRequestOptions[] = [];
	const helpers = {
		async httpRequest(options: IHttpRequestOptions) {
			sent.push(options);
			const answer = answers[sent.length - 1];
			return typeof answer === 'function' ? await answer(options) : answer;
		},
		...(validateUrl && { getSecureEgressFilter: () => ({ validateUrl }) }),
	};
	return { sent, context: { helpers } as unknown as IExecutePaginationFunctions };
}

function rules(changes: Partial<DownloadRules> = {}): DownloadRules {
	return {
		studio: { ...uniqueStudio(), apiKey: API_KEY },
		settings: {},
		limits: { requestsPerMinute: 1000, maxWaitMs: 0 },
		maxBytes: 1000,
		...changes,
	};
}

/** The verdict of n8n on a name that leads to a private address. */
const blocked: ValidateUrl = () => {
	const error = Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
	return Promise.resolve({ ok: false, error });
};

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
	[404, 'there is no such file (status 404)'],
	[410, 'there is no such file (status 410)'],
	[500, 'files.example.com answered with status 500'],
])('the error says what status %d means, without the address', async (code, reason) => {
	const { context } = contextWith([status(code)]);
	await expect(fetchFile(context, link, rules())).rejects.toMatchObject({
		name: 'RequestError',
		message: `The file in "imageUrl" could not be fetched: ${reason}`,
	});
});

describe('an address on a private network', () => {
	test('is refused when the name of the host leads to it', async () => {
		const { context, sent } = contextWith([ok()], blocked);
		await expect(fetchFile(context, link, rules())).rejects.toThrow('within a private network');
		expect(sent).toEqual([]);
	});

	test('is refused in a redirect when the name of the host leads to it', async () => {
		const validateUrl: ValidateUrl = (url) =>
			url.host === 'inner.example.com' ? blocked(url) : Promise.resolve({ ok: true });
		const redirect = status(302, { location: 'https://inner.example.com/' });
		const { context, sent } = contextWith([redirect, ok()], validateUrl);
		await expect(fetchFile(context, link, rules())).rejects.toThrow('within a private network');
		expect(sent).toHaveLength(1);
	});

	test.each([
		['a name that cannot be looked up', () => Promise.reject(new Error('ENOTFOUND'))],
		['an address that n8n cannot check', () => Promise.resolve({ ok: false, error: new Error() })],
	])('is not assumed for %s, and the request is sent', async (_what, validateUrl) => {
		const { context, sent } = contextWith([ok()], validateUrl);
		await fetchFile(context, link, rules());
		expect(sent).toHaveLength(1);
	});

	test('is not looked up behind a proxy, since the proxy looks up the name', async () => {
		const validateUrl = jest.fn(blocked);
		const { context, sent } = contextWith([ok()], validateUrl);
		const proxy = { protocol: 'http', host: 'proxy.example.com', port: 8080 };
		await fetchFile(context, link, rules({ settings: { proxy } }));
		expect(validateUrl).not.toHaveBeenCalled();
		expect(sent).toMatchObject([{ url: link.url, proxy }]);
	});

	test('is refused behind a proxy too when the link contains it', async () => {
		const { context, sent } = contextWith([ok()]);
		const proxy = { protocol: 'http', host: 'proxy.example.com', port: 8080 };
		const inner = { ...link, url: 'https://10.0.0.5/a' };
		await expect(fetchFile(context, inner, rules({ settings: { proxy } }))).rejects.toThrow(
			'within a private network',
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
