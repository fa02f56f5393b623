/** Why a connection failed: what each kind means for a retry and for the user. */

import { ConnectionError, cut } from './errors';

const MAX_DETAIL_LENGTH = 1000;
const CHECK_ADDRESS =
	'Check the Base URL in the credential, and that n8n can reach it through your firewall or proxy.';

/** A kind of connection error. */
interface Kind {
	/** Matches the codes of Node, OpenSSL and axios. */
	codes: RegExp;
	/** What happened, with `…` for the host. */
	message: string;
	/** What the user can do. */
	advice: string;
	/** A second attempt does not help. */
	isPermanent?: true;
}

/** The first kind that fits counts. */
const KINDS: readonly Kind[] = [
	{
		codes: /^ECONNREFUSED$/,
		message: '… refused the connection',
		advice: CHECK_ADDRESS,
	},
	{
		codes: /^ENOTFOUND$/,
		message: 'The host … cannot be found',
		advice: CHECK_ADDRESS,
		isPermanent: true,
	},
	{
		codes: /^EAI_AGAIN$/,
		message: 'The host … cannot be found at the moment',
		advice: 'n8n cannot look up host names. Check its network connection.',
	},
	{
		codes: /^E(?:HOST|NET)UNREACH$/,
		message: 'n8n cannot reach …',
		advice: CHECK_ADDRESS,
	},
	{
		// The time limit of the request.
		codes: /^ECONNABORTED$/,
		message: '… did not answer in time',
		advice: CHECK_ADDRESS,
		isPermanent: true,
	},
	{
		codes: /^E(?:SOCKET)?TIMEDOUT$/,
		message: '… did not answer in time',
		advice: CHECK_ADDRESS,
	},
	{
		// Node's documentation of TLS, "X509 certificate error codes".
		codes: /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_CA$/,
		message: 'n8n does not trust the certificate of …',
		advice: 'Check the Base URL in the credential. A firewall or proxy may have answered instead.',
		isPermanent: true,
	},
	{
		codes: /^EPROTO$|^ERR_(?:TLS|SSL)/,
		message: 'A secure connection to … is not possible',
		advice: CHECK_ADDRESS,
		isPermanent: true,
	},
	{
		codes: /^(?:ECONNRESET|EPIPE|ERR_BAD_RESPONSE)$/,
		message: '… closed the connection before the answer was complete',
		advice: 'A firewall or proxy may have closed it.',
	},
];

function kindOf(code: string): Kind | undefined {
	return KINDS.find(({ codes }) => codes.test(code));
}

/** @returns whether the next attempt would fail in the same way */
export function isPermanent({ code }: ConnectionError): boolean {
	// Without a code the request did not reach the network.
	return code === '' || kindOf(code)?.isPermanent === true;
}

/** The codes are not part of the message, since users do not know them. */
export interface ConnectionErrorTexts {
	message: string;
	advice?: string;
	/** The code, and what Node says about it. */
	detail?: string;
}

/** @returns the texts for the user, the same wherever the connection failed */
export function describeConnectionError(error: ConnectionError): ConnectionErrorTexts {
	const { code, host } = error;
	const shown = cut(error.detail, MAX_DETAIL_LENGTH);
	if (code === '' && shown !== '') return { message: shown };
	const { message, advice } = kindOf(code) ?? { message: 'The connection to … failed' };
	const detail = code === '' || shown.includes(code) ? shown : `${code}: ${shown}`;
	return { message: message.replace('…', () => host), advice, detail };
}

/**
 * n8n wraps what axios throws. The innermost error that has a code is the one that matters.
 *
 * @param host that was asked
 */
export function connectionErrorFrom(error: unknown, host: string): ConnectionError {
	let code = '';
	let detail = '';
	for (const cause of causesOf(error)) {
		if (typeof cause.code === 'string') code = cause.code;
		if (typeof cause.message === 'string') detail = cause.message;
	}
	return new ConnectionError(code, detail, host);
}

type Cause = Partial<Record<'code' | 'message' | 'cause', unknown>>;

/** An error and its causes, the outermost first. */
export function causesOf(error: unknown): Cause[] {
	return isObject(error) ? [error, ...causesOf(error.cause)] : [];
}

function isObject(value: unknown): value is Cause {
	return typeof value === 'object' && value !== null;
}
