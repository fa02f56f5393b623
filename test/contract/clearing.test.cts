import { node } from '../engine/harness.cts';
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
	[
		'specifyBody',
		/Empty fields are not sent.*cannot clear a value.*clears what you leave out, the field says so.*JSON is sent exactly/,
	],
	['jsonBody', /sent exactly as entered/],
	['requestBody', /sent exactly as entered/],
	['studioTags', /leave out are removed/],
	['communicationPreferences', /leave out are not sent/],
])('says in the panel what happens to a value that is left out: %s', (name, words) => {
	const parameter = node.description.properties.find((one) => one.name === name);
	expect(parameter?.description).toMatch(words);
});
