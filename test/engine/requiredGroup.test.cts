import nock from 'nock';

import { runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const search = { resource: 'customer', operation: 'searchCustomers' };

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

test('one field of a required group is enough', async () => {
	let body: unknown;
	nock(HOST)
		.post('/v1/customers/search', (sent: unknown) => {
			body = sent;
			return true;
		})
		.reply(200, []);
	await runNode({ parameters: { ...search, searchFields: { firstName: 'Kim' } } });
	expect(body).toEqual({ firstName: 'Kim' });
});

test('a required group without a field is refused before anything is sent', async () => {
	await expect(runNode({ parameters: { ...search, searchFields: {} } })).rejects.toMatchObject({
		message: '"Search For" is empty',
		description: 'Add at least one field to it.',
	});
});
