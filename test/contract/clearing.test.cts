import { node } from '../engine/harness.cts';
import document from './open-api.json';

test('offers no list of fields to clear, since the contract names no field that takes null', () => {
	expect(JSON.stringify(document)).not.toMatch(
		/"nullable":true|"type":\["[^\]]*null|"minLength":0/,
	);
});

test.each([
	['specifyBody', /left empty is not sent.*cannot clear a value.*JSON is sent exactly/],
	['jsonBody', /sent exactly as it stands/],
	['requestBody', /sent exactly as it stands/],
	['assignments', /left out lose theirs/],
	['studioTags', /loses those that are left out/],
	['communicationPreferences', /left out is not sent/],
])('says in the panel what happens to a value that is left out: %s', (name, words) => {
	const parameter = node.description.properties.find((one) => one.name === name);
	expect(parameter?.description).toMatch(words);
});
