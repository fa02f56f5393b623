import { operations } from '../../nodes/PerfectGymNext/properties';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import documented from './events.json';
import { contractOf } from './contract.cts';

/** IDs with another name in the catalog of events, which uses the names of the contract. */
const NAMES: Record<string, string> = { agencyDebtCollectionCaseId: 'agencyCollectionCaseId' };

test('the catalog has every documented event once, sorted by name as n8n requires', () => {
	expect(eventTypes.map(({ value }) => value).sort()).toEqual(
		documented.map(({ type }) => type).sort(),
	);
	const names = eventTypes.map(({ name }) => name);
	expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	expect(new Set(names).size).toBe(44);
});

test('names begin with the record that the event is about', () => {
	const groups = eventTypes.map(({ name }) => name.split(' ')[0].replace(/s$/, ''));
	expect([...new Set(groups)]).toEqual([
		'Appointment',
		'Clas',
		'Contract',
		'Customer',
		'Device',
		'Employee',
		'Finance',
		'Studio',
	]);
});

test.each(eventTypes)('$value has the documented IDs', ({ value, id, contentIds = [] }) => {
	const facts = documented.find(({ type }) => type === value);
	expect(id ?? null).toBe(facts?.entityId);
	const ids = (facts?.content ?? []).filter((name) => name.endsWith('Id'));
	expect([...contentIds].sort()).toEqual(ids.map((name) => NAMES[name] ?? name).sort());
});

test.each(eventTypes.filter(({ entity }) => entity))(
	'$value: the entity is read with an operation of the contract, by IDs in the event',
	({ id, contentIds = [], entity }) => {
		const contract = contractOf.get(entity?.operation ?? '');
		expect(contract?.method).toBe('GET');
		for (const place of operations.get(entity?.operation ?? '').places) {
			expect([id, ...contentIds]).toContain(entity?.ids?.[place] ?? place);
		}
		if (entity?.query) {
			expect(contract?.parameters.map(({ name }) => name)).toContain(entity.query);
		}
	},
);

test('the entity of an event about a deletion is not read', () => {
	const unread = eventTypes.filter(({ entity }) => !entity).map(({ value }) => value);
	expect(unread.sort()).toEqual([
		'CUSTOMER_ACCESS_DISABLED',
		'CUSTOMER_DELETED',
		'EMPLOYEE_DELETED',
	]);
});
