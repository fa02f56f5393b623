/** Why a connection failed: what each kind means for a retry and for the user. */

import { ConnectionError, cut } from './errors';

const MAX_DETAIL_LENGTH = 1000;
const CHECK_ADDRESS =
	'Check the Base URL in the credential, and that n8n can reach it through your firewall or proxy.';

/** What happened, with `…` for the host, and what the user can do, by the codes of Node, OpenSSL and axios. */
const KINDS: ReadonlyArray<readonly [codes: RegExp, message: string, advice?: string]> = [
	[/^ECONNREFUSED$/, '… refused the connection'],
	[/^ENOTFOUND$/, 'The host … cannot be found'],
	[
		/^EAI_AGAIN$/,
		'The host … cannot be found at the moment',
		'n8n cannot look up host names. Check its network connection.',
	],
	[/^E(?:HOST|NET)UNREACH$/, 'n8n cannot reach …'],
	[/^ECONNABORTED$|TIMEDOUT$/, '… did not answer in time'],
	// Node's documentation of TLS, "X509 certificate error codes".
	[
		/CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_CA$/,
		'n8n does not trust the certificate of …',
		'Check the Base URL in the credential. A firewall or proxy may have answered instead.',
	],
	[/^EPROTO$|^ERR_(?:TLS|SSL)/, 'A secure connection to … is not possible'],
	[
		/^(?:ECONNRESET|EPIPE|ERR_BAD_RESPONSE)$/,
		'… closed the connection before the answer was complete',
		'A firewall or proxy may have closed it.',
	],
];
/** The name does not exist, the time limit of the request is over, or TLS fails. */
const PERMANENT =
	/^$|^(?:ENOTFOUND|ECONNABORTED|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)$|CERT|^ERR_(?:TLS|SSL)|^UNABLE_TO_/;

const NETWORK_CODE = /^[A-Z][A-Z_]*$/;
const HTTP_STATUS = /^\d{3}$/;
/** What axios calls an answer that breaks off. */
const BROKEN_OFF = 'ERR_BAD_RESPONSE';

/** @returns whether the next attempt would fail in the same way; without a code nothing reached the network */
export function isPermanent({ code }: ConnectionError): boolean {
	return PERMANENT.test(code);
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
	const [, message, advice = CHECK_ADDRESS] = KINDS.find(([codes]) => codes.test(code)) ?? [
		undefined,
		'The connection to … failed',
	];
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
		code = codeIn(cause) ?? code;
		detail = detailIn(cause) ?? detail;
	}
	return new ConnectionError(code, detail, host);
}

type Cause = Partial<Record<'code' | 'httpCode' | 'message' | 'messages' | 'cause', unknown>>;

/**
 * n8n-workflow 1.108 to 2.33 drops the cause of its own error, and keeps the code as `httpCode`. That
 * is the status of an answer which broke off, since a complete answer is not an error.
 */
function codeIn({ code, httpCode }: Cause): string | undefined {
	if (typeof code === 'string') return code;
	if (typeof httpCode !== 'string') return undefined;
	if (HTTP_STATUS.test(httpCode)) return BROKEN_OFF;
	return NETWORK_CODE.test(httpCode) ? httpCode : undefined;
}

/** n8n's own error has a message of n8n's, and that of its cause in a list. */
function detailIn({ message, messages }: Cause): string | undefined {
	const [original]: unknown[] = Array.isArray(messages) ? messages : [];
	if (typeof original === 'string') return original;
	return typeof message === 'string' ? message : undefined;
}

/** An error and its causes, the outermost first. */
export function causesOf(error: unknown): Cause[] {
	return isObject(error) ? [error, ...causesOf(error.cause)] : [];
}

function isObject(value: unknown): value is Cause {
	return typeof value === 'object' && value !== null;
}
