import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { PerfectGymNextApi } from '../../credentials/PerfectGymNextApi.credentials';
import { PerfectGymNextStudiosApi } from '../../credentials/PerfectGymNextStudiosApi.credentials';
import { PerfectGymNextPollingTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextPollingTrigger.node';
import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { placesOf } from '../../nodes/PerfectGymNext/transport/path';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import { operations } from '../../nodes/PerfectGymNext/properties';
import { allOperations, allParameters, nodeOperations } from '../contract/operations.cts';
import { node } from '../engine/harness.cts';
import packageJson from '../../package.json';

/** Words that people at a front desk may look for in the nodes panel, in lower case or as a name. */
const FRONT_DESK_WORDS = [
	...['customer', 'check in', 'perfect gym', 'prospect', 'lead', 'cancel', 'visit', 'booking'],
	...['contract', 'gym', 'fitness', 'trainer', 'Magicline'],
];
/** From n8n's rule valid-node-categories for community nodes. */
const CATEGORIES = [
	...['Analytics', 'Communication', 'Data & Storage', 'Development', 'Finance & Accounting'],
	...['Marketing & Content', 'Miscellaneous', 'Productivity', 'Sales', 'Utility'],
];
const { properties } = node.description;
const getKnownTypes = () => ({});
const NODE: INode = {
	id: '1',
	name: 'PerfectGym Next',
	type: 'perfectGymNext',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const byName = new Map(properties.map((parameter) => [parameter.name, parameter]));

/** @returns every value in a declaration, at any depth */
function* values(value: unknown): Generator<unknown> {
	yield value;
	if (typeof value !== 'object' || value === null) return;
	for (const inner of Object.values(value)) yield* values(inner);
}

/** @returns the values that the user can choose */
function valuesOffered(parameter: INodeProperties): unknown[] {
	if (parameter.type === 'boolean') return [true, false];
	return (parameter.options as INodePropertyOptions[]).map(({ value }) => value);
}

test('declares each parameter once, because n8n evaluates every declaration of a name for each item', () => {
	// Of "output" n8n shows one, for a tool or for a workflow, and of "options" the operation's own.
	const several = ['operation', 'output', 'options'];
	const names = properties.map(({ name }) => name).filter((name) => !several.includes(name));
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('shows neither Output nor Download Files for a write, unless its answer is large', () => {
	const writes = operations.all().filter(({ method, plan }) => method !== 'GET' && !plan.isRead);
	const withOutput = byName.get('output')?.displayOptions?.show?.operation ?? [];
	const shown = writes.filter(({ id }) => withOutput.includes(id)).map(({ id }) => id);
	expect(shown.sort()).toEqual([
		'bookAppointmentBooking',
		'bookAppointmentForTrialOffer',
		'createCommunicationInExistingCommunicationThread',
		'createCommunicationInNewCommunicationThread',
		'createCustomerAddressDataAmendment',
		'createCustomerWeighing',
		'createIdlePeriodAmendment',
		'updateIdlePeriod',
	]);
	const withFiles = byName.get('download')?.displayOptions?.show?.operation ?? [];
	expect(writes.filter(({ id }) => withFiles.includes(id))).toEqual([]);
});

test('declares the operations of each resource once', () => {
	const resources = properties
		.filter(({ name }) => name === 'operation')
		.map(({ displayOptions }) => displayOptions?.show?.resource);
	expect(resources.flat()).toEqual(valuesOffered(byName.get('resource') as INodeProperties));
	expect(resources.every((shown) => shown?.length === 1)).toBe(true);
});

test('has no expressions in its declarations, because each costs time for every item', () => {
	// The editor evaluates these, not the engine.
	const { subtitle, hints, ...description } = node.description;
	expect([subtitle, JSON.stringify(hints)].filter((text) => text?.includes('{{'))).toHaveLength(2);
	const credentials = [new PerfectGymNextApi(), new PerfectGymNextStudiosApi()];
	const texts = [...values({ description, properties: credentials.map((one) => one.properties) })];
	expect(texts.filter((text) => typeof text === 'string' && text.startsWith('='))).toEqual([]);
});

test('shows parameters under conditions that the user can meet', () => {
	const operations = allOperations.map(({ value }) => value);
	for (const { name, displayOptions } of properties) {
		for (const condition of [displayOptions?.show, displayOptions?.hide]) {
			for (const [control, wanted] of Object.entries(condition ?? {})) {
				if (control === '@tool') continue;
				const parameter = byName.get(control) as INodeProperties;
				const offered = control === 'operation' ? operations : valuesOffered(parameter);
				expect([name, control, wanted?.filter((value) => !offered.includes(value))]).toEqual([
					name,
					control,
					[],
				]);
			}
		}
	}
});

test('declares a name, an action, a description and a request for every operation', () => {
	for (const { value, name, action, description, routing } of allOperations) {
		const { method, url } = routing?.request ?? {};
		expect({ value, name, action, description, method, url }).toEqual({
			value: expect.stringMatching(/^[a-z]\w+$/) as string,
			name: expect.stringMatching(/^[A-Z]/) as string,
			action: expect.stringMatching(/^[A-Z]/) as string,
			description: expect.stringMatching(/^[A-Z](?:[^.]*|.*\. .*\.)$/) as string,
			method: expect.any(String) as string,
			url: expect.stringMatching(/^\/v1\//) as string,
		});
	}
});

/** @returns what the editor shows under the name of a node */
function subtitleOf(type: INodeType, parameters: INodeParameters): unknown {
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes };
	const placed: INode = { ...NODE, parameters };
	const workflow = new Workflow({ nodes: [placed], connections: {}, active: false, nodeTypes });
	const { subtitle } = type.description;
	return workflow.expression.getSimpleParameterValue(placed, subtitle, 'internal', {});
}

test('shows the action of every operation under the name of the node', () => {
	for (const { resource, value, action } of allOperations) {
		expect([value, subtitleOf(node, { resource, operation: value })]).toEqual([value, action]);
	}
});

test('shows the event under the name of the trigger, or how many there are', () => {
	const trigger = new PerfectGymNextTrigger();
	const shown = (...events: string[]) => subtitleOf(trigger, { events });
	expect(shown('CUSTOMER_CHECKIN')).toBe('Customer checked in');
	expect(shown('CUSTOMER_CHECKIN', 'CUSTOMER_CHECKOUT')).toBe('2 events');
	expect(shown()).toBe('Any event');
	expect(shown('*')).toBe('Any event');
	expect(shown('*', 'CUSTOMER_CHECKIN')).toBe('Any event');
	const options = { otherEvents: 'CONTRACT_REVERSED' };
	expect(subtitleOf(trigger, { events: [], options })).toBe('CONTRACT_REVERSED');
	for (const { value } of eventTypes) expect(shown(value)).toMatch(/^[A-Z][a-z -]+$/);
});

test('offers every event of the trigger as an action, and any event first', () => {
	const { properties: declared } = new PerfectGymNextTrigger().description;
	const events = declared.find(({ name }) => name === 'events')?.options as INodePropertyOptions[];
	expect(events[0]).toMatchObject({ name: 'Any Event', value: '*', action: 'On any event' });
	expect(events.slice(1)).toEqual(eventTypes);
});

test('has a unique value for every operation', () => {
	const all = allOperations.map(({ value }) => value);
	expect(new Set(all).size).toBe(all.length);
});

test('has a required parameter for each placeholder in a path', () => {
	for (const { value, routing } of nodeOperations) {
		for (const place of placesOf(routing?.request?.url ?? '')) {
			const parameter = byName.get(place);
			expect([value, place, parameter?.required]).toEqual([value, place, true]);
			expect(parameter?.displayOptions?.show?.operation).toContain(value);
		}
	}
});

test('has exactly the methods that its pick lists and options name', () => {
	const named = [...allParameters()].flatMap(({ typeOptions, modes }) => [
		typeOptions?.loadOptionsMethod,
		...(modes ?? []).map((mode) => mode.typeOptions?.searchListMethod),
	]);
	const existing = [
		...Object.keys(node.methods.loadOptions),
		...Object.keys(node.methods.listSearch),
	].sort();
	expect([...new Set(named.filter((name) => name !== undefined))].sort()).toEqual(existing);
});

/** @returns the parameters of an operation, in the order of the editor */
function parametersOf(operation: unknown): INodeProperties[] {
	return properties.filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes(operation as string),
	);
}

/** Not sent, but its choice narrows the list of the required parameter after it. */
const NARROWING = ['slotClassId'];
/** What takes the place of all fields. */
const BODY = ['specifyBody', 'jsonBody'];
/** Required first, then what else has a value, what can be added, JSON in place of all fields, and options. */
const STAGES = ['notice', 'required', 'common', 'collection', 'body', 'options'] as const;

/** @returns the place of a parameter among those of its operation */
function stageOf({ name, type, required }: INodeProperties): (typeof STAGES)[number] {
	if (name === 'options') return name;
	if (BODY.includes(name)) return 'body';
	const decides = properties.some(
		(other) => other.required && other.displayOptions?.show?.[name] !== undefined,
	);
	if (required || decides || NARROWING.includes(name)) return 'required';
	return type === 'collection' || type === 'notice' ? type : 'common';
}

test('lists the parameters of every operation in one order, and Options last', () => {
	expect(properties.at(-1)?.name).toBe('options');
	for (const { value } of allOperations) {
		const shown = parametersOf(value).map((parameter) => [stageOf(parameter), parameter.name]);
		const ordered = STAGES.flatMap((stage) => shown.filter(([one]) => one === stage));
		expect([value, shown]).toEqual([value, ordered]);
	}
});

test('lists the operations of every resource in alphabetical order', () => {
	for (const { name, options = [] } of properties) {
		if (name !== 'operation') continue;
		const names = options.map((option) => option.name);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
	}
});

test('the nodes panel finds all nodes by the words of people at a front desk', () => {
	for (const name of ['PerfectGymNext', 'PerfectGymNextTrigger', 'PerfectGymNextPollingTrigger']) {
		const file = join(__dirname, '..', '..', 'nodes', 'PerfectGymNext', `${name}.node.json`);
		const { alias } = JSON.parse(readFileSync(file, 'utf8')) as { alias: string[] };
		expect(alias).toEqual(expect.arrayContaining(FRONT_DESK_WORDS));
	}
});

/** @param studios the parameter `studios` with its places */
function firstPlace(studios: unknown): unknown {
	const { studios: places } = studios as { studios: unknown[] };
	return { studios: places.slice(0, 1), places: places.length };
}

test('keeps the names and values that saved workflows hold', () => {
	const nested = (parameters: INodeProperties[]): unknown[] =>
		parameters.map((parameter) => {
			const options = (parameter.options ?? []).map((option) => {
				if ('values' in option) return { [option.name]: nested(option.values) };
				return 'type' in option ? nested([option])[0] : option.value;
			});
			const modes = parameter.modes?.map(({ name }) => name);
			// The order may change.
			options.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
			return options.length > 0 || modes
				? { [parameter.name]: modes ?? options }
				: `${parameter.name}: ${parameter.type}`;
		});
	expect({
		name: node.description.name,
		version: node.description.version,
		credentials: node.description.credentials?.map(({ name }) => name),
		credential: nested(new PerfectGymNextApi().properties),
		// All places of the credential are alike.
		studiosCredential: nested(new PerfectGymNextStudiosApi().properties).map(firstPlace),
		parameters: nested([...properties].sort((one, other) => (one.name < other.name ? -1 : 1))),
	}).toMatchSnapshot();
});

test('keeps the names and values that workflows with the trigger hold', () => {
	const { description } = new PerfectGymNextTrigger();
	const named = description.properties.map(({ name, type, options }) => ({
		[name]: (options ?? [])
			.map((option) => ('value' in option ? option.value : option.name))
			.sort(),
		type,
	}));
	const credentials = description.credentials?.map(({ name }) => name);
	expect({
		name: description.name,
		version: description.version,
		credentials,
		named,
	}).toMatchSnapshot();
	expect(description.webhooks).toEqual([
		{
			name: 'default',
			httpMethod: 'POST',
			responseMode: 'onReceived',
			responseData: 'noData',
			path: 'webhook',
		},
	]);
});

test('keeps the names and values that workflows with the polling trigger hold', () => {
	const { name, version, properties: declared } = new PerfectGymNextPollingTrigger().description;
	const named = declared.map((parameter) => ({
		[parameter.name]: (parameter.options ?? parameter.modes ?? [])
			.map((option) => ('value' in option ? option.value : option.name))
			.sort(),
		type: parameter.type,
	}));
	expect({ name, version, named }).toMatchSnapshot();
});

test('shows under the name of the polling trigger what it watches', () => {
	const trigger = new PerfectGymNextPollingTrigger();
	const { properties: declared } = trigger.description;
	const events = declared.find(({ name }) => name === 'event')?.options as INodePropertyOptions[];
	expect(events).toHaveLength(5);
	for (const { value, name } of events) {
		const shown = String(subtitleOf(trigger, { event: value }));
		expect(shown).toMatch(/^[A-Z][a-z ]+$/);
		expect(shown.toLowerCase()).toBe(name.toLowerCase());
	}
});

test('the polling trigger polls, is not a tool, and has no webhook', () => {
	const { description } = new PerfectGymNextPollingTrigger();
	expect(description).toMatchObject({ polling: true, group: ['trigger'], inputs: [] });
	expect(description).not.toHaveProperty('usableAsTool');
	expect(description).not.toHaveProperty('webhooks');
});

test('adds the version of the trigger for which n8n evaluates no expression, as the examples do', () => {
	const { version, name } = new PerfectGymNextTrigger().description;
	expect(version).toBeGreaterThan(1);
	const folder = join(__dirname, '..', '..', 'examples');
	const versions = readdirSync(folder).flatMap((file) => {
		const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: INode[] };
		return nodes.filter(({ type }) => type.endsWith(`.${name}`)).map((node) => node.typeVersion);
	});
	expect(versions).not.toHaveLength(0);
	expect([...new Set(versions)]).toEqual([version]);
});

test('the panel of the trigger explains how to set up the webhook', () => {
	const { triggerPanel } = new PerfectGymNextTrigger().description;
	const text = JSON.stringify(triggerPanel);
	for (const word of [
		'Production URL',
		'Test URL',
		'HTTPS',
		'confirm the activation',
		'PerfectGym',
	]) {
		expect(text).toContain(word);
	}
});

test('is in categories that the nodes panel has for community nodes', () => {
	for (const name of ['PerfectGymNext', 'PerfectGymNextTrigger', 'PerfectGymNextPollingTrigger']) {
		const path = join(__dirname, `../../nodes/PerfectGymNext/${name}.node.json`);
		const { categories } = JSON.parse(readFileSync(path, 'utf8')) as { categories: string[] };
		expect(categories).not.toEqual([]);
		for (const category of categories) expect(CATEGORIES).toContain(category);
	}
});

test('needs only n8n at run time', () => {
	expect(packageJson).not.toHaveProperty('dependencies');
	expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

test('pins its development dependencies to exact versions', () => {
	const versions = Object.values(packageJson.devDependencies);
	expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('all nodes take one of two credentials, by the parameter name that n8n requires', () => {
	for (const { credentials, properties: declared } of [
		node.description,
		new PerfectGymNextTrigger().description,
		new PerfectGymNextPollingTrigger().description,
	]) {
		const [first] = declared;
		expect(first).toMatchObject({ name: 'authentication', default: 'studio' });
		const shown = credentials?.map(({ name, required, testedBy, displayOptions }) => [
			name,
			required,
			testedBy,
			displayOptions?.show?.authentication,
		]);
		expect(shown).toEqual([
			['perfectGymNextApi', true, 'testStudioKey', ['studio']],
			['perfectGymNextStudiosApi', true, 'testStudioKeys', ['studios']],
		]);
	}
});

test('the credential of many studios is for these nodes only, and its keys are masked', () => {
	const credential = new PerfectGymNextStudiosApi();
	expect(credential).toMatchObject({ restrictToSupportedNodes: true });
	expect(credential).not.toHaveProperty('httpRequestNode');
	const [studios] = credential.properties;
	// n8n moves the hidden values of a list when a row is removed.
	expect(studios.typeOptions?.multipleValues).toBeUndefined();
	const places = studios.options as INodePropertyCollection[];
	expect(places.map(({ name }) => name)).toEqual(places.map((_, index) => `studio${index + 1}`));
	for (const { values: fields } of places) {
		const masked = fields.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(masked.map(({ name }) => name)).toEqual(['apiKey', 'webhookApiKey']);
	}
});
