/** Downloads a linked file. The requests do not contain the API key. */

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isPrivateHost } from './address';
import { parseUrl } from './baseUrl';
import { retry } from './requestWithRetry';
import { describeConnectionError } from './nodeErrors';
import { ConnectionError, RequestError } from './errors';
import type { Link } from './links';
import { baseName, endingOf, mediaTypeOf } from './mediaTypes';
import { rateLimiterFor } from './rateLimiter';
import { connectionErrorFrom } from './sendOnce';
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
const BYTES_PER_MB = 1_000_000;
const DEFAULT_TIMEOUT_MS = 300_000;

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
		throw toFileError(link, url, error);
	}

	const { statusCode, headers, bytes } = answer;
	if (bytes) return { bytes, ...describe(link, url, headers) };
	if (REFUSALS.has(statusCode)) {
		throw fileError(
			link,
			`the link has expired or is refused (status ${statusCode})`,
			'PerfectGym Next gives out links that are valid for 15 minutes to 5 hours. Run the step again, so that it gets a fresh one.',
		);
	}
	if (GONE.has(statusCode)) throw fileError(link, `there is no such file (status ${statusCode})`);
	throw fileError(link, `${url.host} answered with status ${statusCode}`);
}

function fileError({ field, fileName }: Link, reason: string, advice?: string): RequestError {
	const name = fileName === undefined ? '' : ` (${fileName})`;
	return new RequestError(`The file in "${field}"${name} could not be fetched: ${reason}`, advice);
}

/** Names the file in the error. Other errors, such as a canceled execution, stay as they are. */
function toFileError(link: Link, url: URL, error: unknown): unknown {
	if (error instanceof RequestError) return fileError(link, error.message, error.advice);
	if (!(error instanceof ConnectionError)) return error;
	const { message, description } = describeConnectionError(error, url.host);
	return fileError(link, message, description);
}

/** @throws {RequestError} for a link that is not allowed, or a file that is too large */
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
	const failure = (error: unknown) =>
		deadline.aborted
			? new ConnectionError('ECONNABORTED', `${timeout} ms have passed`)
			: connectionErrorFrom(error);

	let url = link;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		await checkAddress(context, url, rules);
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
		const answer = await send(context, options).catch(failure);
		if (answer instanceof ConnectionError) return answer;
		const next = redirectOf(answer, url);
		if (!next) return await readAnswer(answer, rules.maxBytes, failure);
		answer.body.destroy();
		url = next;
	}
	throw new RequestError(`the link leads on and on, through more than ${MAX_REDIRECTS} addresses`);
}

async function send(context: RunContext, options: IHttpRequestOptions): Promise<Answer> {
	return (await context.helpers.httpRequest(options)) as Answer;
}

function redirectOf({ statusCode, headers }: Answer, from: URL): URL | undefined {
	const { location } = headers;
	if (!REDIRECTS.has(statusCode) || typeof location !== 'string') return undefined;
	const next = parseUrl(location, from.href);
	if (!next) throw new RequestError('the link leads to an address that is not a valid URL');
	return next;
}

/** @throws {RequestError} for an address without HTTPS, or on a private network */
async function checkAddress(context: RunContext, url: URL, { studio, settings }: DownloadRules) {
	const base = new URL(studio.baseUrl);
	if (url.protocol !== 'https:' && url.protocol !== base.protocol) {
		throw new RequestError(`the link leads to ${url.protocol}//${url.host}, which is not HTTPS`);
	}
	// An API on a private network, such as the simulator, may link to hosts on that network.
	if (isPrivateHost(base.hostname)) return;
	const isPrivate =
		isPrivateHost(url.hostname) || (await resolvesToPrivate(context, url, settings));
	if (isPrivate) {
		throw new RequestError(`the link leads to ${url.host}, an address within a private network`);
	}
}

/** Newer versions of n8n resolve a name and check its addresses against the instance's SSRF rules. */
async function resolvesToPrivate(
	{ helpers }: RunContext,
	url: URL,
	{ proxy }: ApiRequest['settings'],
): Promise<boolean> {
	// With a proxy, the proxy resolves names.
	if (proxy || typeof helpers.getSecureEgressFilter !== 'function') return false;
	try {
		const verdict = await helpers.getSecureEgressFilter('enforced').validateUrl(url);
		return !verdict.ok && verdict.error.name.startsWith('SsrfBlocked');
	} catch {
		// If the name cannot be resolved, the request fails and reports that.
		return false;
	}
}

async function readAnswer(
	{ statusCode, headers, body }: Answer,
	maxBytes: number,
	failure: (error: unknown) => ConnectionError,
): Promise<FileAnswer | ConnectionError> {
	const isSuccess = statusCode >= 200 && statusCode < 300;
	const isTooLarge = isSuccess && Number(headers['content-length']) > maxBytes;
	if (!isSuccess || isTooLarge) body.destroy();
	if (!isSuccess) return { statusCode, headers };
	const bytes = isTooLarge ? undefined : await readUpTo(body, maxBytes).catch(failure);
	if (bytes instanceof ConnectionError) return bytes;
	if (bytes) return { statusCode, headers, bytes };
	throw new RequestError(
		`it is larger than ${(maxBytes / BYTES_PER_MB).toLocaleString('en')} MB`,
		'Raise "Maximum File Size" in the options of the node.',
	);
}

/** @returns undefined as soon as the body exceeds `maxBytes`; leaving the loop closes the body */
async function readUpTo(body: Body, maxBytes: number): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > maxBytes) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, size);
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
	const text = String(disposition ?? '');
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
