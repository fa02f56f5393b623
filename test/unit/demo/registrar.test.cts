import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebhookRegistrar } from '../../../scripts/demo/registrar.cts';
import { chain, demoStudios } from '../../../scripts/demo/studios.cts';
import { TRIGGER } from '../../n8n/fixture.cts';
import type { N8n } from '../../n8n/instance.cts';

const [downtown, riverside] = chain;
const demo = demoStudios[0];
const keysOf = (...studios: ReadonlyArray<typeof demo>) =>
	studios.map(({ webhookApiKey }) => webhookApiKey ?? '');

/** What the simulated n8n has: one published workflow with one trigger. */
interface State {
	/** The webhook keys that the trigger accepts. */
	keys: string[];
	updatedAt: string;
	isPublished: boolean;
	isReceiving: boolean;
	/** The requests to the trigger. */
	requests: number;
}

let server: Server;
let state: State;
let registered: Set<string>;
let lines: string[];
let registrar: WebhookRegistrar;
let now: jest.SpyInstance<number>;

beforeEach(async () => {
	state = {
		keys: keysOf(demo),
		updatedAt: '1',
		isPublished: true,
		isReceiving: true,
		requests: 0,
	};
	server = createServer((request, response) => {
		state.requests++;
		const isKnown = state.keys.includes(String(request.headers['x-api-key']));
		response.writeHead(!state.isReceiving ? 404 : isKnown ? 400 : 401).end();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	registered = new Set();
	lines = [];
	const name = ({ studio = '' }: { studio?: string }) => studio;
	registrar = new WebhookRegistrar(
		fakeN8n(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
		{
			registerWebhook: (receiver) => void registered.add(name(receiver)),
			unregisterWebhook: (receiver) => void registered.delete(name(receiver)),
		},
		(line) => lines.push(line),
	);
	now = jest.spyOn(performance, 'now').mockReturnValue(0);
});
afterEach(async () => {
	now.mockRestore();
	server.close();
	await once(server, 'close');
});

function fakeN8n(baseUrl: string): N8n {
	const node = {
		type: TRIGGER,
		webhookId: 'a',
		parameters: {},
		credentials: { perfectGymNextApi: { id: 'c', name: '' } },
	};
	const answers: Record<string, () => unknown> = {
		'/credentials': () => [{ id: 'c', updatedAt: state.updatedAt }],
		'/workflows/w': () => ({ id: 'w', name: 'Check-ins', nodes: [node] }),
	};
	const n8n = {
		baseUrl,
		publishedWorkflows: () => Promise.resolve(state.isPublished ? [{ id: 'w' }] : []),
		rest: (_method: string, path: string) => Promise.resolve(answers[path]()),
	};
	return n8n as unknown as N8n;
}

/** Saves the credential with other keys. */
function change(...studios: ReadonlyArray<typeof demo>) {
	state.keys = keysOf(...studios);
	state.updatedAt += '1';
}

async function sync(): Promise<string[]> {
	await registrar.sync();
	return [...registered];
}

test('registers a trigger with the studio whose webhook key it accepts', async () => {
	change(riverside);
	expect(await sync()).toEqual(['Riverside']);
	expect(lines).toEqual(['Riverside now sends events to "Check-ins".']);
});

test('registers a trigger of many studios with those of its credential', async () => {
	change(downtown, riverside);
	expect(await sync()).toEqual(['Downtown', 'Riverside']);
	expect(lines).toEqual(['Downtown, Riverside now send events to "Check-ins".']);
});

test('says once that no studio has the key', async () => {
	state.keys = ['a key of another system'];
	expect(await sync()).toEqual([]);
	await sync();
	expect(lines).toEqual([
		expect.stringMatching(/^No simulated studio sends events to "Check-ins"/),
	]);
});

test('follows a change of the credential, also while the trigger remembers the old key', async () => {
	expect(await sync()).toEqual(['Demo Studio']);
	change(downtown);
	// The trigger still accepts the old key.
	state.keys = keysOf(demo);
	expect(await sync()).toEqual(['Demo Studio']);
	state.keys = keysOf(downtown);
	expect(await sync()).toEqual(['Downtown']);
});

test('does not ask again when nothing has changed', async () => {
	await sync();
	now.mockReturnValue(5_000);
	const { requests } = state;
	expect(await sync()).toEqual(['Demo Studio']);
	expect(state.requests).toBe(requests);
});

test('waits until n8n receives at the URL', async () => {
	state.isReceiving = false;
	expect(await sync()).toEqual([]);
	expect(lines).toEqual([]);
	state.isReceiving = true;
	now.mockReturnValue(5_000);
	expect(await sync()).toEqual(['Demo Studio']);
});

test('the registrar removes a trigger that a person has unpublished', async () => {
	await sync();
	state.isPublished = false;
	expect(await sync()).toEqual([]);
});
