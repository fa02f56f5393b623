/** Reads n8n's Request Options, which n8n adds to every declarative node. */

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { parseUrl } from './baseUrl';
import { UserInputError } from './errors';
import type { ItemParameters } from './parameters';
import { isEmpty } from './serialize';
import type { RequestSettings } from './types';

/** As n8n's declarative engine: without it n8n's request helper has the same limit. */
const DEFAULT_TIMEOUT_MS = 300_000;
const MAX_PROXY_LENGTH = 2000;
/** Node ends a longer timer after 1 ms. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** How n8n spreads the items over time. */
export interface Batching {
	/** Items that are sent before a pause. */
	size: number;
	/** The pause in ms. */
	intervalMs: number;
}

/** @throws {UserInputError} for a proxy that is not valid */
export function readSettings(parameters: ItemParameters): RequestSettings {
	const { proxy, timeout, allowUnauthorizedCerts } = readOptions(parameters);
	return {
		timeout: toMs(timeout) ?? DEFAULT_TIMEOUT_MS,
		...(!isEmpty(proxy) && { proxy: readProxy(proxy) }),
		...(allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
	};
}

/** @returns undefined when the items are not sent in batches */
export function readBatching(parameters: ItemParameters): Batching | undefined {
	const { batching } = readOptions(parameters);
	const { batchSize, batchInterval } = asObject(asObject(batching).batch);
	const intervalMs = toMs(batchInterval);
	return intervalMs === undefined ? undefined : { size: toPositive(batchSize) ?? 1, intervalMs };
}

function toMs(value: unknown): number | undefined {
	const ms = toPositive(value);
	return ms && Math.min(ms, MAX_TIMER_MS);
}

/** @returns undefined for anything that is not a number above 0, as in n8n's own engine */
function toPositive(value: unknown): number | undefined {
	const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0;
	return number > 0 ? number : undefined;
}

function readOptions(parameters: ItemParameters): IDataObject {
	return asObject(parameters.get('requestOptions', {}));
}

function readProxy(entered: unknown): NonNullable<IHttpRequestOptions['proxy']> {
	const text = typeof entered === 'string' ? entered : '';
	const url = text.length > MAX_PROXY_LENGTH ? undefined : parseUrl(text);
	// `URL` leaves out a port that is the default of its protocol.
	const port = url && /:(\d+)\/?$/.exec(text)?.[1];
	const missing = !url?.hostname ? 'host' : port === undefined ? 'port' : undefined;
	if (!url || missing !== undefined) {
		throw new UserInputError(
			'The proxy is not valid',
			`The proxy URL does not contain a valid value for "${missing}"`,
		);
	}
	const { username, password } = url;
	return {
		host: url.hostname,
		port: Number(port),
		protocol: url.protocol.replace(/:$/, ''),
		...(username !== '' && {
			auth: { username: decode(username), password: decode(password) },
		}),
	};
}

/** `URL` leaves a percent sign as it is where it encodes nothing. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function asObject(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null ? (value as IDataObject) : {};
}
