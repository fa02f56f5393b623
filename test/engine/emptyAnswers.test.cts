import nock from 'nock';

import { runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const ID = { __rl: true, mode: 'id', value: '5' };

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const EMPTY: Array<[status: number, body: nock.Body]> = [
	[200, ''],
	[200, ' \n'],
	[200, 'null'],
	[200, {}],
	[204, ''],
];

test.each(EMPTY)(
	'a read that is answered with %d and %j has found nothing',
	async (status, body) => {
		nock(HOST).get('/v1/customers/5').reply(status, body, { 'content-type': 'application/json' });
		const parameters = { resource: 'customer', operation: 'getCustomerById', customerId: ID };
		expect(await runNode({ parameters })).toEqual([]);
	},
);

test.each(EMPTY)('a write that is answered with %d and %j has succeeded', async (status, body) => {
	nock(HOST)
		.delete('/v1/customers/5/access-mediums/7')
		.reply(status, body, { 'content-type': 'application/json' });
	const parameters = {
		resource: 'customer',
		operation: 'deleteAccessMediums',
		customerId: ID,
		accessMediumId: { ...ID, value: '7' },
	};
	expect(await runNode({ parameters })).toEqual([
		{ json: { deleted: true, customerId: 5, accessMediumId: 7 }, pairedItem: { item: 0 } },
	]);
});
