import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { ControlError } from './control.cts';
import type { EventPort, Studio, StudioEvent, World } from './state.cts';
import { completeEvent } from './webhookDefaults.cts';

/** A receiver of a studio's events. */
export interface WebhookReceiver {
	/** An http URL on this machine. */
	url: string;
	/** The studio's name. Default: the first studio. */
	studio?: string;
	/** The event types to send. Default: all. */
	events?: readonly string[];
}

/** Timeout and retries of webhooks. */
export interface WebhookSettings {
	/** How long to wait for a response, in ms. Default: 5000. */
	timeoutMs?: number;
	/** How long to wait after a failure before the next attempt, in ms. Default: 600000. */
	retryAfterMs?: number;
	/** The number of retries. Default: 3. */
	retries?: number;
}

/** A command to send an event. */
export interface EventCommand {
	type: string;
	/** The studio's name. Default: the first studio. */
	studio?: string;
	/** Default: a record that the API has. Required for types that are not in the catalog. */
	entityId?: number;
	/** Default: the ids that the catalog lists for the type. */
	content?: unknown;
	/** Used for all `count` events. Default: a new one for each event. */
	uuid?: string;
	/** The time of the event, in ms. Default: now. */
	timestamp?: number;
	/** The number of events to send. Default: 1. */
	count?: number;
	/** The maximum number of deliveries in flight at once. Default: 20. */
	concurrency?: number;
	/** The whole body instead of the envelope; strings as they are, other values as JSON. */
	payload?: unknown;
	/** The webhook key; null sends none. Default: the studio's key. */
	apiKey?: string | null;
}

/** One attempt to deliver an event. */
export interface Delivery {
	uuid: string;
	type: string;
	studio: string;
	url: string;
	/** The number of the attempt, from 1; retries have the same UUID. */
	attempt: number;
	/** Start of the attempt, in ms. */
	startedAt: number;
	durationMs: number;
	/** The status of the response; absent when there was none in time. */
	status?: number;
	/** Why there is no response. */
	error?: string;
	/** The beginning of the response body. */
	body?: string;
}

interface Message {
	uuid: string;
	type: string;
	studio: string;
	url: string;
	key: string | null | undefined;
	body: string;
}

type Answer = Pick<Delivery, 'status' | 'error' | 'body'>;

/** The timeout and retries that the vendor documents. */
export const defaultWebhookSettings: Readonly<Required<WebhookSettings>> = {
	timeoutMs: 5000,
	retryAfterMs: 600_000,
	retries: 3,
};

const LIMIT = 100_000;
/** How many old entries are dropped at once, to avoid shifting the array on every delivery. */
const TRIM_COUNT = 10_000;
const BODY_START = 200;
const CONCURRENCY = 20;

/** @throws when the URL does not point to this machine */
function checkUrl(text: string): void {
	if (!URL.canParse(text)) throw new ControlError(`${text} is not a URL`);
	const { protocol, hostname } = new URL(text);
	const isHere =
		hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
	if (protocol !== 'http:' || !isHere) {
		throw new ControlError(`Webhooks are only sent to http URLs on this machine, not to ${text}`);
	}
}

function checkTypes(events: readonly string[] = []): void {
	for (const type of events) {
		if (eventTypeOf(type) === undefined)
			throw new ControlError(`The API has no event type ${type}`);
	}
}

/** Sends one request; resolves to the response, or to an error after `timeoutMs` at most. */
function post(
	{ url, key, body }: Message,
	timeoutMs: number,
	abortSignal: AbortSignal,
): Promise<Answer> {
	return new Promise((resolve) => {
		const timeout = AbortSignal.timeout(timeoutMs);
		const signal = AbortSignal.any([timeout, abortSignal]);
		const fail = (error: Error) => {
			const message = timeout.aborted ? `No answer within ${timeoutMs} ms` : error.message;
			resolve({ error: message });
		};
		const outgoing = request(
			url,
			{
				method: 'POST',
				signal,
				// A receiver can close a kept-alive connection just when it is used again.
				agent: false,
				headers: {
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					...(typeof key === 'string' ? { 'x-api-key': key } : {}),
				},
			},
			(incoming) => {
				let start = '';
				incoming.setEncoding('utf8');
				incoming.on('data', (chunk: string) => {
					if (start.length < BODY_START) start += chunk.slice(0, BODY_START - start.length);
				});
				incoming.once('error', fail);
				incoming.once('end', () => resolve({ status: incoming.statusCode, body: start }));
			},
		);
		outgoing.once('error', fail);
		outgoing.end(body);
	});
}

function isSuccess({ status = 0 }: Answer): boolean {
	return status >= 200 && status < 300;
}

/** Sends the events of the studios to their receivers, as PerfectGym Next does. */
export class WebhookSender implements EventPort {
	/** The latest attempts, in the order in which they ended. */
	readonly deliveries: Delivery[] = [];
	private receivers: Array<{ url: string; studio: string; events?: ReadonlySet<string> }> = [];
	private settings: Required<WebhookSettings>;
	private readonly retryTimers = new Set<NodeJS.Timeout>();
	private abortController = new AbortController();

	/**
	 * @param readWorld returns the studios
	 * @param now returns the current time, in ms
	 * @param initial settings that differ from the vendor's
	 */
	constructor(
		private readonly readWorld: () => World,
		private readonly now: () => number,
		private readonly initial: WebhookSettings = {},
	) {
		this.settings = { ...defaultWebhookSettings, ...initial };
	}

	/** The number of receivers. */
	get size(): number {
		return this.receivers.length;
	}

