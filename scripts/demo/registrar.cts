import type { INode } from 'n8n-workflow';
import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { TRIGGER } from '../../test/n8n/fixture.cts';
import { webhookUrl, type N8n, type WorkflowFile } from '../../test/n8n/instance.cts';
import type { Log } from '../../test/n8n/progress.cts';
import type { Simulator } from '../../test/simulator/server.cts';
import type { WebhookReceiver } from '../../test/simulator/webhooks.cts';
import { demoStudios } from './studios.cts';

interface Published extends WorkflowFile {
	id: string;
	/** The published version; `nodes` of the workflow itself may be a later draft. */
	activeVersion?: Pick<WorkflowFile, 'nodes'> | null;
}

/** A published trigger. */
interface Trigger {
	workflow: string;
	url: string;
	events?: readonly string[];
	/** Changes with the credential that the trigger uses. */
	version: string;
}

interface Registration extends WebhookReceiver {
	studio: string;
	workflow: string;
}

/** The studios whose webhook keys a trigger accepts. */
interface Senders {
	version: string;
	studios: string[];
	/** Until then, n8n may still have the credential as it was before. */
	settlesAt: number;
}

/** What n8n tells about a credential without its keys. */
interface Stored {
	id: string;
	updatedAt: string;
}

const INTERVAL_MS = 2_000;
/** Longer than the trigger remembers keys (trigger/webhookAuthentication.ts). */
const SETTLING_MS = 4_000;
/** The trigger's answers to a request without an event: with its key, and with another one. */
const KEY_ACCEPTED = 400;
const KEY_REFUSED = 401;

/**
 * Does what PerfectGym does by hand: registers the production URLs of published workflows with the
 * simulator, and removes those that are no longer published.
 */
export class WebhookRegistrar {
	private registered = new Map<string, Registration>();

	/** By URL. */
	private senders = new Map<string, Senders>();

	/** The URLs of triggers that the log has named because no simulated studio has their key. */
	private strangers = new Set<string>();

	/** @param log receives a line for each workflow that is registered, or cannot be */
	constructor(
		private readonly n8n: N8n,
		private readonly simulator: Pick<Simulator, 'registerWebhook' | 'unregisterWebhook'>,
		private readonly log: Log = () => {},
	) {}

	/** Makes the simulator's receivers those of the workflows that are published now. */
	async sync(): Promise<void> {
		const triggers = await this.published();
		const now = new Map<string, Registration>();
		for (const trigger of triggers) {
			const { workflow, url, events } = trigger;
			for (const studio of await this.studiosOf(trigger)) {
				now.set(`${studio} ${url}`, { workflow, url, studio, ...(events && { events }) });
			}
		}
		for (const [key, registration] of this.registered) {
			if (!now.has(key)) this.simulator.unregisterWebhook(registration);
		}
		for (const { url, studio, events } of now.values()) {
			this.simulator.registerWebhook({ url, studio, events });
		}
		this.report(triggers, now);
		this.registered = now;
	}

	/** Calls `sync` every two seconds. Returns a function that ends this. */
	start(): () => void {
		let timer: NodeJS.Timeout;
		let isStopped = false;
		const next = async () => {
			// n8n may be busy or ending. The next call tries again.
			await this.sync().catch(() => {});
			if (!isStopped) timer = setTimeout(() => void next(), INTERVAL_MS);
		};
		timer = setTimeout(() => void next(), INTERVAL_MS);
		return () => {
			isStopped = true;
			clearTimeout(timer);
		};
	}

	private report(triggers: readonly Trigger[], now: ReadonlyMap<string, Registration>): void {
		const news = [...now].filter(([key]) => !this.registered.has(key));
		const byWorkflow = new Map<string, string[]>();
		for (const [, { workflow, studio }] of news) {
			byWorkflow.set(workflow, [...(byWorkflow.get(workflow) ?? []), studio]);
		}
		for (const [workflow, studios] of byWorkflow) {
			const verb = studios.length === 1 ? 'sends' : 'send';
			this.log(`${studios.join(', ')} now ${verb} events to "${workflow}".`);
		}
		const strangers = new Map(
			triggers
				.filter(({ url }) => this.senders.get(url)?.studios.length === 0)
				.map(({ url, workflow }) => [url, workflow]),
		);
		for (const [url, workflow] of strangers) {
			if (this.strangers.has(url)) continue;
			this.log(
				`No simulated studio sends events to "${workflow}": its credential has the webhook key of none of them.`,
			);
		}
		this.strangers = new Set(strangers.keys());
	}

	private async published(): Promise<Trigger[]> {
		const list = await this.n8n.publishedWorkflows();
		const workflows = await Promise.all(
			list.map(({ id }) => this.n8n.rest<Published>('GET', `/workflows/${id}`)),
		);
		const stored = await this.n8n.rest<Stored[]>('GET', '/credentials');
		return workflows.flatMap(({ name, nodes, activeVersion }) =>
			(activeVersion?.nodes ?? nodes)
				.filter(({ type, disabled }) => type === TRIGGER && !disabled)
				.flatMap((node) => this.triggerOf(node, name, stored)),
		);
	}

	private triggerOf(node: INode, workflow: string, stored: readonly Stored[]): Trigger[] {
		const { parameters, webhookId, credentials = {} } = node;
		if (webhookId === undefined) return [];
		const wanted = (Array.isArray(parameters.events) ? parameters.events : []).map(String);
		const events = wanted.filter((type) => eventTypeOf(type) !== undefined);
		const ids = Object.values(credentials).map(({ id }) => id);
		return [
			{
				workflow,
				url: webhookUrl(this.n8n, webhookId),
				version: JSON.stringify([
					parameters.authentication,
					stored.filter(({ id }) => ids.includes(id)).map(({ id, updatedAt }) => [id, updatedAt]),
				]),
				...(events.length > 0 && { events }),
			},
		];
	}

	/**
	 * n8n does not give a credential's keys away. The trigger itself tells a key that it accepts from
	 * another one, before it looks for an event.
	 */
	private async studiosOf({ url, version }: Trigger): Promise<string[]> {
		const known = this.senders.get(url);
		const isSame = known?.version === version;
		if (isSame && performance.now() > known.settlesAt) return known.studios;
		const startedAt = performance.now();
		const settlesAt = isSame ? known.settlesAt : startedAt + SETTLING_MS;
		const studios: string[] = [];
		for (const { name, webhookApiKey = '' } of demoStudios) {
			const status = await statusOf(url, webhookApiKey);
			if (status === KEY_ACCEPTED) studios.push(name);
			// n8n does not receive at this URL yet.
			else if (status !== KEY_REFUSED) return known?.studios ?? [];
		}
		this.senders.set(url, { version, studios, settlesAt });
		return studios;
	}
}

async function statusOf(url: string, key: string): Promise<number> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': key, connection: 'close' },
		body: '{}',
	});
	await response.arrayBuffer();
	return response.status;
}
