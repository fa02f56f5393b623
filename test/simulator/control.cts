import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { eventTypeOf, eventTypes } from '../../nodes/PerfectGymNext/trigger/events.ts';
import type { Backend } from './api.cts';
import { fastify as Fastify } from 'fastify';
import type { ChangeCommand, ChangedIds } from './changes.cts';
import { eventChoices } from './eventChoices.cts';
import { type Fault, faultKinds } from './faults.cts';
import type { Limits } from './rateLimit.cts';
import type { StudioSpec } from './state.cts';
import type { EventCommand, WebhookReceiver, WebhookSender, WebhookSettings } from './webhooks.cts';

/** A control request that cannot be done; the answer is a 400 with this message. */
export class ControlError extends Error {
	readonly statusCode = 400;
}

/** The actions of the control server beyond faults, the log and webhooks. */
export interface Controls {
	/** Replaces the customers of one studio, or of all, with this number of generated ones. */
	seed(customers: number, studio?: string): void;
	/** Restores the state that the simulator started with. */
	reset(): void;
	/** Replaces all studios. */
	setStudios(studios: StudioSpec[]): void;
	setLimits(limits: Limits): void;
	/** Sets how long new links to files are valid, in ms; earlier links expire at once. */
	setLinkLifetime(ms: number): void;
	/** Changes records of a studio at once. */
	change(command: ChangeCommand): ChangedIds;
	/** Changes some records of the first studio over and over, until `everyMs` is 0. */
	keepChanging(everyMs: number): void;
}

const count = { type: 'integer', minimum: 0 };
const text = { type: 'string', minLength: 1 };

function objectSchema(properties: Record<string, object>, required: string[]): object {
	return { type: 'object', properties, required, additionalProperties: false };
}

const faultSchema = objectSchema(
	{
		kind: { type: 'string', enum: faultKinds },
		operationId: text,
		method: text,
		path: text,
		after: count,
		times: { type: 'integer', minimum: 1 },
		retryAfter: { type: ['integer', 'string'] },
		delayMs: count,
		status: { type: 'integer', minimum: 100, maximum: 599 },
		location: text,
	},
	['kind'],
);

/** The JSON schemas of the request bodies. */
const bodies = {
	seed: objectSchema({ customers: { ...count, maximum: 999_999 }, studio: text }, ['customers']),
	faults: { type: 'array', items: faultSchema },
	limits: objectSchema({ requests: count, windowMs: { type: 'integer', minimum: 1 } }, [
		'requests',
		'windowMs',
	]),
	links: objectSchema({ lifetimeMs: count }, ['lifetimeMs']),
	changes: objectSchema(
		{
			studio: text,
			newMembers: count,
			newProspects: count,
			newEmails: count,
			formerMembers: count,
			joiningProspects: count,
			filledSlots: count,
			freedSlots: count,
			canceledSlots: count,
			movedSlots: count,
			newTrainers: count,
			visitors: { type: 'integer' },
		},
		[],
	),
	changing: objectSchema({ everyMs: count }, ['everyMs']),
	webhooks: objectSchema({ url: text, studio: text, events: { type: 'array', items: text } }, [
		'url',
	]),
	webhookSettings: objectSchema(
		{ timeoutMs: { type: 'integer', minimum: 1 }, retryAfterMs: count, retries: count },
		[],
	),
	events: objectSchema(
		{
			type: text,
			studio: text,
			entityId: { type: 'integer' },
			content: {},
			uuid: text,
			timestamp: { type: 'integer' },
			count: { type: 'integer', minimum: 1, maximum: 100_000 },
			concurrency: { type: 'integer', minimum: 1, maximum: 1000 },
			payload: {},
			apiKey: { type: ['string', 'null'] },
		},
		['type'],
	),
	studios: {
		type: 'array',
		minItems: 1,
		items: objectSchema(
			{
				name: text,
				apiKey: text,
				webhookApiKey: text,
				scopes: { type: 'array', items: { type: 'string' } },
				customers: { ...count, maximum: 999_999 },
			},
			['name', 'apiKey'],
		),
	},
};

function state({ world, faults, log }: Backend): object {
	return {
		studios: world.studios.map(({ spec, place, customers, ...studio }) => ({
			name: spec.name,
			studioId: place.studioId,
			customers: customers.length,
			classes: studio.classes.length,
			classBookings: studio.classBookings.size,
			appointmentBookings: studio.appointmentBookings.size,
		})),
		files: world.files.size,
		faults: faults.size,
		requests: log.entries.length,
	};
}

