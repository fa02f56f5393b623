import type { FastifyInstance } from 'fastify';
import { type Backend, createApi } from './api.cts';
import { applyChanges, type ChangeCommand, type ChangedIds, changesOfStep } from './changes.cts';
import { ControlError, type Controls, createControl } from './control.cts';
import { type Fault, FaultList } from './faults.cts';
import { defaultLimits, type Limits, RateLimiter } from './rateLimit.cts';
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

/** Options for starting a simulator. */
export interface SimulatorOptions {
	/** Port of the API. Default: any free port. */
	port?: number;
	/** Port of the control endpoint, always on loopback. Default: any free port. */
	controlPort?: number;
	/** Interface of the API. Default: `127.0.0.1`. */
	host?: string;
	/** The studios. Default: {@link demoStudio}. */
	studios?: StudioSpec[];
	/** The number of customers of studios that do not set it. Default: 250. */
	customers?: number;
	/** Default: the vendor's 1000 requests a minute. */
	rateLimit?: Limits;
	/** Timeout and retries of webhooks. Default: as the vendor documents. */
	webhooks?: WebhookSettings;
	/** Whether to log requests to standard output. Default: false. */
	log?: boolean;
	/** Returns the current time in ms. Default: `Date.now`. */
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
	/** The peak number of requests in flight at once. */
	readonly peakConcurrency: number;
	/** The latest attempts to deliver webhooks, in the order in which they ended. */
	readonly deliveries: readonly Delivery[];
	/** Sends a studio's events to a URL on this machine. @throws for any other URL */
	registerWebhook(receiver: WebhookReceiver): void;
	/** Stops sending a studio's events to a URL. */
	unregisterWebhook(receiver: WebhookReceiver): void;
	clearWebhooks(): void;
	/** Sends events. Resolves to the first attempt for each receiver. */
	sendEvent(command: EventCommand): Promise<Delivery[]>;
	setWebhookSettings(settings: WebhookSettings): void;
	clearDeliveries(): void;
	injectFault(fault: Fault): void;
	clearFaults(): void;
	clearRequests(): void;
	/** Replaces the customers of one studio, or of all, with this number of generated ones. */
	seed(customers: number, studio?: string): void;
	/** Replaces the studios. @throws when two have the same name or key */
	setStudios(studios: StudioSpec[]): void;
	setLimits(limits: Limits): void;
	/** Sets how long new links to files are valid, in ms; earlier links expire at once. */
	setLinkLifetime(ms: number): void;
	/** Changes records of a studio at once. @throws when the simulator does not have the studio */
	change(command: ChangeCommand): ChangedIds;
	/** Changes some records of the first studio over and over, until `everyMs` is 0. */
	keepChanging(everyMs: number): void;
	/** Restores the initial state; also clears faults, requests and webhooks. */
	reset(): void;
	close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const DEFAULT_CUSTOMERS = 250;
/** A studio has room for 999,999 customers. */
const MAX_SKIPPED = 500_000;

/** The studio of a simulator that starts without `studios`. */
export const demoStudio: StudioSpec = {
	name: 'Demo Studio',
	apiKey: 'demo-api-key',
	webhookApiKey: 'demo-webhook-key',
};

function rejectDuplicates(studios: readonly StudioSpec[]): void {
	for (const name of ['name', 'apiKey'] as const) {
		const values = studios.map((studio) => studio[name]);
		if (new Set(values).size < values.length) {
			throw new ControlError(`Two studios have the same ${name}`);
		}
	}
}

function portOf(app: FastifyInstance): number {
	const address = app.server.address();
	if (address === null || typeof address === 'string')
		throw new Error('The server is not listening on a port');
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
		rejectDuplicates(studios);
		current = studios.map((studio) => ({ ...studio, customers: studio.customers ?? customers }));
		world.setUp(current);
	};
	const setLimits = (limits: Limits) => rateLimit.set(limits);
	const setLinkLifetime = (ms: number) => links.setLifetime(ms);
	const change = ({ studio: name, ...command }: ChangeCommand) => {
		const studio = world.studios.find(({ spec }) => name === undefined || spec.name === name);
		if (studio === undefined) throw new ControlError(`The simulator has no studio ${name}`);
		return applyChanges(studio, command);
	};
	let timer: NodeJS.Timeout | undefined;
	const keepChanging = (everyMs: number) => {
		clearInterval(timer);
		if (everyMs === 0) {
			timer = undefined;
			return;
		}
		// A simulator that starts again must not create customers whom an n8n that goes on has seen.
		const first = Math.floor(world.now() / everyMs) % MAX_SKIPPED;
		for (const studio of world.studios) studio.skipNumbers(studio.customers.length + first);
		let step = 0;
		timer = setInterval(() => change(changesOfStep(step++)), everyMs);
		timer.unref();
	};
	return {
		setStudios,
		setLimits,
		setLinkLifetime,
		change,
		keepChanging,
		seed(count, name) {
			if (name !== undefined && !current.some((studio) => studio.name === name)) {
				throw new ControlError(`The simulator has no studio ${name}`);
			}
			setStudios(
				current.map((studio) =>
					name === undefined || studio.name === name ? { ...studio, customers: count } : studio,
				),
			);
		},
		reset() {
			keepChanging(0);
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
 * Starts a simulated PerfectGym Next with generated data.
 * @throws when a port is in use, or two studios have the same name or key
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { host = LOOPBACK, now = Date.now } = options;
	const faults = new FaultList();
	const log = new RequestLog();
	const rateLimit = new RateLimiter(options.rateLimit ?? defaultLimits);
	// File URLs contain the port, which is not known before the server listens.
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
		unregisterWebhook: (receiver) => webhooks.unregister(receiver),
		clearWebhooks: () => webhooks.clearReceivers(),
		sendEvent: (command) => webhooks.send(command),
		setWebhookSettings: (settings) => void webhooks.setSettings(settings),
		clearDeliveries: () => webhooks.clearDeliveries(),
		injectFault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		clearRequests: () => log.clear(),
		async close() {
			controls.keepChanging(0);
			await Promise.all([api.close(), control.close()]);
			// Last, because a request in flight can emit another event.
			webhooks.reset();
		},
	};
}
