import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { studiosCredential } from '../studiosCredential.cts';
import { PollingWorkflow } from './pollingHarness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 700 });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

let count = 0;

/** @returns a workflow that has polled once */
async function begun(parameters: INodeParameters): Promise<PollingWorkflow> {
	const workflow = unbegun(parameters);
	expect(await workflow.poll()).toEqual([]);
	simulator.clearRequests();
	return workflow;
}

function unbegun(parameters: INodeParameters): PollingWorkflow {
	const { baseUrl, apiKey } = simulator;
	return new PollingWorkflow({ parameters, credential: { baseUrl, apiKey } }, String(++count));
}

const customerIds = (items: IDataObject[]) => items.map(({ customerId }) => customerId);
const requests = () => simulator.requests.length;
const beforeAndAfter = () => ({
	before: expect.any(String) as string,
	after: expect.any(String) as string,
});

describe('New Customer', () => {
	it('outputs members who were created since the last poll, once, with one request', async () => {
		const workflow = await begun({ event: 'newCustomer' });
		expect(await workflow.poll()).toEqual([]);
		expect(requests()).toBe(1);

		const { newMembers } = simulator.change({ newMembers: 3, newProspects: 2 });

		const items = await workflow.poll();
		expect(customerIds(items)).toEqual(newMembers);
		expect(items[0]).toMatchObject({
			id: expect.stringMatching(/^[\w-]{22}$/) as string,
			event: 'newCustomer',
			studio: { name: new URL(simulator.baseUrl).host, baseUrl: simulator.baseUrl },
			status: 'MEMBER',
			firstName: expect.any(String) as string,
		});
		expect(await workflow.poll()).toEqual([]);
	});

	it('reads on over several chunks', async () => {
		const workflow = await begun({ event: 'newCustomer' });
		const { newMembers } = simulator.change({ newMembers: 1100 });
		expect(customerIds(await workflow.poll())).toEqual(newMembers);
		simulator.clearRequests();
		expect(await workflow.poll()).toEqual([]);
		expect(requests()).toBe(1);
	});

	it.each([
		['PROSPECT', ['newProspects']],
		['BOTH', ['newProspects', 'newMembers']],
	] as const)('outputs %s', async (customers, kinds) => {
		const workflow = await begun({ event: 'newCustomer', customers });
		const changed = simulator.change({ newMembers: 2, newProspects: 3 });
		const items = await workflow.poll();
		expect(customerIds(items)).toEqual(kinds.flatMap((kind) => changed[kind]));
		expect(await workflow.poll()).toEqual([]);
	});

	it.each([
		['inclusive', 0],
		['exclusive', 1],
	])('finds each new customer once when the offset is %s', async (_name, after) => {
		const all = Array.from({ length: 1200 }, (_, index) => ({ id: index + 1 }));
		let visible = 1000;
		const answer = ({ qs = {} }: { qs?: IDataObject }) => {
			const from = Number(qs.offset ?? 0) + (qs.offset === undefined ? 1 : after);
			const rest = all.slice(0, visible).filter(({ id }) => id >= from);
			const result = rest.slice(0, 500);
			const offset = String(result.at(-1)?.id ?? Number(qs.offset));
			return { result, hasNext: rest.length > 500, offset };
		};
		const workflow = unbegun({ event: 'newCustomer' });
		expect(await workflow.poll({ answer })).toEqual([]);
		const found: unknown[] = [];
		for (visible = 1001; visible <= 1200; visible += 33) {
			found.push(...customerIds(await workflow.poll({ answer })));
			expect(await workflow.poll({ answer })).toEqual([]);
		}
		expect(found).toEqual(all.slice(1000, visible - 33).map(({ id }) => id));
	});

	it('finds a customer whose ID becomes visible after a higher one', async () => {
		const listed = (...ids: number[]) => ({
			answer: () => ({ result: ids.map((id) => ({ id })), hasNext: false, offset: '9' }),
		});
		const workflow = unbegun({ event: 'newCustomer' });
		await workflow.poll(listed(1, 2));
		expect(customerIds(await workflow.poll(listed(1, 2, 5)))).toEqual([5]);
		expect(customerIds(await workflow.poll(listed(1, 2, 4, 5)))).toEqual([4]);
	});

	it('does not take customers for new whom one answer left out', async () => {
		const workflow = await begun({ event: 'newCustomer' });
		simulator.injectFault({ kind: 'shortList' });
		expect(await workflow.poll()).toEqual([]);
		const { newMembers } = simulator.change({ newMembers: 1 });
		expect(customerIds(await workflow.poll())).toEqual(newMembers);
	});

	it('outputs all customers at the first poll with Emit Existing, and only then', async () => {
		const options = { emitExisting: true };
		const workflow = unbegun({ event: 'newCustomer', options });
		expect((await workflow.poll()).length).toBeGreaterThan(500);
		expect(await workflow.poll()).toEqual([]);
	});
});

