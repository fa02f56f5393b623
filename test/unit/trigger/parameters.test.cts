import {
	readDropRepeats,
	readIncludeEntity,
	readRememberedEvents,
	readWantedTypes,
} from '../../../nodes/PerfectGymNext/trigger/parameters';

function typesOf(events: unknown, otherEvents?: unknown): string[] {
	return readWantedTypes({ events, options: { otherEvents } });
}

test.each<[string, unknown]>([
	['a list', ['CUSTOMER_CREATED', 'CUSTOMER_DELETED']],
	['text with commas', 'CUSTOMER_CREATED, CUSTOMER_DELETED'],
	['text in lower case', 'customer_created,customer_deleted'],
])('events are read from %s', (_how, entered) => {
	const expected = ['CUSTOMER_CREATED', 'CUSTOMER_DELETED'];
	expect(typesOf(entered)).toEqual(expected);
	expect(typesOf([], entered)).toEqual(expected);
});

test('text is one type, not the types whose names it contains', () => {
	expect(typesOf('CUSTOMER_CHECKIN_STUDIOS_UPDATED')).toEqual(['CUSTOMER_CHECKIN_STUDIOS_UPDATED']);
});

test('other types are added to those that were chosen', () => {
	expect(typesOf(['CUSTOMER_CREATED'], 'CONTRACT_REVERSED')).toEqual([
		'CUSTOMER_CREATED',
		'CONTRACT_REVERSED',
	]);
});

test.each([[undefined], [null], [''], [[]]])('%p stands for all events', (entered) => {
	expect(typesOf(entered, entered)).toEqual([]);
});

test.each<[unknown]>([[5], [{}], [[{}]], [['CUSTOMER CREATED']], ['…'], ['A'.repeat(101)]])(
	'%p is refused as a type, with the name of the field',
	(entered) => {
		expect(() => typesOf(entered)).toThrow(/^"Trigger On" must be (text|types such as)/);
		expect(() => typesOf([], entered)).toThrow(/^"Other Event Types" must be (text|types such as)/);
	},
);

test.each<[unknown, boolean]>([
	[true, true],
	['true', true],
	[false, false],
	['false', false],
	[undefined, false],
	['', false],
])('Include Details of %p is %p', (entered, expected) => {
	expect(readIncludeEntity(entered)).toBe(expected);
});

test.each<[unknown, boolean]>([
	[{}, true],
	[undefined, true],
	[{ deduplicate: true }, true],
	[{ deduplicate: false }, false],
	[{ deduplicate: 'false' }, false],
	[{ deduplicate: '' }, true],
])('with the options %p, repeats are dropped: %p', (options, expected) => {
	expect(readDropRepeats(options)).toBe(expected);
});

test.each<[unknown, number]>([
	[undefined, 10_000],
	[{}, 10_000],
	[{ rememberedEvents: '' }, 10_000],
	[{ rememberedEvents: 5 }, 5],
	[{ rememberedEvents: '5' }, 5],
	// Not a field of its own, but one that every object has.
	[Object.create({ rememberedEvents: 5 }), 10_000],
])('with the options %p, %d events are remembered', (options, expected) => {
	expect(readRememberedEvents(options)).toBe(expected);
});

test.each<[unknown]>([[0], [-5], ['abc'], [[]], [[5]], [{}], [true], [1.5], [Infinity]])(
	'Events to Remember of %p is refused',
	(rememberedEvents) => {
		expect(() => readRememberedEvents({ rememberedEvents })).toThrow(
			/^"Events to Remember" must be/,
		);
	},
);

test.each<[unknown]>([['all'], [5], [[1]], [true]])('options of %p are refused', (options) => {
	expect(() => readDropRepeats(options)).toThrow('"Options" must be an object with fields');
});
