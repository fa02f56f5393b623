/** The sample events that the examples have pinned to their triggers. */

import type { IDataObject } from 'n8n-workflow';
import type { IncomingWebhook } from './triggerHarness.cts';

import { exampleFiles, exampleWorkflow } from '../../scripts/demo/content.cts';
import { demoCredentials, demoStudios } from '../../scripts/demo/studios.cts';
import { TRIGGER } from '../n8n/fixture.cts';
import { startReceiver, type Receiver } from '../n8n/webhooks.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { receiveWebhook, runTrigger, useStore } from './triggerHarness.cts';

const store = useStore();
let simulator: Simulator;
let receiver: Receiver;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 5, studios: [...demoStudios] });
	receiver = await startReceiver();
	for (const { name } of demoStudios)
		simulator.registerWebhook({ url: receiver.url, studio: name });
});
afterAll(async () => {
	await receiver.close();
	await simulator.close();
});

const triggers = exampleFiles().flatMap((file) => {
	const { nodes, pinData = {} } = exampleWorkflow(file);
	return nodes
		.filter(({ type }) => type === TRIGGER)
		.map(({ name, parameters }) => ({ file, parameters, pinned: pinData[name] ?? [] }));
});

test('some examples start with an event', () => {
	expect(triggers.length).toBeGreaterThan(5);
});

test.each(triggers)(
	'$file has an event with the fields that the trigger outputs',
	async ({ parameters, pinned }) => {
		expect(pinned).toHaveLength(1);
		const [{ json }] = pinned;

		expect(fieldsOf(json)).toEqual(fieldsOf(await outputFor(json, parameters)));
		expect(parameters.events).toEqual([json.event]);
	},
);

/** @returns what the trigger outputs when the simulator sends an event of the same type and studio */
async function outputFor(
	{ event, studio }: IDataObject,
	parameters: IncomingWebhook['parameters'] = {},
): Promise<IDataObject> {
	const isMany = parameters.authentication === 'studios';
	const [many, one] = demoCredentials(simulator.baseUrl);
	const { data: credential } = isMany ? many : one;
	const name = isMany ? (studio as IDataObject).name : demoStudios[0].name;
	const sender = demoStudios.find((each) => each.name === name);
	const key = sender?.webhookApiKey ?? '';
	await simulator.sendEvent({ type: event as string, studio: sender?.name });
	const body = receiver.bodies.at(-1) ?? {};
	const { items } = await receiveWebhook({ key, body, parameters, credential });
	const { workflowId } = store;
	const [{ json }] = await runTrigger({ items, parameters, credential, workflowId });
	return json;
}

/** @returns the path and the type of each value, in order */
function fieldsOf(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
	const inside = Object.entries(value).flatMap(([name, each]) => fieldsOf(each, `${path}/${name}`));
	return [`${path}/`, ...inside];
}
