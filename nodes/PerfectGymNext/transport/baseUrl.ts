/** Turns what a person enters as a studio's base URL into the origin that requests go to. */

const PRODUCTION_SUFFIX = '.open-api.perfectgym.com';
const TENANT_NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const HOST = /^[a-z0-9.-]+$|^\[[0-9a-f:.]+\]$/i;
const PATH = /^(?:\/v1)?\/?$/;
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** What is wrong with a base URL, in words that name the credential's field. */
export class BaseUrlError extends Error {
	constructor(problem: string) {
		super(`Base URL ${problem}`);
		this.name = 'BaseUrlError';
	}
}

/**
 * Accepts a tenant name (`acme`), a host or a URL, with or without `/` or `/v1` at the end.
 *
 * @returns the origin without a slash at the end, such as `https://acme.open-api.perfectgym.com`;
 *   every path of the API begins with `/v1`
 * @throws {BaseUrlError} when it is no such address, or is not HTTPS: PerfectGym Next answers over
 *   HTTPS only, and the key must not travel in the clear. Loopback may use HTTP, for tests.
 */
export function normalizeBaseUrl(input: unknown): string {
	const baseUrl = readBaseUrl(input);
	if (baseUrl instanceof BaseUrlError) throw baseUrl;
	return baseUrl;
}

/** As {@link normalizeBaseUrl}, but gives back what is wrong. */
export function readBaseUrl(input: unknown): string | BaseUrlError {
	const text = typeof input === 'string' ? input.trim() : '';
	if (text === '') {
		return new BaseUrlError('is missing. Enter the one from your activation e-mail.');
	}
	const name = text.replace(/\/(?:v1\/?)?$/, '');
	if (TENANT_NAME.test(name) && !LOOPBACK_HOST.test(name)) {
		return `https://${name.toLowerCase()}${PRODUCTION_SUFFIX}`;
	}

	const url = parse(text);
	// "my gym" or "my_gym" would else be looked up as a host that cannot exist.
	if (!url || !HOST.test(url.hostname)) {
		return new BaseUrlError(
			'is no web address. Enter your tenant name, or an address such as https://acme.open-api.perfectgym.com.',
		);
	}
	const isLoopback = LOOPBACK_HOST.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
		return new BaseUrlError('must begin with https://, so that the key travels encrypted.');
	}
	if (url.username !== '' || url.password !== '') {
		return new BaseUrlError('must not contain a user name or password.');
	}
	if (url.search !== '' || url.hash !== '' || !PATH.test(url.pathname)) {
		return new BaseUrlError('must be the address of your tenant only, with nothing after /v1.');
	}
	return url.origin;
}

/**
 * `URL.canParse` is no way to find out: once Node 20 has optimised it, it takes letters such as ü for
 * broken ones.
 *
 * @returns undefined for what is no URL
 */
export function parseUrl(address: string, base?: string): URL | undefined {
	try {
		return new URL(address, base);
	} catch {
		return undefined;
	}
}

function parse(text: string): URL | undefined {
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
	const host = text.startsWith('[') ? text.replace(/\].*$/, ']') : text.replace(/[:/].*$/, '');
	const scheme = LOOPBACK_HOST.test(host) ? 'http' : 'https';
	const address = hasScheme ? text : `${scheme}://${text}`;
	const url = parseUrl(address);
	// What has neither scheme nor dot is a mistyped name rather than a host.
	const isHost = hasScheme || url?.hostname.includes('.') || LOOPBACK_HOST.test(host);
	return isHost ? url : undefined;
}