describe('Customer Changed', () => {
	it('outputs what watched fields were and are', async () => {
		const workflow = await begun({ event: 'customerChanged' });
		const { newEmails } = simulator.change({ newEmails: 2, newMembers: 1 });

		const items = await workflow.poll();

		expect(customerIds(items).reverse()).toEqual(newEmails);
		for (const { changes, email } of items) {
			expect(changes).toEqual({ email: { before: expect.anything() as string, after: email } });
		}
		expect(await workflow.poll()).toEqual([]);
	});

	it('ignores fields that are not watched', async () => {
		const workflow = await begun({ event: 'customerChanged', watchedFields: ['firstName'] });
		simulator.change({ newEmails: 2 });
		expect(await workflow.poll()).toEqual([]);
	});

	it('starts anew when other fields are watched, or the studio has another key', async () => {
		const workflow = await begun({ event: 'customerChanged', watchedFields: ['firstName'] });
		const parameters = { event: 'customerChanged', watchedFields: ['firstName', 'email'] };
		expect(await workflow.poll({ parameters })).toEqual([]);
		simulator.change({ newEmails: 1 });
		expect(await workflow.poll({ parameters })).toHaveLength(1);

		const { baseUrl } = simulator;
		simulator.setStudios([{ name: 'Other', apiKey: 'other-key', customers: 60 }]);
		const credential = { baseUrl, apiKey: 'other-key' };
		expect(await workflow.poll({ parameters, credential })).toEqual([]);
	});

	it('keeps what it knows of customers whom one answer left out', async () => {
		const workflow = await begun({ event: 'customerChanged' });
		const { newEmails } = simulator.change({ newEmails: 1 });
		simulator.injectFault({ kind: 'shortList' });
		expect(await workflow.poll()).toEqual([]);
		expect(workflow.warnings).toEqual([
			expect.stringMatching(
				/^"Poll" in the workflow ".*": PerfectGym Next no longer lists \d+ of 60\d records/,
			),
		]);
		expect(customerIds(await workflow.poll())).toEqual(newEmails);
	});

	it('keeps a hash of a long value, and gives null for what it was', async () => {
		const long = 'x'.repeat(1000);
		const listed = (email: string) => ({
			answer: () => ({ result: [{ id: 5, email, status: 'MEMBER' }], hasNext: false, offset: '5' }),
		});
		const workflow = unbegun({ event: 'customerChanged', watchedFields: ['email'] });
		expect(await workflow.poll(listed(long))).toEqual([]);
		expect(JSON.stringify(workflow.staticData)).not.toContain('xxx');
		expect(await workflow.poll(listed(long))).toEqual([]);
		const [{ changes }] = await workflow.poll(listed('b@example.com'));
		expect(changes).toEqual({ email: { before: null, after: 'b@example.com' } });
	});

	it('requires a field to watch', async () => {
		const workflow = unbegun({ event: 'customerChanged', watchedFields: [] });
		await expect(workflow.poll()).rejects.toThrow('"Fields to Watch" is missing');
	});
});

