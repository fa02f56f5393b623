import { eventTypes } from '../../../nodes/PerfectGymNext/trigger/events';
import type { EventEntry } from '../../../nodes/PerfectGymNext/trigger/payload';
import { toItems } from '../../../nodes/PerfectGymNext/trigger/items';

const STUDIO = { name: 'acme', baseUrl: 'https://acme.open-api.perfectgym.com' };
const UUID = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f';

function itemsOf(...payload: Array<Partial<EventEntry>>) {
	const entries = payload.map((entry) => ({ timestamp: 1642779144176, type: 'X', ...entry }));
	return toItems({ uuid: UUID, entityId: 77, payload: entries }, [], STUDIO).map(
		({ json }) => json,
	);
}

test('an item has the event, its time, its studio, and the ID under its documented name', () => {
	expect(itemsOf({ type: 'CUSTOMER_CREATED', content: { a: 1 } })).toEqual([
		{
			uuid: UUID,
			event: 'CUSTOMER_CREATED',
			occurredAt: '2022-01-21T15:32:24.176Z',
			entityId: 77,
			customerId: 77,
			studio: STUDIO,
			content: { a: 1 },
		},
	]);
});

test.each([
	['CLASS_SLOT_UPDATED', { classId: 5 }, { classSlotId: 77, classId: 5 }],
	['CLASS_BOOKING_CREATED', {}, { bookingId: 77 }],
	['CONTRACT_CANCELLED', { contractId: 5 }, { customerId: 77, contractId: 5 }],
	[
		'CONTRACT_IDLE_PERIOD_CREATED',
		{ contractId: 5, idlePeriodId: 6 },
		{ customerId: 77, contractId: 5, idlePeriodId: 6 },
	],
	['TAX_ADVISOR_EXPORT_CREATED', {}, { exportId: 77 }],
	['EMPLOYEE_UPDATED', {}, { employeeId: 77 }],
	['FINANCE_DEBT_COLLECTION_RUN_CREATED', {}, { debtCollectionRunId: 77 }],
])('%s with content %p has the IDs %p', (type, content, ids) => {
	expect(itemsOf({ type, content })[0]).toMatchObject(ids);
});

test.each([
	['that have a name in the content', { checkouts: [{ customerId: 1 }] }],
	['that are the content itself', [{ customerId: 1 }]],
])('automatic check-outs are read %s', (_how, content) => {
	expect(itemsOf({ type: 'AUTOMATIC_CUSTOMER_CHECKOUT', content })[0]).toMatchObject({
		studioId: 77,
		content: { checkouts: [{ customerId: 1 }] },
	});
});

test.each(['agencyCollectionCaseId', 'agencyDebtCollectionCaseId'])(
	'the ID of the case of an agency is read from %s',
	(name) => {
		const type = 'FINANCE_DEBT_COLLECTION_CASE_UPDATED';
		const [item] = itemsOf({ type, content: { [name]: 'A-5', collectionCaseId: 9 } });
		expect(item).toMatchObject({
			caseAdjustmentRequestId: 77,
			agencyCollectionCaseId: 'A-5',
			collectionCaseId: 9,
		});
	},
);

test('each entry of the payload is an item, in order', () => {
	const items = itemsOf({ type: 'CUSTOMER_CREATED' }, { type: 'CUSTOMER_UPDATED' });
	expect(items.map(({ event, uuid }) => [event, uuid])).toEqual([
		['CUSTOMER_CREATED', UUID],
		['CUSTOMER_UPDATED', UUID],
	]);
});

test('only the chosen types become items, or all types without a choice', () => {
	const payload = ['CUSTOMER_CREATED', 'SOMETHING_NEW'].map((type) => ({ timestamp: 0, type }));
	const eventsOf = (wanted: string[]) =>
		toItems({ uuid: UUID, entityId: 1, payload }, wanted, STUDIO).map(({ json }) => json.event);
	expect(eventsOf([])).toEqual(['CUSTOMER_CREATED', 'SOMETHING_NEW']);
	expect(eventsOf(['CUSTOMER_CREATED'])).toEqual(['CUSTOMER_CREATED']);
	expect(eventsOf(['CUSTOMER_DELETED'])).toEqual([]);
});

test('every known type has its documented IDs', () => {
	for (const { value, id, contentIds = [] } of eventTypes) {
		const content = Object.fromEntries(contentIds.map((name, index) => [name, 100 + index]));
		const [item] = itemsOf({ type: value, content });
		if (id) expect(item[id]).toBe(77);
		for (const [index, name] of contentIds.entries()) expect(item[name]).toBe(100 + index);
	}
});
