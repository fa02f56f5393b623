import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { ControlError } from './control.cts';
import type { EventPort, Studio, StudioEvent, World } from './state.cts';
import { completeEvent } from './webhookDefaults.cts';

/** Who is told of a studio's events. */
export interface WebhookReceiver {
	/** An http URL on this machine. */
	url: string;
	/** The first studio when left out. */
	studio?: string;
	/** The types that are sent; all when left out. */
	events?: readonly string[];
}

/** How long the sender waits and how often it tries again. */
export interface WebhookSettings {
	/** After how long an answer is too late; 5 s when left out. */
	timeoutMs?: number;
	/** How long after a failure it tries again; 10 min when left out. */
	repeatAfterMs?: number;
	/** How often it tries again; 3 times when left out. */
	repeats?: number;
}

/** An event to be sent on command. Everything but the type has a default. */
export interface EventCommand {
	type: string;
	/** The first studio when left out. */
	studio?: string;
	/** A record that the API has when left out. Needed for types that the catalogue lacks. */
	entityId?: number;
	/** The ids that the type has in its content when left out. */
	content?: unknown;
	/** The same for all of `count` when given; a new one for each when left out. */
	uuid?: string;
	/** When it happened, in ms; now when left out. */
	timestamp?: number;
	/** How many events to send; 1 when left out. */
	count?: number;
	/** How many are under way at once; 20 when left out. */
	concurrency?: number;
	/** The whole body instead of the envelope: a text as it is, anything else as JSON. */
	payload?: unknown;
	/** The key instead of the studio's own; none when null. */
	apiKey?: string | null;
}

/** One attempt to deliver an event. */
export interface Delivery {
	uuid: string;
	type: string;
	studio: string;
	url: string;
	/** From 1; repeats have the same uuid. */
	attempt: number;
	/** In ms. */
	startedAt: number;
	durationMs: number;
	/** What the receiver answered; absent when it did not answer in time. */
	status?: number;
	/** Why there is no answer. */
	error?: string;
	/** The beginning of the answer. */
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

/** What the vendor documents. */
export const defaultWebhookSettings: Readonly<Required<WebhookSettings>> = {
	timeoutMs: 5000,
	repeatAfterMs: 600_000,
	repeats: 3,
};

const LIMIT = 100_000;
/** The oldest go in larger lots, so that a full list does not cost a shift per delivery. */
const LOT = 10_000;
const BODY_START = 200;
const CONCURRENCY = 20;

/** @throws when the URL leaves this machine */
function checkUrl(text: string): void {
	if (!URL.canParse(text)) throw new ControlError(`${text} is no URL`);
	const { protocol, hostname } = new URL(text);
	const isHere =
		hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
	if (protocol !== 'http:' || !isHere) {
		throw new ControlError(`Webhooks are only sent to http URLs on this machine, not to ${text}`);
	}
}

function checkTypes(events: readonly string[] = []): void {
	for (const type of events) {
		if (eventTypeOf(type) === undefined) throw new ControlError(`There is no event type ${type}`);
	}
}

/** Sends one request, which is over, one way or another, after `timeoutMs`. */
function post({ url, key, body }: Message, timeoutMs: number, ended: AbortSignal): Promise<Answer> {
	return new Promise((resolved) => {
		const late = AbortSignal.timeout(timeoutMs);
		const signal = AbortSignal.any([late, ended]);
		const fail = (error: Error) => {
			const message = late.aborted ? `No answer within ${timeoutMs} ms` : error.message;
			resolved({ error: message });
		};
		const outgoing = request(
			url,
			{
				method: 'POST',
				signal,
				// A connection kept open may be closed by the receiver just when it is used again.
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
				incoming.once('end', () => resolved({ status: incoming.statusCode, body: start }));
			},
		);
		outgoing.once('error', fail);
		outgoing.end(body);
	});
}

function isSuccess({ status = 0 }: Answer): boolean {
	return status >= 200 && status < 300;
}

/** Tells receivers what happens in the studios, as PerfectGym Next does. */
export class WebhookSender implements EventPort {
	/** The latest attempts, in the order in which they ended. */
	readonly deliveries: Delivery[] = [];
	private receivers: Array<{ url: string; studio: string; events?: ReadonlySet<string> }> = [];
	private settings: Required<WebhookSettings>;
	private readonly waiting = new Set<NodeJS.Timeout>();
	private ending = new AbortController();