describe('Customer Gone', () => {
	it('outputs members who are no longer listed', async () => {
		const workflow = await begun({ event: 'customerGone' });
		const { formerMembers } = simulator.change({ formerMembers: 2, newMembers: 1 });
		const items = await workflow.poll();
		expect(items).toEqual(
			formerMembers.map((customerId): unknown =>
				expect.objectContaining({ customerId, event: 'customerGone', reason: 'notListed' }),
			),
		);
		expect(await workflow.poll()).toEqual([]);
	});

	it('outputs a former member once who is still listed, with the record', async () => {
		const listed = (...statuses: string[]) => ({
			answer: () => ({
				result: statuses.map((status, index) => ({ id: index + 1, status, firstName: 'Ada' })),
				hasNext: false,
				offset: '3',
			}),
		});
		const workflow = unbegun({ event: 'customerGone' });
		await workflow.poll(listed('MEMBER', 'MEMBER', 'FORMER_MEMBER'));
		const after = ['MEMBER', 'FORMER_MEMBER', 'FORMER_MEMBER'];
		expect(await workflow.poll(listed(...after))).toEqual([
			expect.objectContaining({ customerId: 2, reason: 'formerMember', firstName: 'Ada' }),
		]);
		expect(await workflow.poll(listed(...after))).toEqual([]);
		expect(await workflow.poll(listed('MEMBER', 'FORMER_MEMBER'))).toEqual([]);
	});

	it('does not take a prospect for gone who becomes a member, unless only prospects count', async () => {
		const both = await begun({ event: 'customerGone', customers: 'BOTH' });
		const prospects = await begun({ event: 'customerGone', customers: 'PROSPECT' });
		const { joiningProspects } = simulator.change({ joiningProspects: 1 });
		expect(await both.poll()).toEqual([]);
		expect(customerIds(await prospects.poll())).toEqual(joiningProspects);
	});

	it('believes a list that has shrunk by more than half when it sees it twice', async () => {
		const workflow = await begun({ event: 'customerGone' });
		simulator.injectFault({ kind: 'shortList', times: 3 });
		expect(await workflow.poll()).toEqual([]);
		expect(workflow.warnings).toHaveLength(1);
		const gone = await workflow.poll();
		expect(gone.length).toBeGreaterThan(400);
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
		expect(workflow.warnings).toHaveLength(1);
	});

	it('forgets a list that has shrunk once', async () => {
		const workflow = await begun({ event: 'customerGone' });
		simulator.injectFault({ kind: 'shortList' });
		expect(await workflow.poll()).toEqual([]);
		expect(await workflow.poll()).toEqual([]);
		simulator.injectFault({ kind: 'shortList' });
		expect(await workflow.poll()).toEqual([]);
		const { formerMembers } = simulator.change({ formerMembers: 1 });
		expect(customerIds(await workflow.poll())).toEqual(formerMembers);
	});
});

