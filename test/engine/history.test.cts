import nock from 'nock';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { locator, runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const CUSTOMER = 1210000001;
const MS_PER_DAY = 86_400_000;
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 20 });
});
beforeEach(() => simulator.clearRequests());
afterAll(async () => {
	nock.restore();
	await simulator.close();
});

function day(daysAgo: number): string {
	return new Date(Date.now() - daysAgo * MS_PER_DAY).toISOString().slice(0, 10);
}

test.each(['getCustomersCheckinHistory', 'getCrossStudioCustomersCheckinHistory'])(
	'%s keeps visits without an id in a range of several years',
	async (operation) => {
		nock(HOST)
			.persist()
			.get(/checkin/)
			.query(true)
			.reply(200, (uri: string) => {
				const from = new URL(uri, HOST).searchParams.get('fromDate');
				const visit = { checkInDateTime: `${from}T10:00:00Z` };
				return { result: [visit, visit, { ...visit, studioId: 2 }, null], hasNext: false };
			});
		const output = await runNode({
			parameters: {
				resource: operation.includes('CrossStudio') ? 'crossStudio' : 'customer',
				operation,
				customerId: locator(CUSTOMER),
				returnAll: true,
				checkinFilters: { fromDate: day(500) },
			},
		});
		nock.cleanAll();
		const times = output.map(({ json }) => json.checkInDateTime).filter(Boolean);
		expect(times).toHaveLength(6);
		expect(new Set(times).size).toBe(2);
	},
);

/** @returns the ids of the visits in a range of dates */
async function visits(operation: string, checkinFilters: Record<string, string>) {
	const output = await runNode({
		parameters: {
			resource: operation.includes('CrossStudio') ? 'crossStudio' : 'customer',
			operation,
			customerId: locator(CUSTOMER),
			returnAll: true,
			checkinFilters,
		},
		credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey },
	});
	return output.map(({ json }) => json.checkinId);
}

/** Adds a visit. */
async function checkIn(daysAgo: number): Promise<void> {
	for (const [operation, field] of [
		['checkin', 'checkInDateTime'],
		['checkout', 'checkOutDateTime'],
	]) {
		await runNode({
			parameters: {
				resource: 'customer',
				operation,
				customerId: locator(CUSTOMER),
				specifyBody: 'fields',
				[`${operation}Fields`]: { [field]: `${day(daysAgo)}T10:00:00Z` },
			},
			credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey },
		});
	}
}

test.each(['getCustomersCheckinHistory', 'getCrossStudioCustomersCheckinHistory'])(
	'%s returns each visit of a range once, however long the range is',
	async (operation) => {
		for (const daysAgo of [365, 366, 730, 1200]) await checkIn(daysAgo);
		const whole = await visits(operation, {});
		expect(new Set(whole).size).toBe(whole.length);
		expect(await visits(operation, { fromDate: day(2000) })).toEqual(whole);
		const inTwoHalves = [
			...(await visits(operation, { fromDate: day(800), toDate: day(0) })),
			...(await visits(operation, { fromDate: day(2000), toDate: day(801) })),
		];
		expect([...inTwoHalves].sort()).toEqual([...whole].sort());
	},
);