	/**
	 * @param readWorld the studios whose events are sent
	 * @param initial settings that differ from the vendor's
	 */
	constructor(
		private readonly readWorld: () => World,
		private readonly now: () => number,
		private readonly initial: WebhookSettings = {},
	) {
		this.settings = { ...defaultWebhookSettings, ...initial };
	}

	/** How many receivers there are. */
	get size(): number {
		return this.receivers.length;
	}

	/**
	 * Adds a receiver; the same URL of the same studio replaces the one before.
	 * @throws when the URL leaves this machine, or when there is no such studio, key or type
	 */
	register({ url, studio: name, events }: WebhookReceiver): void {
		checkUrl(url);
		checkTypes(events);
		const { spec } = this.studio(name);
		if (spec.webhookApiKey === undefined) {
			throw new ControlError(`The studio ${spec.name} has no webhookApiKey`);
		}
		this.receivers = this.receivers.filter(
			(other) => other.url !== url || other.studio !== spec.name,
		);
		this.receivers.push({ url, studio: spec.name, ...(events && { events: new Set(events) }) });
	}

	/** Forgets all receivers; what is under way to them goes on. */
	clearReceivers(): void {
		this.receivers = [];
	}

	/** Changes what is given; repeats that are waiting already keep their time. */
	setSettings(settings: WebhookSettings): Required<WebhookSettings> {
		this.settings = { ...this.settings, ...settings };
		return this.settings;
	}

	/** Forgets the attempts so far. */
	clearDeliveries(): void {
		this.deliveries.length = 0;
	}

	/** Sends an event after the caller's turn. */
	emit(studio: Studio, event: StudioEvent): void {
		const messages = this.messages(studio, event, { type: event.type });
		if (messages.length === 0) return;
		const { signal } = this.ending;
		setImmediate(() => {
			for (const message of messages) void this.deliver(message, 1, signal);
		});
	}

	/**
	 * Sends events on command to the studio's receivers that take their type.
	 * @returns what each receiver answered at first; repeats follow as for any event
	 * @throws when the studio has no receiver, or when it cannot be known what the event is about
	 */
	async send(command: EventCommand): Promise<Delivery[]> {
		const studio = this.studio(command.studio);
		if (!this.receivers.some((receiver) => receiver.studio === studio.spec.name)) {
			throw new ControlError(`The studio ${studio.spec.name} has no receiver`);
		}
		const messages = Array.from({ length: command.count ?? 1 }, () =>
			this.messages(studio, this.complete(studio, command), command),
		).flat();
		const { signal } = this.ending;
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

	/** Ends what is under way or waiting and forgets receivers and attempts. */
	reset(): void {
		this.ending.abort();
		this.ending = new AbortController();
		for (const timer of this.waiting) clearTimeout(timer);
		this.waiting.clear();
		this.clearReceivers();
		this.clearDeliveries();
		this.settings = { ...defaultWebhookSettings, ...this.initial };
	}

	private studio(name: string | undefined): Studio {
		const { studios } = this.readWorld();
		const found = name === undefined ? studios[0] : studios.find(({ spec }) => spec.name === name);
		if (found === undefined) throw new ControlError(`There is no studio ${name ?? ''}`);
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

	/** One for each receiver of the event. */
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

	private async deliver(message: Message, attempt: number, ended: AbortSignal): Promise<Delivery> {
		const { uuid, type, studio, url } = message;
		const startedAt = this.now();
		const begin = performance.now();
		const answer = await post(message, this.settings.timeoutMs, ended);
		const durationMs = Math.round((performance.now() - begin) * 100) / 100;
		const delivery = { uuid, type, studio, url, attempt, startedAt, durationMs, ...answer };
		if (ended.aborted) return delivery;
		if (this.deliveries.length >= LIMIT) this.deliveries.splice(0, LOT);
		this.deliveries.push(delivery);
		if (!isSuccess(answer) && attempt <= this.settings.repeats) {
			const timer = setTimeout(() => {
				this.waiting.delete(timer);
				void this.deliver(message, attempt + 1, ended);
			}, this.settings.repeatAfterMs);
			// A repeat in ten minutes is no reason to keep the process alive.
			timer.unref();
			this.waiting.add(timer);
		}
		return delivery;
	}
}
