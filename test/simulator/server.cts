import type { FastifyInstance } from 'fastify';
import { type Backend, createApi } from './api.cts';
import { ControlError, type Controls, createControl } from './control.cts';
import { type Fault, FaultList } from './faults.cts';
import { defaultLimits, type Limits, RateLimit } from './rateLimit.cts';
import { LINK_LIFETIME_MS, Links } from './links.cts';
import { type LoggedFileRequest, type LoggedRequest, RequestLog } from './requestLog.cts';
import { type StudioSpec, World } from './state.cts';
import {
	type Delivery,
	type EventCommand,
	type WebhookReceiver,
	WebhookSender,
	type WebhookSettings,
} from './webhooks.cts';

/** How a simulator is started; everything can be left out. */
export interface SimulatorOptions {
	/** Port of the API; 0 takes any free one. */
	port?: number;
	/** Port of the control endpoint, always on the loopback interface; 0 takes any free one. */
	controlPort?: number;
	/** Interface of the API; `127.0.0.1` when left out. */
	host?: string;
	/** The studios; one "Demo Studio" when left out. */
	studios?: StudioSpec[];
	/** Customers of a studio that does not say how many; 250 when left out. */
	customers?: number;
	/** The vendor's 1000 a minute when left out. */
	rateLimit?: Limits;
	/** How webhooks are sent; as the vendor documents it when left out. */
	webhooks?: WebhookSettings;
	/** Whether to log requests to standard output. */
	log?: boolean;
	/** The current time in ms; the clock's when left out. */
	now?: () => number;
}

/** A running simulator. */
export interface Simulator {
	/** Origin of the API without `/v1`, e.g. `http://127.0.0.1:4010`. */
	baseUrl: string;
	/** Origin of the control endpoint. */
	controlUrl: string;
	/** The key of the first studio. */
	apiKey: string;
	/** The latest requests, oldest first. */
	readonly requests: readonly LoggedRequest[];
	/** The latest requests for linked files, oldest first. */
	readonly fileRequests: readonly LoggedFileRequest[];
	/** How many requests were under way at once, at most. */
	readonly peakConcurrency: number;
	/** The latest attempts to deliver webhooks, in the order in which they ended. */
	readonly deliveries: readonly Delivery[];
	/** Has a studio's events sent to a URL on this machine. @throws when it is elsewhere */
	registerWebhook(receiver: WebhookReceiver): void;
	clearWebhooks(): void;
	/** Sends events on command; gives what each receiver answered at first. */
	sendEvent(command: EventCommand): Promise<Delivery[]>;
	setWebhookSettings(settings: WebhookSettings): void;
	clearDeliveries(): void;
	injectFault(fault: Fault): void;
	clearFaults(): void;
	clearRequests(): void;
	/** Makes up so many customers anew in one studio, or in all. */
	seed(customers: number, studio?: string): void;
	/** Replaces the studios. @throws when names or keys occur twice */
	setStudios(studios: StudioSpec[]): void;
	setLimits(limits: Limits): void;
	/** How long links to files are valid, in ms, from now on; those given out before expire. */
	setLinkLifetime(ms: number): void;
	/** Back to how it was started; forgets faults, requests and webhooks as well. */
	reset(): void;
	close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const DEFAULT_CUSTOMERS = 250;

/** The studio of a simulator that is told nothing else. */
export const demoStudio: StudioSpec = {
	name: 'Demo Studio',
	apiKey: 'demo-api-key',
	webhookApiKey: 'demo-webhook-key',
};

function refuseDoubles(studios: readonly StudioSpec[]): void {
	for (const name of ['name', 'apiKey'] as const) {
		const values = studios.map((studio) => studio[name]);
		if (new Set(values).size < values.length) {
			throw new ControlError(`Two studios have the same ${name}`);
		}
	}
}

function portOf(app: FastifyInstance): number {
	const address = app.server.address();
	if (address === null || typeof address === 'string') throw new Error('No port is listened to');
	return address.port;
}

function controlsOf(
	backend: Backend,
	webhooks: WebhookSender,
	options: SimulatorOptions,
): Controls {
	const { customers = DEFAULT_CUSTOMERS, studios: initial = [demoStudio] } = options;
	const { world, rateLimit, faults, log, links } = backend;
	let current: StudioSpec[] = [];
	const setStudios = (studios: StudioSpec[]) => {
		refuseDoubles(studios);
		current = studios.map((studio) => ({ ...studio, customers: studio.customers ?? customers }));
		world.setUp(current);
	};
	const setLimits = (limits: Limits) => rateLimit.set(limits);
	const setLinkLifetime = (ms: number) => links.setLifetime(ms);
	return {
		setStudios,
		setLimits,
		setLinkLifetime,
		seed(count, name) {
			if (name !== undefined && !current.some((studio) => studio.name === name)) {
				throw new ControlError(`There is no studio ${name}`);
			}
			setStudios(
				current.map((studio) =>
					name === undefined || studio.name === name ? { ...studio, customers: count } : studio,
				),
			);
		},
		reset() {
			faults.clear();
			log.clear();
			webhooks.reset();
			setLimits(options.rateLimit ?? defaultLimits);
			setLinkLifetime(LINK_LIFETIME_MS);
			setStudios(initial);
		},
	};
}

/**
 * Starts a PerfectGym Next to develop against, with made-up data.
 * @throws when a port is taken or two studios share a name or key
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { host = LOOPBACK, now = Date.now } = options;
	const faults = new FaultList();
	const log = new RequestLog();
	const rateLimit = new RateLimit(options.rateLimit ?? defaultLimits);
	// The URLs of files need the port, which is known only when the server listens.
	let origin = '';
	const webhooks: WebhookSender = new WebhookSender(() => world, now, options.webhooks);
	const world = new World(() => `${origin}/files`, now, webhooks);
	const links = new Links(() => world, now);
	const backend: Backend = { world, faults, log, rateLimit, links, now };
	const controls = controlsOf(backend, webhooks, options);
	const api = createApi(backend, options.log === true);
	const control = createControl(backend, controls, webhooks);
	await api.listen({ port: options.port ?? 0, host });
	origin = `http://${host === '0.0.0.0' ? LOOPBACK : host}:${portOf(api)}`;
	try {
		controls.reset();
		await control.listen({ port: options.controlPort ?? 0, host: LOOPBACK });
	} catch (error) {
		await api.close();
		throw error;
	}
	return {
		...controls,
		baseUrl: origin,
		controlUrl: `http://${LOOPBACK}:${portOf(control)}`,
		apiKey: (options.studios ?? [demoStudio])[0].apiKey,
		get requests() {
			return log.entries;
		},
		get fileRequests() {
			return log.files;
		},
		get peakConcurrency() {
			return log.peakConcurrency;
		},
		get deliveries() {
			return webhooks.deliveries;
		},
		registerWebhook: (receiver) => webhooks.register(receiver),
		clearWebhooks: () => webhooks.clearReceivers(),
		sendEvent: (command) => webhooks.send(command),
		setWebhookSettings: (settings) => void webhooks.setSettings(settings),
		clearDeliveries: () => webhooks.clearDeliveries(),
		injectFault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		clearRequests: () => log.clear(),
		async close() {
			await Promise.all([api.close(), control.close()]);
			// Last: a request that was being answered may have told of another event.
			webhooks.reset();
		},
	};
}
