import { operations } from '../../nodes/PerfectGymNext/properties';
import { node } from '../engine/harness.cts';
import { nodeOperations } from './operations.cts';
import document from './open-api.json';

test('offers no list of fields to clear, since the contract names no field that takes null', () => {
	expect(JSON.stringify(document)).not.toMatch(
		/"nullable":true|"type":\["[^\]]*null|"minLength":0/,
	);
});

/** @returns the operations that update something with a JSON body, or with a part of a form that is JSON */
function updates(): string[] {
	return Object.values(document.paths).flatMap((path) =>
		Object.entries(path).flatMap(([method, operation]) => {
			const { operationId, requestBody, deprecated } = operation as Operation;
			const body = JSON.stringify(requestBody ?? {});
			const isUpdate = ['put', 'patch'].includes(method) && !deprecated;
			return isUpdate && /application\/json|"data"/.test(body) ? [operationId] : [];
		}),
	);
}

interface Operation {
	operationId: string;
	requestBody?: object;
	/** The node does not have it. */
	deprecated?: boolean;
}

test('says it for every operation that updates something', () => {
	const operations = updates();
	expect(operations.length).toBeGreaterThan(5);
	for (const name of ['specifyBody', 'jsonBody']) {
		const parameter = node.description.properties.find((one) => one.name === name);
		expect(parameter?.displayOptions?.show?.operation).toEqual(expect.arrayContaining(operations));
	}
});

test.each([
	['jsonBody', /sent exactly as entered/],
	['requestBody', /sent exactly as entered/],
	['studioTags', /leave out are removed/],
	['communicationPreferences', /leave out are not sent/],
])('says in the panel what happens to a value that is left out: %s', (name, words) => {
	const parameter = node.description.properties.find((one) => one.name === name);
	expect(parameter?.description).toMatch(words);
});

test('says in the choice between fields and JSON what is sent', () => {
	const parameter = node.description.properties.find(({ name }) => name === 'specifyBody');
	expect(parameter?.options).toMatchObject([
		{ value: 'fields', description: expect.stringMatching(/not sent.*cannot clear/) as string },
		{ value: 'json', description: expect.stringMatching(/sent exactly as entered/) as string },
	]);
});

/** Updates that keep what is left out, or that leave nothing out. */
const KEEPING = [
	'createCommunicationInExistingCommunicationThread',
	'idlePeriodUpdatePreview',
	'setAccessRestriction',
	'updateAccessMediums',
	'updateIdlePeriod',
];
const notices = node.description.properties.filter(({ type }) => type === 'notice');

/** @returns the notices in the panel of an operation */
function noticesOf(operation: string): string[] {
	return notices
		.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation))
		.map(({ displayName }) => displayName);
}

test('a notice says what an update does with what is left out', () => {
	for (const operation of updates()) {
		const expected = KEEPING.includes(operation)
			? []
			: [expect.stringMatching(/leave out|ends/) as string];
		expect([operation, noticesOf(operation)]).toEqual([operation, expected]);
	}
});

test.each([
	['anonymiseCustomer', /for good/],
	['confirmTransfer', /no operation to undo/],
	['createCustomerContactDataAmendment', /may clear what you leave out/],
	['leaveFamilyContract', /no operation to undo/],
	['updateDebtCollection', /complete current state.*closed case stays closed/],
	['updateImage', /current picture/],
])('a notice warns of what cannot be taken back: %s', (operation, words) => {
	expect(noticesOf(operation)).toEqual([expect.stringMatching(words)]);
});

test('notices are short, and no request contains one', () => {
	expect(notices.length).toBeGreaterThan(5);
	expect(notices.filter(({ displayName }) => displayName.length > 120)).toEqual([]);
	const names = notices.map(({ name }) => name);
	for (const { value } of nodeOperations) {
		const { sent } = operations.get(String(value));
		expect(sent.filter(({ parameter }) => names.includes(parameter.name))).toEqual([]);
	}
});
