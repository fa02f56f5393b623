/** Downloads a linked file. The requests do not contain the API key. */

import type { IDataObject, IHttpRequestOptions, NodeEgressFilter } from 'n8n-workflow';

import { isPrivateAddress, isPrivateHost } from './address';
import { parseUrl } from './baseUrl';
import { conceal } from './conceal';
import { connectionErrorFrom, describeConnectionError } from './connectionErrors';
import { retry } from './requestWithRetry';
import { ConnectionError, cut, RequestError } from './errors';
import type { Link } from './links';
import { baseName, endingOf, mediaTypeOf } from './mediaTypes';
import { rateLimiterFor } from './rateLimiter';
import type { Studio } from './studio';
import type { ApiRequest, RunContext, WaitLimits } from './types';

/** A downloaded file. */
export interface FetchedFile {
	bytes: Buffer;
	fileName: string;
	/** Missing when neither the host nor the file name tells it. */
	mediaType?: string;
}

/** The settings and the limits of a download. */
export interface DownloadRules {
	studio: Studio;
	settings: ApiRequest['settings'];
	limits: WaitLimits;
	/** The largest file that is downloaded, in bytes. */
	maxBytes: number;
	/** Whether to use names that n8n cannot look up for us. */
	allowUncheckedHosts: boolean;
	/** Shared by all downloads of one execution. */
	total: DownloadTotal;
}

/** The size of all files that one execution of the node has downloaded. */
export interface DownloadTotal {
	bytes: number;
}

/** The streamed body that n8n returns. */
interface Body extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

interface Answer {
	statusCode: number;
	headers: IDataObject;
	body: Body;
}

interface FileAnswer {
	statusCode: number;
	headers: IDataObject;
	/** Missing when the status is not a success. */
	bytes?: Buffer;
}

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The statuses that storage hosts return for a link that has expired or was never valid. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403]);
const GONE: ReadonlySet<number> = new Set([404, 410]);
/** Other successes, such as 204 and 206, do not contain the whole file. */
const WHOLE: ReadonlySet<number> = new Set([200, 203]);
const PARTIAL_CONTENT = 206;
const BYTES_PER_MB = 1_000_000;
/** All files of one execution together, in bytes, unless a single file may be larger than that. */
const MAX_TOTAL_BYTES = 1_000_000_000;
const DEFAULT_TIMEOUT_MS = 300_000;
/**
 * Tells whether the environment (HTTPS_PROXY, NO_PROXY) names a proxy for a host, which nodes cannot
 * read. Nothing is sent: n8n's agent for proxies wants a host, and Node refuses the port otherwise. A
 * proxy must be told the name of a host, not its address: it resolves names itself, and may allow
 * hosts by name only. n8n's own protection (N8N_SSRF_PROTECTION_ENABLED) does the same: it judges
 * what the name resolves to, and hands the name to the proxy.
 */
const NOWHERE = { host: '', port: 65_536 };
/** What n8n's agent for proxies says then (`https-proxy-agent`). */
const NO_HOST_FOR_PROXY = 'No "host" provided';
/** Node limits all headers of an answer to 16 kB, but other HTTP clients do not. */
const MAX_HEADER_LENGTH = 4096;
const MAX_REASON_LENGTH = 500;
const MIN_KEY_LENGTH = 8;

/**
 * Downloads the file of a link. Retries as a read does, and checks each redirect before it follows it.
 *
 * @returns the file in memory, with its name and media type
 * @throws {RequestError} that names the file and says why it could not be downloaded
 */
export async function fetchFile(
	context: RunContext,
	link: Link,
	rules: DownloadRules,
): Promise<FetchedFile> {
	return await tryToFetch(context, link, rules).catch((error: unknown) => {
		throw error instanceof RequestError ? withoutKey(error, rules.studio) : error;
	});
}

/** The link and the name of the file come from the API, which may repeat the request. */
function withoutKey({ message, advice }: RequestError, { apiKey }: Studio): RequestError {
	return new RequestError(conceal(message, apiKey), advice && conceal(advice, apiKey));
}

