/** Fetches one linked file, from wherever the link leads, without the key. */

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isPrivateHost } from './address';
import { parseUrl } from './baseUrl';
import { repeat } from './delivery';
import { connectionWords } from './errors';
import { ConnectionFailure, failureOf } from './exchange';
import { RequestFault } from './fault';
import type { Link } from './links';
import { baseName, endingOf, mediaTypeOf } from './mediaTypes';
import { paceOf } from './pace';
import type { Studio } from './studio';
import type { ApiRequest, Patience, RunContext } from './types';

/** A file as it came. */
export interface FetchedFile {
	bytes: Buffer;
	fileName: string;
	/** Left out where neither host nor name tells it. */
	mediaType?: string;
}

/** What a download keeps to. */
export interface DownloadRules {
	studio: Studio;
	settings: ApiRequest['settings'];
	patience: Patience;
	/** The largest file that is fetched, in bytes. */
	maxBytes: number;
}

/** As n8n hands over a body that is read bit by bit. */
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
	/** Without it the answer is no success. */
	bytes?: Buffer;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** What storage hosts say of a link that is too old, or was never valid. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403]);
const GONE: ReadonlySet<number> = new Set([404, 410]);
const BYTES_PER_MB = 1_000_000;
const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * Repeats what a read may repeat, and follows redirects after having looked at each.
 *
 * @throws {RequestFault} that says which file, and why it could not be fetched
 */
export async function fetchFile(
	context: RunContext,
	link: Link,
	rules: DownloadRules,
): Promise<FetchedFile> {
	const url = parseUrl(link.url);
	if (!url) throw fault(link, 'the link is no web address');

	let answer: FileAnswer;
	try {
		const pace = paceOf(rules.studio, { method: 'GET', template: url.origin });
		answer = await repeat(
			async () => await follow(context, url, rules),
			{ pace, repeatable: true },
			rules.patience,
		);
	} catch (error) {
		throw inWords(link, url, error);
	}

	const { statusCode, headers, bytes } = answer;
	if (bytes) return { bytes, ...describe(link, url, headers) };
	if (REFUSALS.has(statusCode)) {
		throw fault(
			link,
			`the link has expired or is refused (status ${statusCode})`,
			'PerfectGym Next gives out links that are valid for 15 minutes to 5 hours. Run the step again, so that it gets a fresh one.',
		);
	}
	if (GONE.has(statusCode)) throw fault(link, `there is no such file (status ${statusCode})`);
	throw fault(link, `${url.host} answered with status ${statusCode}`);
}

function fault({ field, fileName }: Link, reason: string, advice?: string): RequestFault {
	const name = fileName === undefined ? '' : ` (${fileName})`;
	return new RequestFault(`The file in "${field}"${name} could not be fetched: ${reason}`, advice);
}

/** Says which file it was that failed; a cancelled execution is no failure of the file. */
function inWords(link: Link, url: URL, error: unknown): unknown {
	if (error instanceof RequestFault) return fault(link, error.message, error.advice);
	if (!(error instanceof ConnectionFailure)) return error;
	const { message, description } = connectionWords(error, url.host);
	return fault(link, message, description);
}

/** @throws {RequestFault} for a link that is not followed, or a file that is too large */
async function follow(
	context: RunContext,
	link: URL,
	rules: DownloadRules,
): Promise<FileAnswer | ConnectionFailure> {
	const { timeout = DEFAULT_TIMEOUT_MS, ...settings } = rules.settings;
	const { signal } = rules.patience;
	// For the whole file: n8n's own limit ends with the head of the answer.
	const tooLate = AbortSignal.timeout(timeout);
	const abortSignal = signal ? AbortSignal.any([signal, tooLate]) : tooLate;
	const failure = (error: unknown) =>
		tooLate.aborted
			? new ConnectionFailure('ECONNABORTED', `${timeout} ms have passed`)
			: failureOf(error);

	let url = link;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		await guard(context, url, rules);
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
		const answer = await open(context, options).catch(failure);
		if (answer instanceof ConnectionFailure) return answer;
		const next = redirectOf(answer, url);
		if (!next) return await readAnswer(answer, rules.maxBytes, failure);
		answer.body.destroy();
		url = next;
	}
	throw new RequestFault(`the link leads on and on, through more than ${MOST_REDIRECTS} addresses`);
}

async function open(context: RunContext, options: IHttpRequestOptions): Promise<Answer> {
	return (await context.helpers.httpRequest(options)) as Answer;
}

function redirectOf({ statusCode, headers }: Answer, from: URL): URL | undefined {
	const { location } = headers;
	if (!REDIRECTS.has(statusCode) || typeof location !== 'string') return undefined;
	const next = parseUrl(location, from.href);
	if (!next) throw new RequestFault('the link leads to what is no web address');
	return next;
}

/** @throws {RequestFault} for an address that a link of PerfectGym Next has no reason to lead to */
async function guard(context: RunContext, url: URL, { studio, settings }: DownloadRules) {
	const base = new URL(studio.baseUrl);
	if (url.protocol !== 'https:' && url.protocol !== base.protocol) {
		throw new RequestFault(`the link leads to ${url.protocol}//${url.host}, which is not HTTPS`);
	}
	// The simulator for instance, or a studio's own server.
	if (isPrivateHost(base.hostname)) return;
	const isPrivate =
		isPrivateHost(url.hostname) || (await resolvesToPrivate(context, url, settings));
	if (isPrivate) {
		throw new RequestFault(`the link leads to ${url.host}, an address within a private network`);
	}
}

/** Newer versions of n8n can look a name up and judge its addresses, by the rules of whoever runs it. */
async function resolvesToPrivate(
	{ helpers }: RunContext,
	url: URL,
	{ proxy }: ApiRequest['settings'],
): Promise<boolean> {
	// Behind a proxy it is the proxy that looks up names.
	if (proxy || typeof helpers.getSecureEgressFilter !== 'function') return false;
	try {
		const verdict = await helpers.getSecureEgressFilter('enforced').validateUrl(url);
		return !verdict.ok && verdict.error.name.startsWith('SsrfBlocked');
	} catch {
		// A name that cannot be looked up cannot be reached either, and the request says so.
		return false;
	}
}

async function readAnswer(
	{ statusCode, headers, body }: Answer,
	maxBytes: number,
	failure: (error: unknown) => ConnectionFailure,
): Promise<FileAnswer | ConnectionFailure> {
	const isSuccess = statusCode >= 200 && statusCode < 300;
	const isTooLarge = isSuccess && Number(headers['content-length']) > maxBytes;
	if (!isSuccess || isTooLarge) body.destroy();
	if (!isSuccess) return { statusCode, headers };
	const bytes = isTooLarge ? undefined : await readUpTo(body, maxBytes).catch(failure);
	if (bytes instanceof ConnectionFailure) return bytes;
	if (bytes) return { statusCode, headers, bytes };
	throw new RequestFault(
		`it is larger than ${(maxBytes / BYTES_PER_MB).toLocaleString('en')} MB`,
		'Raise "Maximum File Size" in the options of the node.',
	);
}

/** @returns undefined, without reading on, when there is more; the body is closed in any case */
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

/** Name and type: the record knows better than the host, and the host better than the address. */
function describe(link: Link, url: URL, headers: IDataObject): Omit<FetchedFile, 'bytes'> {
	const inAddress = decode(url.pathname.split('/').pop() ?? '');
	const known =
		baseName(link.fileName) ??
		baseName(nameInDisposition(headers['content-disposition'])) ??
		(inAddress.includes('.') ? baseName(inAddress) : undefined);
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
