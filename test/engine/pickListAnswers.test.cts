/** Pick lists, where an answer is not what it should be. */

import type { INodeParameters } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import nock from 'nock';

import { loadOptionsContext, locator, node } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** A choice in every field that a list can depend on. */
const CHOSEN: INodeParameters = Object.fromEntries(
	node.description.properties
		.filter(({ type }) => type === 'resourceLocator')
		.map(({ name }) => [name, locator(1)]),
);
const LISTS = Object.keys(node.methods.listSearch).filter(
	// It reads the credential only.
	(method) => method !== 'searchConfiguredStudios',
);
const ANSWERS = [
	...['null', '[null]', '[5, "text", {}]', '{}'],
	...['{"result": null}', '{"result": [null, 5], "hasNext": false}'],
];

test.each(LISTS)('%s is a list or an error with a reason, and not a raw error', async (method) => {
	for (const answer of ANSWERS) {
		for (const filter of [undefined, 'a']) {
			nock(HOST)
				.persist()
				.intercept(/.*/, 'GET')
				.query(true)
				.reply(200, answer, { 'content-type': 'application/json' })
				.intercept(/.*/, 'POST')
				.query(true)
				.reply(200, answer, { 'content-type': 'application/json' });
			const found: unknown = await node.methods.listSearch[method]
				.call(loadOptionsContext(CHOSEN), filter)
				.catch((error: unknown) => error);
			nock.cleanAll();
			if (found instanceof NodeApiError || found instanceof NodeOperationError) {
				expect(found.message).not.toMatch(/Cannot read|is not a function|is not iterable/);
			} else {
				expect(found).toMatchObject({ results: expect.any(Array) as unknown[] });
			}
		}
	}
});