async function tryToFetch(
	context: RunContext,
	link: Link,
	rules: DownloadRules,
): Promise<FetchedFile> {
	const url = parseUrl(link.url);
	if (!url) throw fileError(link, 'the link is not a valid URL');

	let answer: FileAnswer;
	try {
		const limiter = rateLimiterFor(rules.studio, { method: 'GET', template: url.origin });
		answer = await retry(
			async () => await follow(context, url, rules),
			{ limiter, repeatable: true },
			rules.limits,
		);
	} catch (error) {
		throw toFileError(link, error);
	}

	const { statusCode, headers, bytes } = answer;
	if (bytes) return { bytes, ...describe(link, url, headers) };
	if (REFUSALS.has(statusCode)) {
		throw fileError(
			link,
			`the link has expired or is refused (status ${statusCode})`,
			'PerfectGym Next creates links that are valid for 15 minutes to 5 hours. Run the previous node again to get a new link.',
		);
	}
	if (GONE.has(statusCode)) throw fileError(link, `the file does not exist (status ${statusCode})`);
	if (statusCode === PARTIAL_CONTENT) {
		throw fileError(link, `${url.host} sent only a part of it (status ${statusCode})`);
	}
	throw fileError(link, `${url.host} answered with status ${statusCode}`);
}

function fileError(link: Link, reason: string, advice?: string): RequestError {
	const fileName = baseName(link.fileName);
	const name = fileName === undefined ? '' : ` (${fileName})`;
	return new RequestError(
		`The file in "${link.field}"${name} could not be downloaded: ${cut(reason, MAX_REASON_LENGTH)}`,
		advice,
	);
}

/** Names the file in the error. Other errors, such as a canceled execution, stay as they are. */
function toFileError(link: Link, error: unknown): unknown {
	if (error instanceof RequestError) return fileError(link, error.message, error.advice);
	if (!(error instanceof ConnectionError)) return error;
	const { message, detail } = describeConnectionError(error);
	return fileError(link, message, detail);
}

/** @throws {RequestError} for a link that is not allowed, or files that are too large */
async function follow(
	context: RunContext,
	link: URL,
	rules: DownloadRules,
): Promise<FileAnswer | ConnectionError> {
	const { timeout = DEFAULT_TIMEOUT_MS, ...settings } = rules.settings;
	const { signal } = rules.limits;
	// Covers the whole file: n8n's own timeout ends when the headers have arrived.
	const deadline = AbortSignal.timeout(timeout);
	const abortSignal = signal ? AbortSignal.any([signal, deadline]) : deadline;
	let url = link;
	const failure = (error: unknown) =>
		deadline.aborted
			? new ConnectionError('ECONNABORTED', `${timeout} ms have passed`, url.host)
			: connectionErrorFrom(error, url.host);

	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		const addresses = await judge(context, url, rules, abortSignal);
		const options: IHttpRequestOptions = {
			...settings,
			method: 'GET',
			url: url.href,
			headers: { accept: '*/*' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal,
		};
		const answer = await send(context, options, addresses, failure);
		if (answer instanceof ConnectionError) return answer;
		const next = redirectOf(answer, url);
		if (!next) return await readAnswer(answer, rules, failure);
		answer.body.destroy();
		url = next;
	}
	throw new RequestError(`the link redirects more than ${MAX_REDIRECTS} times`);
}

/**
 * @param addresses of the host, at most two; when there are none, the name is looked up again
 * @returns the answer, or the error when no address can be reached
 */
async function send(
	{ helpers }: RunContext,
	options: IHttpRequestOptions,
	addresses: readonly string[],
	failure: (error: unknown) => ConnectionError,
): Promise<Answer | ConnectionError> {
	const request = async (changes: Partial<IHttpRequestOptions>) =>
		await (helpers.httpRequest({ ...options, ...changes }) as Promise<Answer>).catch(failure);
	const [first, second] = addresses;
	if (first === undefined) return await request({});
	const probe = await request({ agentOptions: NOWHERE });
	// This n8n ignores `agentOptions`.
	if (!(probe instanceof ConnectionError)) return probe;
	if (probe.detail === NO_HOST_FOR_PROXY) return await request({});
	// The agent connects to this host, so a second lookup cannot lead elsewhere. The Host header and
	// the check of the certificate still use the name in the URL.
	const answer = await request({ agentOptions: { host: first } });
	if (!(answer instanceof ConnectionError) || second === undefined) return answer;
	return await request({ agentOptions: { host: second } });
}

