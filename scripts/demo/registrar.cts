import type { INode } from 'n8n-workflow';
import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { TRIGGER } from '../../test/n8n/fixture.cts';
import { webhookUrl, type N8n, type WorkflowFile } from '../../test/n8n/instance.cts';
import type { Log } from '../../test/n8n/progress.cts';
import type { Simulator } from '../../test/simulator/server.cts';
import type { WebhookReceiver } from '../../test/simulator/webhooks.cts';
import { chain } from './studios.cts';

interface Published extends WorkflowFile {
	id: string;
	/** The published version; `nodes` of the workflow itself may be a later draft. */
	activeVersion?: Pick<WorkflowFile, 'nodes'> | null;
}

interface Registration extends WebhookReceiver {
	workflow: string;
}

const INTERVAL_MS = 2_000;

/**
 * Does what PerfectGym does by hand: registers the production URLs of published workflows with the
 * simulator, and removes those that are no longer published.
 */
export class WebhookRegistrar {
	private registered = new Map<string, Registration>();

	/** @param log receives a line for each workflow that is registered */
	constructor(
		private readonly n8n: N8n,
		private readonly simulator: Pick<Simulator, 'registerWebhook' | 'unregisterWebhook'>,
		private readonly log: Log = () => {},
	) {}

	/** Makes the simulator's receivers those of the workflows that are published now. */
	async sync(): Promise<void> {
		const now = new Map<string, Registration>();
		for (const registration of await this.published()) {
			now.set(`${registration.studio} ${registration.url}`, registration);
		}
		for (const [key, registration] of this.registered) {
			if (!now.has(key)) this.simulator.unregisterWebhook(registration);
		}
		for (const { url, studio, events } of now.values()) {
			this.simulator.registerWebhook({ url, studio, events });
		}
		const news = [...now].filter(([key]) => !this.registered.has(key));
		for (const workflow of new Set(news.map(([, registration]) => registration.workflow))) {
			this.log(`The simulated studio now sends events to "${workflow}".`);
		}
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

	private async published(): Promise<Registration[]> {
		const list = await this.n8n.publishedWorkflows();
		const workflows = await Promise.all(
			list.map(({ id }) => this.n8n.rest<Published>('GET', `/workflows/${id}`)),
		);
		return workflows.flatMap(({ name, nodes, activeVersion }) =>
			(activeVersion?.nodes ?? nodes)
				.filter(({ type, disabled }) => type === TRIGGER && !disabled)
				.flatMap((node) => this.registrationsOf(node, name)),
		);
	}

	private registrationsOf({ parameters, webhookId }: INode, workflow: string): Registration[] {
		if (webhookId === undefined) return [];
		const url = webhookUrl(this.n8n, webhookId);
		const wanted = (Array.isArray(parameters.events) ? parameters.events : []).map(String);
		const events = wanted.filter((type) => eventTypeOf(type) !== undefined);
		const studios =
			parameters.authentication === 'studios' ? chain.map(({ name }) => name) : [undefined];
		return studios.map((studio) => ({
			workflow,
			url,
			studio,
			...(events.length > 0 && { events }),
		}));
	}
}
