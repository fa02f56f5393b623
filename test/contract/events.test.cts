import { placesOf } from '../../nodes/PerfectGymNext/transport/path';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import documented from './events.json';
import { contractOf } from './operations.cts';

/** The catalogue uses the contract's and the node's names for these. */
const NAMES: Record<string, string> = { agencyDebtCollectionCaseId: 'agencyCollectionCaseId' };

test('the catalogue has every documented type once, sorted by name as n8n wants it', () => {
	expect(eventTypes.map(({ value }) => value).sort()).toEqual(
		documented.map(({ type }) => type).sort(),
	);
	const names = eventTypes.map(({ name }) => name);
	expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
	expect(new Set(names).size).toBe(44);
});

test('names begin with the word that groups them', () => {
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
	'$value is read with an operation of the contract, by IDs that it has',
	({ id, contentIds = [], entity }) => {
		const contract = contractOf.get(entity?.operation ?? '');
		expect(contract?.method).toBe('GET');
		const shape = (path = '') => path.replace(/\{\w+\}/g, '{}');
		expect(shape(entity?.path)).toBe(shape(contract?.path));
		for (const place of placesOf(entity?.path ?? '')) expect([id, ...contentIds]).toContain(place);
		if (entity?.query) {
			expect(contract?.parameters.map(({ name }) => name)).toContain(entity.query);
		}
	},
);

test('what is deleted is not asked for', () => {
	const unread = eventTypes.filter(({ entity }) => !entity).map(({ value }) => value);
	expect(unread.sort()).toEqual([
		'CUSTOMER_ACCESS_DISABLED',
		'CUSTOMER_DELETED',
		'EMPLOYEE_DELETED',
	]);
});