function redirectOf({ statusCode, headers }: Answer, from: URL): URL | undefined {
	const { location } = headers;
	if (!REDIRECTS.has(statusCode) || typeof location !== 'string') return undefined;
	const next = parseUrl(location, from.href);
	if (!next) throw new RequestError('the link points to an address that is not a valid URL');
	return next;
}

/**
 * @returns the addresses to connect to, all of them public; none when n8n's request is to look up the
 *   name
 * @throws {RequestError} for an address without HTTPS, with the key in it, or on a private network
 */
async function judge(
	context: RunContext,
	url: URL,
	rules: DownloadRules,
	signal: AbortSignal,
): Promise<string[]> {
	const { studio } = rules;
	const base = new URL(studio.baseUrl);
	if (url.protocol !== 'https:' && url.protocol !== base.protocol) {
		throw new RequestError(`the link points to ${url.protocol}//${url.host}, which is not HTTPS`);
	}
	if (url.origin !== base.origin && holdsKey(url, studio)) {
		throw new RequestError('the link has the API key in it and leads to another host');
	}
	// An API on a private network, such as the simulator, may link to hosts on that network.
	if (isPrivateHost(base.hostname)) return [];
	const addresses = isPrivateHost(url.hostname)
		? 'private'
		: await lookUp(context, url, rules, signal);
	if (addresses === 'private' || addresses.some(isPrivateAddress)) {
		throw new RequestError(`the link points to ${url.host}, an address in a private network`);
	}
	// A machine without IPv6 still gets such addresses, so IPv4 comes first.
	const isV6 = (address: string) => address.includes(':');
	return [addresses.find((address) => !isV6(address)), addresses.find(isV6)].filter(
		(address) => address !== undefined,
	);
}

/** The key travels to its own tenant only. A shorter key could be an ordinary word. */
function holdsKey({ href }: URL, { apiKey }: Studio): boolean {
	return apiKey.length >= MIN_KEY_LENGTH && href.toLowerCase().includes(apiKey.toLowerCase());
}

/**
 * Looks up a host with n8n's own lookup, which also applies the rules of the instance
 * (N8N_SSRF_BLOCKED_IP_RANGES). A name that cannot be looked up is left to the request, since an HTTP
 * proxy may know it. So is the choice of the address where n8n ignores `agentOptions`: a name whose
 * address changes between the two lookups is not noticed then.
 *
 * @throws {RequestError} for a name that n8n cannot look up, unless the user allows it
 */
async function lookUp(
	{ helpers }: RunContext,
	url: URL,
	rules: DownloadRules,
	signal: AbortSignal,
): Promise<string[] | 'private'> {
	// With a proxy, the proxy resolves names.
	if (rules.settings.proxy) return [];
	const filter = egressFilterOf(helpers);
	if (!filter) {
		if (rules.allowUncheckedHosts || needsNoLookup(url, rules.studio)) return [];
		throw new RequestError(
			`this version of n8n cannot check whether ${url.host} is in a private network`,
			'Update n8n to 2.40 or newer. If you trust the hosts that PerfectGym Next links to, turn on "Allow Unchecked File Hosts" in the options.',
		);
	}
	const lookup = filter.createSecureLookup();
	try {
		return await new Promise<string[]>((resolve, reject) => {
			signal.addEventListener('abort', () => reject(new Error('aborted')));
			if (signal.aborted) reject(new Error('aborted'));
			lookup(url.hostname, { all: true }, (error, found) => {
				if (error) reject(error);
				else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address));
			});
		});
	} catch (error) {
		return error instanceof Error && error.name.startsWith('SsrfBlocked') ? 'private' : [];
	}
}

/** n8n has it since 2.28; up to 2.34 at least only if the instance sets N8N_SSRF_PROTECTION_ENABLED. */
function egressFilterOf(helpers: RunContext['helpers']): NodeEgressFilter | undefined {
	return typeof helpers.getSecureEgressFilter === 'function'
		? helpers.getSecureEgressFilter('enforced')
		: undefined;
}

