/** What must hold whatever a user, the API, a sender of webhooks or an attacker gives the node. */

import { inspect } from 'node:util';

import type { INodeExecutionData } from 'n8n-workflow';
import { ExpressionError, NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';

import { BaseUrlError } from '../../nodes/PerfectGymNext/transport/baseUrl';
import {
	ApiError,
	ConnectionError,
	ExpressionFailure,
	RequestError,
} from '../../nodes/PerfectGymNext/transport/errors';
import { loadOptionsContext } from '../engine/harness.cts';
import { type Host, type SeenRequest, serve } from './network.cts';

/** How long a value of up to a megabyte may hold the process up, in ms of processor time. */
const MAX_BLOCKED_MS = 50;
/** Other work of the process, such as garbage collection, can slow an attempt down. */
const ATTEMPTS = 6;
const MEGABYTE = 1_000_000;
/** Beyond our own limits, with room for the names in a message. */
const MAX_MESSAGE_LENGTH = 3000;
const MAX_DESCRIPTION_LENGTH = 10_000;
const KEY = 'zebra-key-that-must-not-show';
const KEY_PARTS = ['zebra-key', 'key-that-must', 'must-not-show'];
/** Few, because each key has a rate limiter for each endpoint. */
const KEYS = 5;

/** Messages of V8, in errors that are not ours. */
const ENGINE_MESSAGES = [
	...[' is not a function', ' is not iterable', ' is not defined', ' is not a constructor'],
	...['Cannot read propert', 'Cannot set propert', 'Cannot convert', 'Cannot mix BigInt'],
	...['Cannot destructure', 'Cannot use ', 'Maximum call stack', 'Invalid array length'],
	...['Invalid string length', 'Invalid time value', 'URI malformed', 'Unexpected token'],
	...['Unexpected end of', 'Converting circular', 'Reduce of empty', 'toISOString', 'BigInt'],
	...['Invalid code point', 'Invalid URL', 'ERR_INVALID', 'Invalid time zone', 'incompatible rec'],
];

let keyCount = 0;

/** What happened while the node did something. */
export interface Observation {
	/** The key that the run had. It is easy to find, and not the one of the run before. */
	apiKey: string;
	output?: unknown;
	error?: unknown;
	requests: readonly SeenRequest[];
	/** The longest time without a pause, in ms of processor time. */
	blockedMs: number;
}

/** What may happen. */
export interface Rules {
	/** Where requests may go; all of them, if the node answered from a file, to other hosts too. */
	origin: string;
	/** The methods and paths, with places such as `/v1/customers/{customerId}`. */
	endpoints: ReadonlyArray<{ method: string; template: string }>;
	/** Whether the operation writes, so that no second request may follow the first. */
	isWrite?: boolean;
	/** Whether linked files may be fetched, from any host and without the key. */
	fetchesFiles?: boolean;
	/** How much came in, in characters. */
	inputLength?: number;
	/** Other keys that must not be in outputs, errors and logs. */
	otherKeys?: readonly string[];
}

interface NoteOfSetup {
	convertedErrors: unknown[];
}
const { convertedErrors } = globalThis as unknown as NoteOfSetup;

const logged: string[] = [];

/** Call it once in a test file. Everything that is logged is searched for keys. */
export function watchLog(): void {
	beforeAll(() => {
		const { logger } = loadOptionsContext({});
		const note = (...entry: unknown[]) => void logged.push(inspect(entry, { depth: 8 }));
		for (const level of ['error', 'warn', 'info', 'debug'] as const) {
			jest.spyOn(logger, level).mockImplementation(note);
			jest.spyOn(console, level).mockImplementation(note);
		}
		jest.spyOn(console, 'log').mockImplementation(note);
	});
}

/**
 * Does something, and does it again where it held the process up, because only the shortest of several
 * attempts tells how long it takes.
 *
 * @param prepare gets a key for each attempt, and returns what is to be done, which alone is measured
 * @param start is called before each attempt, and returns what answers its requests
 */
export async function observe(
	prepare: (apiKey: string) => () => Promise<unknown>,
	start: () => Host = () => () => ({}),
): Promise<Observation> {
	let observation = await attempt(prepare, start());
	for (let count = 1; count < ATTEMPTS && observation.blockedMs > MAX_BLOCKED_MS; count++) {
		const next = await attempt(prepare, start());
		if (next.blockedMs < observation.blockedMs) observation = next;
	}
	return observation;
}

async function attempt(
	prepare: (apiKey: string) => () => Promise<unknown>,
	host: Host,
): Promise<Observation> {
	const apiKey = `${KEY}-${keyCount++ % KEYS}`;
	const requests = serve(host, apiKey);
	const action = prepare(apiKey);
	const clock = new BlockClock();
	try {
		return { apiKey, output: await clock.time(action), requests, blockedMs: clock.longestMs };
	} catch (error) {
		return { apiKey, error, requests, blockedMs: clock.longestMs };
	}
}

/** Measures the processor time between the turns of the event loop, so a busy machine does not count. */
class BlockClock {
	longestMs = 0;

	private last = process.cpuUsage();

	private isOver = false;

	async time<T>(action: () => Promise<T>): Promise<T> {
		// What came before does not count.
		await new Promise((resolve) => setImmediate(resolve));
		this.last = process.cpuUsage();
		const turn = () => {
			this.note();
			if (!this.isOver) setImmediate(turn);
		};
		setImmediate(turn);
		try {
			return await action();
		} finally {
			this.isOver = true;
			this.note();
		}
	}

	private note(): void {
		const { user, system } = process.cpuUsage(this.last);
		this.last = process.cpuUsage();
		this.longestMs = Math.max(this.longestMs, (user + system) / 1000);
	}
}

/** @throws {Error} that lists what does not hold */
export function expectInvariants(observation: Observation, rules: Rules): void {
	const broken = [
		...slow(observation, rules),
		...strayRequests(observation, rules),
		...repeatedWrites(observation, rules),
		...shownKeys(observation, rules),
		...rawErrors(observation),
	];
	convertedErrors.length = 0;
	logged.length = 0;
	if (broken.length > 0) throw new Error(broken.join('\n'));
}

function slow({ blockedMs }: Observation, { inputLength = 0 }: Rules): string[] {
	const isSlow = blockedMs > MAX_BLOCKED_MS * Math.max(1, inputLength / MEGABYTE);
	return isSlow ? [`The process was held up for ${blockedMs} ms`] : [];
}

/** A place is one segment, however it is filled. */
function strayRequests({ requests }: Observation, rules: Rules): string[] {
	const allowed = rules.endpoints.map(({ method, template }) => ({
		method,
		path: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/?#]+')}$`),
	}));
	return requests.flatMap((request) => {
		const { method, origin, path, query, headers, body } = request;
		const carriesKey = [path, query, body].some(showsKey);
		if (carriesKey) return [`The key is in the request ${method} ${path}`];
		const isOurs = origin === rules.origin;
		if (isOurs && allowed.some((one) => one.method === method && one.path.test(path))) return [];
		const isFile = rules.fetchesFiles && method === 'GET' && !('x-api-key' in headers);
		return isFile ? [] : [`A request went astray: ${method} ${origin}${path}${query}`];
	});
}

function repeatedWrites({ requests }: Observation, { isWrite }: Rules): string[] {
	// Requests for linked files follow, without a key.
	const count = requests.filter(({ headers }) => 'x-api-key' in headers).length;
	return isWrite && count > 1 ? [`A write was sent ${count} times`] : [];
}

function shownKeys({ output, error }: Observation, { otherKeys = [] }: Rules): string[] {
	const places = { output: everythingIn(output), error: everythingIn(error), log: logged.join() };
	return Object.entries(places)
		.filter(([, text]) => showsKey(text) || otherKeys.some((key) => text.includes(key)))
		.map(([place]) => `A key is in the ${place}`);
}

/** With messages, stacks, causes and what cannot be seen otherwise. */
function everythingIn(value: unknown): string {
	const options = {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: null,
		maxStringLength: null,
	};
	return inspect(value, options);
}

/** A shorter part of a key says nothing. */
function showsKey(text: string): boolean {
	return KEY_PARTS.some((part) => text.includes(part));
}

/** An error is one of n8n's, made from one of ours, with a message for users. */
function rawErrors({ output, error }: Observation): string[] {
	const foreign = convertedErrors
		.filter((one) => !isOurs(one))
		.map((one) => `An error is not ours: ${inspect(one)}`);
	if (error === undefined) return [...foreign, ...messagesIn(output).flatMap(wrongMessage)];
	if (!isOfNode(error)) return [...foreign, `The node threw ${inspect(error)}`];
	const { message, description } = error;
	const isLong = (description?.length ?? 0) > MAX_DESCRIPTION_LENGTH;
	return [...foreign, ...wrongMessage(message), ...(isLong ? ['The description is too long'] : [])];
}

function isOurs(error: unknown): boolean {
	// n8n's own errors about an expression are for users.
	const isOfEngine = error instanceof UserError || error instanceof ExpressionError;
	return (
		isOfNode(error) ||
		isOfEngine ||
		error instanceof RequestError ||
		error instanceof ApiError ||
		error instanceof ConnectionError ||
		error instanceof BaseUrlError ||
		(error instanceof ExpressionFailure && isOurs(error.reason))
	);
}

function isOfNode(error: unknown): error is NodeApiError | NodeOperationError {
	return error instanceof NodeApiError || error instanceof NodeOperationError;
}

/** With On Error > Continue, a message is in the item. */
function messagesIn(output: unknown): string[] {
	if (!Array.isArray(output)) return [];
	return (output as INodeExecutionData[]).flatMap(({ json }) =>
		[json?.error, json?.downloadError].filter((message) => typeof message === 'string'),
	);
}

function wrongMessage(message: string): string[] {
	if (message.trim() === '') return ['An error has no message'];
	if (message.length > MAX_MESSAGE_LENGTH) {
		return [`A message has ${message.length} characters`];
	}
	const raw = ENGINE_MESSAGES.find((text) => message.includes(text));
	return raw === undefined ? [] : [`A message is that of an error of JavaScript: ${message}`];
}