	/**
	 * Adds a receiver; replaces one with the same URL and studio.
	 * @throws ControlError when the URL is not on this machine, the studio or a type is unknown, or
	 * the studio does not have a webhook key
	 */
	register({ url, studio: name, events }: WebhookReceiver): void {
		checkUrl(url);
		checkTypes(events);
		const { spec } = this.studio(name);
		if (spec.webhookApiKey === undefined) {
			throw new ControlError(`The studio ${spec.name} has no webhookApiKey`);
		}
		this.unregister({ url, studio: spec.name });
		this.receivers.push({ url, studio: spec.name, ...(events && { events: new Set(events) }) });
	}

	/** Removes the receiver with this URL and studio, if there is one. */
	unregister({ url, studio: name }: WebhookReceiver): void {
		const { spec } = this.studio(name);
		this.receivers = this.receivers.filter(
			(other) => other.url !== url || other.studio !== spec.name,
		);
	}

	/** Removes all receivers; deliveries in flight and retries continue. */
	clearReceivers(): void {
		this.receivers = [];
	}

	/** Changes the given settings and returns all; scheduled retries keep their time. */
	setSettings(settings: WebhookSettings): Required<WebhookSettings> {
		this.settings = { ...this.settings, ...settings };
		return this.settings;
	}

	/** Removes all recorded attempts. */
	clearDeliveries(): void {
		this.deliveries.length = 0;
	}

	/** Sends an event once the caller has finished. */
	emit(studio: Studio, event: StudioEvent): void {
		const messages = this.messages(studio, event, { type: event.type });
		if (messages.length === 0) return;
		const { signal } = this.abortController;
		setImmediate(() => {
			for (const message of messages) void this.deliver(message, 1, signal);
		});
	}

	/**
	 * Sends events to the studio's receivers of their type, with the usual retries.
	 * @returns the first attempt for each event and receiver
	 * @throws ControlError when the studio has no receiver, or the event is incomplete
	 */
	async send(command: EventCommand): Promise<Delivery[]> {
		const studio = this.studio(command.studio);
		if (!this.receivers.some((receiver) => receiver.studio === studio.spec.name)) {
			throw new ControlError(`The studio ${studio.spec.name} has no receiver`);
		}
		const messages = Array.from({ length: command.count ?? 1 }, () =>
			this.messages(studio, this.complete(studio, command), command),
		).flat();
		const { signal } = this.abortController;
		const answers: Delivery[] = [];
		let next = 0;
		const work = async () => {
			while (next < messages.length) {
				const i = next++;
				answers[i] = await this.deliver(messages[i], 1, signal);
			}
		};
		const workers = Math.min(command.concurrency ?? CONCURRENCY, messages.length);
		await Promise.all(Array.from({ length: workers }, work));
		return answers;
	}

	/** Aborts deliveries and retries, and removes receivers, attempts and changed settings. */
	reset(): void {
		this.abortController.abort();
		this.abortController = new AbortController();
		for (const timer of this.retryTimers) clearTimeout(timer);
		this.retryTimers.clear();
		this.clearReceivers();
		this.clearDeliveries();
		this.settings = { ...defaultWebhookSettings, ...this.initial };
	}

	private studio(name: string | undefined): Studio {
		const { studios } = this.readWorld();
		const found = name === undefined ? studios[0] : studios.find(({ spec }) => spec.name === name);
		if (found === undefined) throw new ControlError(`The simulator has no studio ${name ?? ''}`);
		return found;
	}

	private complete(studio: Studio, command: EventCommand): StudioEvent {
		const { type, entityId, content } = command;
		if (command.payload !== undefined) return { type, entityId: 0 };
		try {
			return completeEvent(studio, { type, entityId, content });
		} catch (error) {
			throw new ControlError(error instanceof Error ? error.message : String(error));
		}
	}

	/** One message for each receiver of the event. */
	private messages(studio: Studio, event: StudioEvent, command: EventCommand): Message[] {
		const { type, entityId, content } = event;
		const { spec } = studio;
		const { uuid = randomUUID(), timestamp = this.now(), payload, apiKey } = command;
		const entry = { timestamp, type, ...(content === undefined ? {} : { content }) };
		const sent = payload === undefined ? { entityId, uuid, payload: [entry] } : payload;
		const body = typeof sent === 'string' ? sent : JSON.stringify(sent);
		const key = apiKey === undefined ? spec.webhookApiKey : apiKey;
		return this.receivers
			.filter(({ studio: name, events }) => name === spec.name && events?.has(type) !== false)
			.map(({ url }) => ({ uuid, type, studio: spec.name, url, key, body }));
	}

	private async deliver(
		message: Message,
		attempt: number,
		abortSignal: AbortSignal,
	): Promise<Delivery> {
		const { uuid, type, studio, url } = message;
		const startedAt = this.now();
		const begin = performance.now();
		const answer = await post(message, this.settings.timeoutMs, abortSignal);
		const durationMs = Math.round((performance.now() - begin) * 100) / 100;
		const delivery = { uuid, type, studio, url, attempt, startedAt, durationMs, ...answer };
		if (abortSignal.aborted) return delivery;
		if (this.deliveries.length >= LIMIT) this.deliveries.splice(0, TRIM_COUNT);
		this.deliveries.push(delivery);
		if (!isSuccess(answer) && attempt <= this.settings.retries) {
			const timer = setTimeout(() => {
				this.retryTimers.delete(timer);
				void this.deliver(message, attempt + 1, abortSignal);
			}, this.settings.retryAfterMs);
			// A retry in ten minutes must not keep the process alive.
			timer.unref();
			this.retryTimers.add(timer);
		}
		return delivery;
	}
}