/** The node's other requests lead to the studio's own host, too. An address has been judged as it is. */
function needsNoLookup({ hostname }: URL, { baseUrl }: Studio): boolean {
	return hostname === new URL(baseUrl).hostname || /^\[|^[\d.]+$/.test(hostname);
}

/** @throws {RequestError} when the file, or all files together, are too large */
async function readAnswer(
	{ statusCode, headers, body }: Answer,
	rules: DownloadRules,
	failure: (error: unknown) => ConnectionError,
): Promise<FileAnswer | ConnectionError> {
	const isWhole = WHOLE.has(statusCode);
	const isTooLarge = isWhole && Number(headers['content-length']) > rules.maxBytes;
	if (!isWhole || isTooLarge) body.destroy();
	if (isTooLarge) throw tooLarge(rules.maxBytes);
	if (!isWhole) return { statusCode, headers };
	const bytes = await readBody(body, rules).catch(failure);
	if (bytes instanceof RequestError) throw bytes;
	return bytes instanceof ConnectionError ? bytes : { statusCode, headers, bytes };
}

/**
 * Counts the bytes as they arrive, after n8n has decompressed them: a header cannot tell their size.
 * Leaving the loop closes the body.
 *
 * @returns the file, or the error when it is too large
 */
async function readBody(
	body: Body,
	{ maxBytes, total }: DownloadRules,
): Promise<Buffer | RequestError> {
	const maxTotalBytes = Math.max(MAX_TOTAL_BYTES, maxBytes);
	const chunks: Uint8Array[] = [];
	let size = 0;
	let isWhole = false;
	try {
		for await (const chunk of body) {
			size += chunk.length;
			total.bytes += chunk.length;
			if (size > maxBytes) return tooLarge(maxBytes);
			if (total.bytes > maxTotalBytes) return tooLargeTogether(maxTotalBytes);
			chunks.push(chunk);
		}
		isWhole = true;
	} finally {
		// The bytes are dropped otherwise.
		if (!isWhole) total.bytes -= size;
	}
	return Buffer.concat(chunks, size);
}

function tooLarge(maxBytes: number): RequestError {
	return new RequestError(
		`it is larger than ${inMb(maxBytes)}`,
		'Increase "Maximum File Size" in the options.',
	);
}

function tooLargeTogether(maxTotalBytes: number): RequestError {
	return new RequestError(
		`together, the files are larger than ${inMb(maxTotalBytes)}`,
		`Download fewer files at a time, for example with "Limit" or a filter. If you set "Maximum File Size" to more than ${inMb(MAX_TOTAL_BYTES)}, all files together may have that size.`,
	);
}

function inMb(bytes: number): string {
	return `${(bytes / BYTES_PER_MB).toLocaleString('en')} MB`;
}

/** The file's name and type. The name in the record wins, then the host's, then the one in the URL. */
function describe(link: Link, url: URL, headers: IDataObject): Omit<FetchedFile, 'bytes'> {
	const nameInUrl = decode(url.pathname.split('/').pop() ?? '');
	const known =
		baseName(link.fileName) ??
		baseName(nameInDisposition(headers['content-disposition'])) ??
		(nameInUrl.includes('.') ? baseName(nameInUrl) : undefined);
	const mediaType = mediaTypeOf(headers['content-type'], known);
	if (known !== undefined) return { fileName: known, mediaType };
	const ending = endingOf(mediaType);
	const field = link.field.replace(/\[(\d+)\]/g, '_$1').replaceAll('.', '_');
	return { fileName: ending ? `${field}.${ending}` : field, mediaType };
}

function nameInDisposition(disposition: unknown): string | undefined {
	const text = cut(String(disposition ?? ''), MAX_HEADER_LENGTH);
	const encoded = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(text)?.[1];
	if (encoded !== undefined) return decode(encoded);
	const [, quoted, plain] =
		/;\s*filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(text) ?? [];
	return quoted?.replace(/\\(.)/g, '$1') ?? plain;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
