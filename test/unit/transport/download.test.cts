import { Readable } from 'node:stream';
import type { IExecutePaginationFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { DownloadRules } from '../../../nodes/PerfectGymNext/transport/download';
import { fetchFile } from '../../../nodes/PerfectGymNext/transport/download';
import type { Link } from '../../../nodes/PerfectGymNext/transport/links';

interface Answer {
	statusCode: number;
	headers: Record<string, string>;
	body: Readable;
}

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

/** A run whose requests are answered in turn. */
function contextWith(
	answers: Array<Answer | ((options: IHttpRequestOptions) => Promise<Answer>)>,
	validateUrl?: () => Promise<{ ok: boolean; error?: Error }>,
) {
	const asked: IHttpRequestOptions[] = [];
	const helpers = {
		async httpRequest(options: IHttpRequestOptions) {
			asked.push(options);
			const answer = answers[asked.length - 1];
			return typeof answer === 'function' ? await answer(options) : answer;
		},
		...(validateUrl && { getSecureEgressFilter: () => ({ validateUrl }) }),
	};
	return { asked, context: { helpers } as unknown as IExecutePaginationFunctions };
}

let fingerprint = 0;
function rules(changes: Partial<DownloadRules> = {}): DownloadRules {
	const baseUrl = 'https://acme.open-api.perfectgym.com';
	return {
		studio: { baseUrl, apiKey: 'key-that-must-not-show', fingerprint: String(++fingerprint) },
		settings: {},
		patience: { requestsPerMinute: 1000, maxWait: 0 },
		maxBytes: 1000,
		...changes,
	};
}

const simulator = (baseUrl: string) => ({ ...rules().studio, baseUrl });

test('asks without the key, and follows nothing by itself', async () => {
	const { context, asked } = contextWith([ok()]);
	await fetchFile(context, link, rules());
	expect(asked).toHaveLength(1);
	expect(asked[0]).toMatchObject({ url: link.url, disableFollowRedirect: true });
	expect(JSON.stringify(asked[0])).not.toContain('key-that-must-not-show');
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
	['the field alone', {}, { 'content-type': 'application/octet-stream' }, 'imageUrl', undefined],
])('takes the name from %s', async (_source, changes, headers, fileName, mediaType) => {
	const { context } = contextWith([ok(headers)]);
	const file = await fetchFile(context, { ...link, ...changes }, rules());
	expect(file).toEqual({ bytes: Buffer.from('abc'), fileName, mediaType });
});

test('follows a redirect that is relative', async () => {
	const { context, asked } = contextWith([status(307, { location: '../c.pdf' }), ok()]);
	await fetchFile(context, link, rules());
	expect(asked[1].url).toBe('https://files.example.com/c.pdf');
});

test('closes what it does not read', async () => {
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
])('says what status %d means, without the address', async (code, reason) => {
	const { context } = contextWith([status(code)]);
	await expect(fetchFile(context, link, rules())).rejects.toMatchObject({
		name: 'RequestFault',
		message: `The file in "imageUrl" could not be fetched: ${reason}`,
	});
});

test('refuses a host whose name leads into a private network', async () => {
	const error = Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
	const { context, asked } = contextWith([ok()], async () => ({ ok: false, error }));
	await expect(fetchFile(context, link, rules())).rejects.toThrow('within a private network');
	expect(asked).toEqual([]);
});

test.each([
	['a name that cannot be looked up', async () => await Promise.reject(new Error('ENOTFOUND'))],
	['a name that n8n cannot judge', async () => ({ ok: false, error: new Error('Invalid URL') })],
])('leaves %s to the request', async (_what, validateUrl) => {
	const { context, asked } = contextWith([ok()], validateUrl);
	await fetchFile(context, link, rules());
	expect(asked).toHaveLength(1);
});

test.each(['http://127.0.0.1:4010', 'https://10.0.0.5'])(
	'fetches from a private network when the API itself is at %s',
	async (baseUrl) => {
		const url = `${baseUrl}/files/a`;
		const { context, asked } = contextWith([ok()]);
		await fetchFile(context, { ...link, url }, rules({ studio: simulator(baseUrl) }));
		expect(asked[0].url).toBe(url);
	},
);

test('does not go back from HTTPS to HTTP', async () => {
	const { context, asked } = contextWith([status(302, { location: 'http://files.example.com/' })]);
	await expect(fetchFile(context, link, rules())).rejects.toThrow('which is not HTTPS');
	expect(asked).toHaveLength(1);
});

test('does not wait longer than the time limit for a body that does not come', async () => {
	const never = async ({ abortSignal }: IHttpRequestOptions): Promise<Answer> => {
		const body = new Readable({ read() {} });
		abortSignal?.addEventListener?.('abort', () => body.destroy(new Error('aborted')));
		return { statusCode: 200, headers: {}, body };
	};
	const { context } = contextWith([never]);
	await expect(fetchFile(context, link, rules({ settings: { timeout: 50 } }))).rejects.toThrow(
		'files.example.com did not answer in time',
	);
});

test('ends at once when the execution is cancelled', async () => {
	const controller = new AbortController();
	const cancelled = new Error('cancelled');
	const { context } = contextWith([
		async () => {
			controller.abort(cancelled);
			return await Promise.reject(new Error('aborted'));
		},
	]);
	const patience = { requestsPerMinute: 1000, maxWait: 60_000, signal: controller.signal };
	await expect(fetchFile(context, link, rules({ patience }))).rejects.toBe(cancelled);
});
