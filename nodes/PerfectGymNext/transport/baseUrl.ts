/** Converts the base URL that a user enters for a studio to the origin that requests go to. */

const PRODUCTION_SUFFIX = '.open-api.perfectgym.com';
const TENANT_NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const HOST = /^[a-z0-9.-]+$|^\[[0-9a-f:.]+\]$/i;
const SCHEME_AND_HOST = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i;
const PATH = /^(?:\/v1)?\/?$/;
/** Letters with accents are in names of hosts. Other characters can pass for a letter, a dot or a slash. */
const UNCLEAR =
	/[^\x20-\x5b\x5d-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0130\u0134-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u017e]/u;
const VISIBLE = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
/** Far longer than the name of any host. */
const MAX_LENGTH = 500;
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** A base URL that cannot be used. The message begins with the name of the credential's field. */
export class BaseUrlError extends Error {
	constructor(problem: string) {
		super(`Base URL ${problem}`);
		this.name = 'BaseUrlError';
	}
}

/**
 * @param input a tenant name (`acme`), a host or a URL, with or without `/` or `/v1` at the end
 * @returns the origin without a slash at the end, such as `https://acme.open-api.perfectgym.com`;
 *   every path of the API begins with `/v1`
 * @throws {BaseUrlError} when the input is anything else, or is not HTTPS: PerfectGym Next accepts
 *   only HTTPS, and the key must be encrypted. Loopback may use HTTP, for tests.
 */
export function normalizeBaseUrl(input: unknown): string {
	const baseUrl = readBaseUrl(input);
	if (baseUrl instanceof BaseUrlError) throw baseUrl;
	return baseUrl;
}

/** Works like {@link normalizeBaseUrl}, but returns the error instead of throwing it. */
export function readBaseUrl(input: unknown): string | BaseUrlError {
	const text = typeof input === 'string' ? input.trim() : '';
	if (text === '') {
		return new BaseUrlError('is missing. Enter the one from your activation email.');
	}
	if (text.length > MAX_LENGTH) {
		return new BaseUrlError(`is longer than ${MAX_LENGTH} characters.`);
	}
	const unclear = UNCLEAR.exec(text)?.[0];
	if (unclear !== undefined) return new BaseUrlError(describeUnclear(unclear));
	const name = text.replace(/\/(?:v1\/?)?$/, '');
	if (TENANT_NAME.test(name) && !LOOPBACK_HOST.test(name)) {
		return `https://${name.toLowerCase()}${PRODUCTION_SUFFIX}`;
	}

	const url = parse(text);
	// Rejects "my gym" and "my_gym", which are not valid host names.
	if (!url || !HOST.test(url.hostname)) {
		return new BaseUrlError(
			'is not a valid URL. Enter your tenant name, or an address such as https://acme.open-api.perfectgym.com.',
		);
	}
	const isLoopback = LOOPBACK_HOST.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
		return new BaseUrlError('must start with https://, so that the key is encrypted.');
	}
	// As it was entered: the parser removes an empty user name, and takes steps such as /v1/.. back.
	const [host = ''] = SCHEME_AND_HOST.exec(text) ?? [];
	if (host.includes('@')) {
		return new BaseUrlError('must not contain a user name or password.');
	}
	if (!PATH.test(text.slice(host.length))) {
		return new BaseUrlError('must only be the address of your tenant, with nothing after /v1.');
	}
	return url.origin;
}

/**
 * Does not use `URL.canParse`: Node 20 misreads letters such as ü once it has optimized the call.
 *
 * @param base the URL that a relative address is resolved against
 * @returns undefined when the address is not a valid URL
 */
export function parseUrl(address: string, base?: string): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}

/** A URL parser would turn such a character into another host, or into a part of its name. */
function describeUnclear(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
	const shown = VISIBLE.test(character)
		? `"${character}" (${name}), which can be mistaken for another character`
		: `an invisible character (${name})`;
	return `must not contain ${shown}. Type the address instead of pasting it. If the host name has such letters, enter the form that starts with xn--.`;
}

function parse(text: string): URL | undefined {
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
	const host = text.startsWith('[') ? text.replace(/\].*$/, ']') : text.replace(/[:/].*$/, '');
	const scheme = LOOPBACK_HOST.test(host) ? 'http' : 'https';
	const address = hasScheme ? text : `${scheme}://${text}`;
	const url = parseUrl(address);
	// Text without a scheme and without a dot is a mistyped tenant name, not a host.
	const isHost = hasScheme || url?.hostname.includes('.') || LOOPBACK_HOST.test(host);
	return isHost ? url : undefined;
}
