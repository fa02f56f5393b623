import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { itemsOf, locator, runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const CONTRACTS = {
	resource: 'customer',
	operation: 'getCustomersContracts',
	customerId: locator('={{ $json.id }}'),
};

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

function answerContracts(records: unknown[]): void {
	nock(HOST)
		.persist()
		.get(/^\/v1\/customers\/\d+\/contracts$/)
		.query(true)
		.reply(200, records as nock.Body);
}

async function contractsOf(ids: unknown[], parameters: INodeParameters = {}) {
	const items = itemsOf(ids.map((id) => ({ id })) as never);
	const output = await runNode({ parameters: { ...CONTRACTS, ...parameters }, items });
	return output.map(({ json }) => Object.entries(json));
}

test('each record says first whose it is', async () => {
	answerContracts([{ id: 1, rateName: 'Basic' }, { id: 2 }]);
	expect(await contractsOf([7, 8])).toEqual([
		[
			['customerId', 7],
			['id', 1],
			['rateName', 'Basic'],
		],
		[
			['customerId', 7],
			['id', 2],
		],
		[
			['customerId', 8],
			['id', 1],
			['rateName', 'Basic'],
		],
		[
			['customerId', 8],
			['id', 2],
		],
	]);
});

test('what a record says itself is kept', async () => {
	answerContracts([{ id: 1, customerId: 'its own' }]);
	expect(await contractsOf([7])).toEqual([
		[
			['customerId', 'its own'],
			['id', 1],
		],
	]);
});

test('an ID beyond 15 digits keeps all of them', async () => {
	answerContracts([{ id: 1 }]);
	const [[owner]] = await contractsOf(['12345678901234567']);
	expect(owner).toEqual(['customerId', '12345678901234567']);
});

test.each([
	[{ output: 'flat' }, ['customerId', 'id', 'rateName', 'price']],
	[{ output: 'flat', outputFields: ['price'] }, ['customerId', 'id', 'price']],
	[{ output: 'selected', outputFields: ['price'] }, ['customerId', 'id', 'price']],
	[{ output: 'selected', outputFields: ['price', 'customerId'] }, ['customerId', 'id', 'price']],
	[{ output: 'simplified' }, ['customerId', 'id', 'rateName', 'price']],
])('the ID is there with %j', async (parameters, names) => {
	answerContracts([{ price: 5, rateName: 'Basic', id: 1 }]);
	const [record] = await contractsOf([7], parameters);
	expect(record.map(([name]) => name)).toEqual(names);
	expect(record[0]).toEqual(['customerId', 7]);
});

test.each([
	['getCustomers', []],
	['getCustomerById', []],
	['getCustomersContracts', ['customerId']],
	['getDocuments', ['customerId']],
	['getDocumentById', ['customerId']],
	['getClassSlots', ['classId']],
	['getClassSlotById', ['classId']],
	['getClassBookingsByCustomerId', ['customerId']],
	['getAppointmentBookings', ['customerId']],
	['getClassBookingById', []],
	['getCustomersCheckinHistory', ['customerId']],
	['getIdlePeriods', ['contractId']],
	['getCustomersAccountBalanceData', ['customerId']],
	['checkin', []],
	['postMembershipPreview', []],
])('the records of %s belong to %j', (id, owners) => {
	expect(operations.get(id).owners).toEqual(owners);
});
