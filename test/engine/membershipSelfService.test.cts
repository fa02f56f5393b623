import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { locator, runNode } from './harness.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const id = locator('1210000001');
const idlePeriod: INodeParameters = {
	resource: 'membershipSelfService',
	operation: 'idlePeriodUpdatePreview',
	contractId: id,
	idlePeriodId: id,
	idlePeriodReasonId: id,
	idlePeriodStartDate: '2026-05-01',
};
const BODY = { startDate: '2026-05-01', reasonId: 1 };

/** Runs the node. @returns the bodies that it sent, and the message when it failed */
async function run(parameters: INodeParameters) {
	const sent = catchRequests();
	let message = '';
	try {
		await runNode({ parameters });
	} catch (error) {
		message = (error as Error).message;
	}
	return { bodies: sent.map(({ body }) => body), message };
}

test.each([
	[
		'a duration',
		{ idlePeriodDuration: 2, idlePeriodDurationUnit: 'WEEK' },
		{ unlimited: false, termValue: 2, temporalUnit: 'WEEK' },
	],
	['no end', { idlePeriodUnlimited: true }, { unlimited: true }],
	[
		'an end date',
		{ idlePeriodLengthBy: 'endDate', idlePeriodEndDate: '2026-05-01' },
		{ unlimited: false, endDate: '2026-05-01' },
	],
] as Array<[string, INodeParameters, object]>)(
	'an idle period with %s sends only this about its length',
	async (_what, parameters, length) => {
		const { bodies, message } = await run({ ...idlePeriod, ...parameters });
		expect(message).toBe('');
		expect(bodies).toEqual([{ startDate: '2026-05-01', reasonId: 1210000001, ...length }]);
	},
);

test('an idle period cannot end before it starts', async () => {
	const parameters = { idlePeriodLengthBy: 'endDate', idlePeriodEndDate: '2026-04-30' };
	const { bodies, message } = await run({ ...idlePeriod, ...parameters });
	expect(message).toBe('"End Date" is before "Start Date"');
	expect(bodies).toEqual([]);
});

test('an idle period lasts at least one unit', async () => {
	const { bodies, message } = await run({ ...idlePeriod, idlePeriodDuration: 0 });
	expect(message).toContain('"Duration" must be at least 1');
	expect(bodies).toEqual([]);
});

test.each([
	[{}, /^"Duration" is missing.*"End Date".*"Unlimited"/],
	[{ unlimited: false }, /^"Duration" is missing/],
	[{ unlimited: null, termValue: null }, /^"Duration" is missing/],
	[{ termValue: 2 }, /^"Duration Unit" is missing/],
	[{ temporalUnit: 'WEEK' }, /^"Duration" is missing/],
	[
		{ unlimited: true, termValue: 2, temporalUnit: 'WEEK' },
		/^"Duration" and "Unlimited" cannot be used together/,
	],
	[
		{ unlimited: true, endDate: '2026-06-01' },
		/^"End Date" and "Unlimited" cannot be used together/,
	],
	[{ endDate: '2026-06-01', termValue: 2 }, /^"End Date" and "Duration" cannot be used together/],
	[{ endDate: '2026-04-01' }, /^"End Date" is before "Start Date"/],
])('%j as JSON is refused as the length of an idle period', async (length, wrong) => {
	const jsonBody = JSON.stringify({ ...BODY, ...length });
	const { bodies, message } = await run({ ...idlePeriod, specifyBody: 'json', jsonBody });
	expect(message).toMatch(wrong);
	expect(bodies).toEqual([]);
});

test.each(['createIdlePeriodAmendment', 'updateIdlePeriod', 'validateIdlePeriodRequest'])(
	'%s checks the length too',
	async (operation) => {
		const jsonBody = JSON.stringify(BODY);
		const parameters = { ...idlePeriod, operation, specifyBody: 'json', jsonBody };
		const { bodies, message } = await run(parameters);
		expect(message).toMatch(/^"Duration" is missing/);
		expect(message.includes('"End Date"')).toBe(operation === 'updateIdlePeriod');
		expect(bodies).toEqual([]);
	},
);

test('a new idle period sends its length too', async () => {
	const { bodies } = await run({
		...idlePeriod,
		operation: 'validateIdlePeriodRequest',
		idlePeriodDuration: 1,
		idlePeriodDurationUnit: 'MONTH',
	});
	expect(bodies).toEqual([
		{ startDate: '2026-05-01', unlimited: false, termValue: 1, temporalUnit: 'MONTH' },
	]);
});

test('a cancelation has the contract in the body, and the customer in the path', async () => {
	const { bodies } = await run({
		resource: 'membershipSelfService',
		operation: 'createContractCancelationAmendment',
		customerId: id,
		cancelationContractId: locator('1310000010'),
		cancelationDate: '2026-12-31T00:00:00+01:00',
		cancelationReasonId: locator('7'),
	});
	expect(bodies).toEqual([
		{ contractId: 1310000010, cancelationDate: '2026-12-31', cancelationReasonId: 7 },
	]);
});

test('a withdrawal from a contract sends a body only if it is entered as JSON', async () => {
	const parameters = {
		resource: 'membershipSelfService',
		operation: 'createContractWithdrawalAmendment',
		customerId: id,
		contractId: id,
	};
	expect((await run(parameters)).bodies).toEqual([undefined]);
	nock.cleanAll();
	const asJson = { ...parameters, specifyBody: 'json', jsonBody: '{"madeUp":1}' };
	expect((await run(asJson)).bodies).toEqual([{ madeUp: 1 }]);
});