function addWebhookRoutes(app: FastifyInstance, webhooks: WebhookSender): void {
	app.post<{ Body: WebhookReceiver }>(
		'/webhooks',
		{ schema: { body: bodies.webhooks } },
		({ body }) => {
			webhooks.register(body);
			return { webhooks: webhooks.size };
		},
	);
	app.delete('/webhooks', () => {
		webhooks.clearReceivers();
		return { webhooks: 0 };
	});
	app.post<{ Body: WebhookSettings }>(
		'/webhook-settings',
		{ schema: { body: bodies.webhookSettings } },
		({ body }) => webhooks.setSettings(body),
	);
	app.post<{ Body: EventCommand }>(
		'/events',
		{ schema: { body: bodies.events } },
		async ({ body }) => ({ deliveries: await webhooks.send(body) }),
	);
	app.get('/deliveries', () => ({ deliveries: webhooks.deliveries }));
	app.delete('/deliveries', () => {
		webhooks.clearDeliveries();
		return { deliveries: 0 };
	});
}

function addChangeRoutes(app: FastifyInstance, controls: Controls): void {
	app.post<{ Body: ChangeCommand }>('/changes', { schema: { body: bodies.changes } }, ({ body }) =>
		controls.change(body),
	);
	app.post<{ Body: { everyMs: number } }>(
		'/changing',
		{ schema: { body: bodies.changing } },
		({ body }) => {
			controls.keepChanging(body.everyMs);
			return body;
		},
	);
}

const PAGE = join(__dirname, 'page.html');
/** The page has everything it needs, and only talks to this server. */
const PAGE_POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'";

/** Adds the page "Send an event", and what it asks for. */
function addPage(app: FastifyInstance, { world }: Backend): void {
	app.get('/', (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.header('content-security-policy', PAGE_POLICY)
			.send(readFileSync(PAGE)),
	);
	app.get('/event-types', () => ({
		types: eventTypes.map(({ value, name, description }) => ({ value, name, description })),
		studios: world.studios
			.filter(({ spec }) => spec.webhookApiKey !== undefined)
			.map(({ spec }) => spec.name),
	}));
	app.get<{ Querystring: { type: string; studio: string } }>(
		'/event-choices',
		{ schema: { querystring: objectSchema({ type: text, studio: text }, ['type', 'studio']) } },
		({ query: { type, studio: name } }) => {
			const studio = world.studios.find(({ spec }) => spec.name === name);
			if (studio === undefined) throw new ControlError(`The simulator has no studio ${name}`);
			if (eventTypeOf(type) === undefined) {
				throw new ControlError(`The API has no event type ${type}`);
			}
			return { choices: eventChoices(studio, type) };
		},
	);
}

/** Creates the control endpoint as a Fastify server that is not listening yet. */
export function createControl(
	backend: Backend,
	controls: Controls,
	webhooks: WebhookSender,
): FastifyInstance {
	const { faults, log } = backend;
	const app = Fastify({
		forceCloseConnections: true,
		bodyLimit: 32 * 1024 * 1024,
		// A mistyped property must fail, not be dropped.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
	});
	app.setErrorHandler((error, _request, reply) => {
		const message = error instanceof Error ? error.message : String(error);
		const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
		return reply.code(status >= 400 && status < 500 ? 400 : 500).send({ message });
	});
	app.post<{ Body: { customers: number; studio?: string } }>(
		'/seed',
		{ schema: { body: bodies.seed } },
		({ body }) => {
			controls.seed(body.customers, body.studio);
			return state(backend);
		},
	);
	app.post<{ Body: Fault[] }>('/faults', { schema: { body: bodies.faults } }, ({ body }) => {
		for (const item of body) faults.add(item);
		return { faults: faults.size };
	});
	app.delete('/faults', () => {
		faults.clear();
		return { faults: 0 };
	});
	app.get('/requests', () => ({
		peakConcurrency: log.peakConcurrency,
		requests: log.entries,
		files: log.files,
	}));
	app.delete('/requests', () => {
		log.clear();
		return { requests: 0 };
	});
	addWebhookRoutes(app, webhooks);
	addPage(app, backend);
	app.get('/state', () => state(backend));
	app.post('/reset', () => {
		controls.reset();
		return state(backend);
	});
	app.post<{ Body: StudioSpec[] }>('/studios', { schema: { body: bodies.studios } }, (request) => {
		controls.setStudios(request.body);
		return state(backend);
	});
	app.post<{ Body: Limits }>('/limits', { schema: { body: bodies.limits } }, ({ body }) => {
		controls.setLimits(body);
		return body;
	});
	app.post<{ Body: { lifetimeMs: number } }>(
		'/links',
		{ schema: { body: bodies.links } },
		({ body }) => {
			controls.setLinkLifetime(body.lifetimeMs);
			return body;
		},
	);
	addChangeRoutes(app, controls);
	return app;
}