describe('Customer Gone, where the list has former members', () => {
	const listed = (...ids: number[]) => ({
		answer: () => ({
			result: ids.map((id) => ({ id, status: id > 6 ? 'FORMER_MEMBER' : 'MEMBER' })),
			hasNext: false,
			offset: '10',
		}),
	});
	const all = listed(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

	it('outputs none of them again after a list that was cut short', async () => {
		const workflow = unbegun({ event: 'customerGone' });
		await workflow.poll(all);
		expect(await workflow.poll(listed(1, 2, 3, 4))).toEqual([]);
		expect(await workflow.poll(all)).toEqual([]);
	});

	it('outputs only the others when the list stays short', async () => {
		const workflow = unbegun({ event: 'customerGone' });
		await workflow.poll(all);
		await workflow.poll(listed(1, 2, 3, 4));
		expect(customerIds(await workflow.poll(listed(1, 2, 3, 4)))).toEqual([5, 6]);
	});
});

describe('Class Slot Changed', () => {
	describe('at a certain time', () => {
		const slot = (id: number, startDateTime: string, more: object = {}) => ({
			id,
			startDateTime,
			endDateTime: startDateTime.replace(':00:00', ':59:00'),
			...more,
		});
		const listed = (...result: object[]) => ({
			answer: () => ({ result, hasNext: false, offset: '0' }),
		});
		const at = (time: string) => jest.spyOn(Date, 'now').mockReturnValue(new Date(time).getTime());
		afterEach(() => jest.restoreAllMocks());

		it('does not take slots for canceled that end today where the studio is', async () => {
			const workflow = unbegun({ event: 'classSlotChanged' });
			const tomorrow = slot(2, '2030-01-16T09:00:00+00:00');
			at('2030-01-15T22:50:00Z');
			await workflow.poll(listed(slot(1, '2030-01-15T23:30:00+00:00'), tomorrow));
			// In the workflow's time zone, Berlin, the next day has begun, and the list begins with it.
			at('2030-01-15T23:10:00Z');
			expect(await workflow.poll(listed(tomorrow))).toEqual([]);
		});

		it('outputs a slot that was postponed shortly before it began', async () => {
			const workflow = unbegun({ event: 'classSlotChanged' });
			at('2030-01-15T09:00:00Z');
			await workflow.poll(listed(slot(1, '2030-01-15T10:00:00+00:00')));
			at('2030-01-15T10:00:05Z');
			expect(await workflow.poll(listed(slot(1, '2030-01-15T11:00:00+00:00')))).toMatchObject([
				{ classSlotId: 1, changes: { startDateTime: { after: '2030-01-15T11:00:00+00:00' } } },
			]);
		});

		it('outputs a slot once that is in two chunks', async () => {
			const workflow = unbegun({ event: 'classSlotChanged' });
			at('2030-01-15T09:00:00Z');
			const free = { maxParticipants: 10, bookedParticipants: 9 };
			const full = { maxParticipants: 10, bookedParticipants: 10 };
			const start = '2030-01-16T10:00:00+00:00';
			await workflow.poll(listed(slot(1, start, free), slot(2, start, free)));
			const twice = [slot(1, start, full), slot(2, start, full), slot(2, start, full)];
			expect(await workflow.poll(listed(...twice))).toHaveLength(2);
		});

		it('gives a repeat the same ID, although a poll that was not stored came between', async () => {
			const workflow = unbegun({ event: 'classSlotChanged' });
			at('2030-01-15T09:00:00Z');
			const taken = (bookedParticipants: number) =>
				listed(slot(1, '2030-01-16T10:00:00+00:00', { maxParticipants: 10, bookedParticipants }));
			await workflow.poll(taken(5));
			const stored = structuredClone(workflow.staticData);
			await workflow.poll(taken(7));
			const [first] = await workflow.poll(taken(10));
			workflow.staticData = stored;
			const [repeated] = await workflow.poll(taken(10));
			expect(repeated.id).toBe(first.id);
		});
	});

	it('outputs slots that become full, and slots that have a free place again', async () => {
		const workflow = await begun({ event: 'classSlotChanged' });
		const { filledSlots } = simulator.change({ filledSlots: 2 });
		expect(await workflow.poll()).toEqual(
			filledSlots.map((classSlotId): unknown =>
				expect.objectContaining({
					classSlotId,
					changes: { freePlaces: { before: expect.any(Number) as number, after: 0 } },
				}),
			),
		);
		const { freedSlots } = simulator.change({ freedSlots: 1 });
		const [item] = await workflow.poll();
		expect(item).toMatchObject({
			classSlotId: freedSlots[0],
			changes: { freePlaces: { before: 0, after: 1 } },
		});
		expect(await workflow.poll()).toEqual([]);
	});

	it.each([
		['canceledSlots', { canceled: { before: false, after: true } }],
		['movedSlots', { startDateTime: beforeAndAfter(), endDateTime: beforeAndAfter() }],
		['newTrainers', { instructors: { before: expect.any(Array) as string[], after: ['Zoë'] } }],
	] as const)('outputs %s with the title of the class', async (kind, changes) => {
		const workflow = await begun({ event: 'classSlotChanged' });
		const [classSlotId] = simulator.change({ [kind]: 1 })[kind];
		const title = expect.any(String) as string;
		expect(await workflow.poll()).toEqual([
			expect.objectContaining({
				classSlotId,
				changes,
				classInformation: { id: expect.any(Number) as number, title },
			}),
		]);
		expect(await workflow.poll()).toEqual([]);
	});

	it('does not take a slot for canceled that is over', async () => {
		const slot = (id: number, hours: number) => ({
			id,
			startDateTime: new Date(Date.now() + hours * 3_600_000).toISOString(),
			endDateTime: new Date(Date.now() + (hours + 1) * 3_600_000).toISOString(),
		});
		const listed = (...result: object[]) => ({
			answer: () => ({ result, hasNext: false, offset: '0' }),
		});
		const [over, next, later] = [slot(1, -1), slot(2, 1), slot(3, 2)];
		const workflow = unbegun({ event: 'classSlotChanged' });
		await workflow.poll(listed(over, next, later));
		expect(await workflow.poll(listed(next, later))).toEqual([]);
		expect(await workflow.poll(listed(next))).toMatchObject([{ classSlotId: 3 }]);
	});

	it('outputs only the changes that were chosen', async () => {
		const workflow = await begun({ event: 'classSlotChanged', slotChanges: ['freePlace'] });
		simulator.change({ filledSlots: 1 });
		expect(await workflow.poll()).toEqual([]);
		simulator.change({ freedSlots: 1 });
		expect(await workflow.poll()).toHaveLength(1);
	});
});

describe('Utilization Crosses a Threshold', () => {
	it.each([
		[
			'above',
			[59, 60, 56, 60, 54, 60],
			[undefined, 'above', undefined, undefined, undefined, 'above'],
		],
		[
			'below',
			[60, 59, 63, 59, 65, 59],
			[undefined, 'below', undefined, undefined, undefined, 'below'],
		],
		['both', [59, 60, 56, 54, 60], [undefined, 'above', undefined, 'below', 'above']],
	])('%s is output once until the share has gone back', async (direction, shares, crossed) => {
		const workflow = unbegun({ event: 'utilizationCrossed', threshold: 60, direction });
		const found: unknown[] = [];
		for (const value of shares) {
			const [item] = await workflow.poll({ answer: () => ({ capacity: 100, count: value }) });
			found.push(item?.crossed);
		}
		expect(found).toEqual(crossed);
	});

	it.each([
		['above', 5, [0, 10, 0, 10], [undefined, 'above', undefined, 'above']],
		['below', 100, [100, 90, 100, 90], [undefined, 'below', undefined, 'below']],
	])('%s a threshold of %d goes back at the end of the scale', async (...row) => {
		const [direction, threshold, shares, crossed] = row;
		const workflow = unbegun({ event: 'utilizationCrossed', threshold, direction });
		const found: unknown[] = [];
		for (const value of shares) {
			const [item] = await workflow.poll({ answer: () => ({ capacity: 100, count: value }) });
			found.push(item?.crossed);
		}
		expect(found).toEqual(crossed);
	});

	it('needs the capacity', async () => {
		const workflow = unbegun({ event: 'utilizationCrossed' });
		await expect(workflow.poll({ answer: () => ({ count: 5 }) })).rejects.toThrow(/no capacity/);
	});
});

describe('what an expression gives', () => {
	it.each([
		[{ event: 'customerGone', customers: '={{ "" }}' }, '"Customers" is missing'],
		[{ event: 'classSlotChanged', daysAhead: '={{ "" }}' }, '"Days Ahead" is missing'],
		[{ event: 'utilizationCrossed', direction: '={{ "" }}' }, '"Direction" is missing'],
		[
			{ event: 'customerChanged', watchedFields: '={{ ["Email"] }}' },
			'"Fields to Watch" contains Email, which is not a field of customers',
		],
	])('is refused by the name of the field: %j', async (parameters, message) => {
		const workflow = unbegun(parameters);
		await expect(workflow.poll()).rejects.toThrow(message);
		expect(requests()).toBe(0);
	});
});

describe('Emit Existing', () => {
	it('outputs all records once, and not again for other settings', async () => {
		const options = { emitExisting: true };
		const workflow = unbegun({ event: 'customerChanged', watchedFields: ['email'], options });
		expect((await workflow.poll()).length).toBeGreaterThan(400);
		const { baseUrl, apiKey } = simulator;
		const parameters = { event: 'customerChanged', watchedFields: ['email', 'status'], options };
		expect(await workflow.poll({ parameters, credential: { baseUrl, apiKey } })).toEqual([]);
	});
});

test('a list that ends with an empty answer in the middle is not compared', async () => {
	const workflow = unbegun({ event: 'customerGone' });
	const first = { result: [{ id: 1, status: 'MEMBER' }], hasNext: true, offset: '1' };
	const second = { result: [{ id: 2, status: 'MEMBER' }], hasNext: false, offset: '2' };
	const pages = (last: unknown) => ({
		answer: ({ qs }: { qs?: IDataObject }) => (qs?.offset === undefined ? first : last),
	});
	await workflow.poll(pages(second));
	await expect(workflow.poll(pages(''))).rejects.toThrow('did not return a list');
	expect(await workflow.poll(pages(second))).toEqual([]);
});

describe('every choice', () => {
	const choices = [
		...['newCustomer', 'customerChanged', 'customerGone'],
		...['classSlotChanged', 'utilizationCrossed'],
	];

	it.each(choices)('%s fetches one test event and changes no state', async (event) => {
		const workflow = unbegun({ event });
		const items = await workflow.poll({ mode: 'manual' });
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({ event, id: expect.any(String) as string });
		expect(workflow.stateSize).toBeLessThan(50);
	});

	it.each(choices)('%s keeps its state when a poll fails', async (event) => {
		const workflow = await begun({ event, customers: 'BOTH' });
		const before = structuredClone(workflow.staticData);
		const changed = { newMembers: 1, newEmails: 1, formerMembers: 1, filledSlots: 1, visitors: 60 };
		simulator.change(changed);
		simulator.injectFault({ kind: 'status', status: 403 });
		await expect(workflow.poll()).rejects.toThrow();
		expect(workflow.staticData).toEqual(before);
		expect(await workflow.poll()).not.toEqual([]);
	});

	it.each(choices)('%s repeats a change with the same ID after a crash', async (event) => {
		const workflow = await begun({ event });
		simulator.change({
			newMembers: 2,
			newEmails: 1,
			formerMembers: 1,
			filledSlots: 1,
			visitors: 60,
		});
		const before = workflow.staticData;
		const ids = (await workflow.poll()).map(({ id }) => id);
		expect(ids).not.toEqual([]);
		// The state of the poll was lost.
		workflow.staticData = before;
		expect((await workflow.poll()).map(({ id }) => id)).toEqual(ids);
	});
});

it('polls one studio of a chain, and names it in the items', async () => {
	simulator.setStudios([
		{ name: 'North', apiKey: 'key-of-north', customers: 60 },
		{ name: 'South', apiKey: 'key-of-south', customers: 60 },
	]);
	const { baseUrl } = simulator;
	const credential = studiosCredential([
		{ name: 'North', baseUrl, apiKey: 'key-of-north' },
		{ name: 'South', baseUrl, apiKey: 'key-of-south' },
	]);
	const parametersOf = (studio: string) => ({
		event: 'newCustomer',
		authentication: 'studios',
		studio: { __rl: true, mode: 'name', value: studio },
	});
	const workflow = new PollingWorkflow({ parameters: parametersOf('South'), credential }, 'chain');
	expect(await workflow.poll()).toEqual([]);
	simulator.change({ newMembers: 1, studio: 'North' });
	const { newMembers } = simulator.change({ newMembers: 1, studio: 'South' });
	const items = await workflow.poll();
	expect(items).toMatchObject([{ customerId: newMembers[0], studio: { name: 'South', baseUrl } }]);
	// Another studio starts anew.
	expect(await workflow.poll({ parameters: parametersOf('North') })).toEqual([]);
	const nobody = { parameters: parametersOf('West') };
	await expect(workflow.poll(nobody)).rejects.toThrow('no studio with the name "West"');
});

it('waits as long as a 429 says, and repeats after a 503', async () => {
	const workflow = await begun({ event: 'customerChanged' });
	const { newEmails } = simulator.change({ newEmails: 1 });
	simulator.injectFault({ kind: 'rateLimit', retryAfter: 1 });
	simulator.injectFault({ kind: 'unavailable', after: 1 });
	expect(customerIds(await workflow.poll())).toEqual(newEmails);
});

/** Answers with chunks of a list of members. */
function listOf(length: number) {
	let sent = 0;
	return {
		answer({ qs = {} }: { qs?: IDataObject }) {
			sent += 1;
			const start = Number(qs.offset ?? 0);
			const count = Math.min(500, length - start);
			const result = Array.from({ length: count }, (_, i) => ({
				id: start + i + 1,
				firstName: 'Ada',
				lastName: `Sample ${i}`,
				email: `ada.sample.${i}@example.com`,
				phonePrivateMobile: '+49 000 1234567',
				status: 'MEMBER',
			}));
			return { result, hasNext: start + count < length, offset: String(start + count) };
		},
		sent: () => sent,
	};
}

describe('a long list', () => {
	const events = ['newCustomer', 'customerChanged', 'customerGone'];

	it.each(events)(
		'of 100,000 customers is compared by %s, and a longer one refused',
		async (event) => {
			const workflow = unbegun({ event });
			await expect(workflow.poll(listOf(100_001))).rejects.toThrow(
				'The list has more than 100,000 records',
			);
			expect(workflow.staticData).not.toHaveProperty(['node:Poll', 'state']);
			const list = listOf(100_000);
			expect(await workflow.poll(list)).toEqual([]);
			expect(list.sent()).toBe(200);
			expect(await workflow.poll(listOf(100_000))).toEqual([]);
		},
	);

	it.each([
		['newCustomer', 10_000],
		['customerGone', 110_000],
		['customerChanged', 5_500_000],
	])('of 50,000 takes %s at most %d characters of state', async (event, size) => {
		const workflow = unbegun({ event });
		await workflow.poll(listOf(50_000));
		expect(workflow.stateSize).toBeLessThan(size);
	});
});

it('uses a tenth of the requests of a minute at most', async () => {
	const options = { requestsPerMinute: 100, maxWait: 0 };
	const workflow = unbegun({ event: 'customerGone', options });
	const list = listOf(50_001);
	await expect(workflow.poll(list)).rejects.toThrow('The rate limit is reached');
	expect(list.sent()).toBe(100);
});

it('does not wait for the requests of other nodes', async () => {
	const options = { requestsPerMinute: 1, maxWait: 0 };
	for (const event of ['customerGone', 'newCustomer']) {
		const workflow = unbegun({ event, options, customers: 'PROSPECT' });
		expect(await workflow.poll()).toEqual([]);
		await expect(workflow.poll()).rejects.toThrow('The rate limit is reached');
	}
});

it('counts repeats', async () => {
	const options = { requestsPerMinute: 2, maxWait: 10 };
	const workflow = unbegun({ event: 'utilizationCrossed', options });
	simulator.injectFault({ kind: 'unavailable', times: 5 });
	await expect(workflow.poll()).rejects.toThrow('The rate limit is reached');
	expect(requests()).toBe(2);
});

it('gives the same change an ID of its own each time it happens', async () => {
	const workflow = unbegun({ event: 'utilizationCrossed', direction: 'both' });
	const ids: unknown[] = [];
	for (const visitors of [50, 90, 50, 90, 50]) {
		const [item] = await workflow.poll({ answer: () => ({ capacity: 100, count: visitors }) });
		if (item) ids.push(item.id);
	}
	expect(new Set(ids).size).toBe(4);
});

it('gives a new customer the same ID whenever the node starts anew', async () => {
	const parameters = { event: 'newCustomer', options: { emitExisting: true } };
	const [first, second] = await Promise.all([1, 2].map(() => unbegun(parameters).poll()));
	expect(first.map(({ id }) => id)).toEqual(second.map(({ id }) => id));
});

it('leaves a poll out while the last one goes on', async () => {
	const workflow = await begun({ event: 'newCustomer' });
	simulator.change({ newMembers: 1 });
	simulator.injectFault({ kind: 'slow', delayMs: 300 });
	const first = workflow.poll();
	expect(await workflow.poll()).toEqual([]);
	expect(await first).toHaveLength(1);
	expect(requests()).toBe(1);
});

it.each([
	['simplified', { customerNumber: expect.any(String) as string }, 'zipCode'],
	[
		'flat',
		{ studio_name: expect.any(String) as string, preferredLanguage_languageCode: 'de' },
		'studio',
	],
])('outputs records in %s form', async (output, wanted, missing) => {
	const workflow = await begun({ event: 'newCustomer', output });
	simulator.change({ newMembers: 1 });
	const [item] = await workflow.poll();
	expect(item).toMatchObject({ event: 'newCustomer', ...wanted });
	expect(item).not.toHaveProperty(missing);
});
