import fc from 'fast-check';

import { readEvent } from '../../../nodes/PerfectGymNext/trigger/payload';

// Many values: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const ENTRY = { timestamp: 1642779144176, type: 'CUSTOMER_CREATED', content: {} };
const EVENT = { entityId: 7893459, uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f', payload: [ENTRY] };

test('a documented event is read', () => {
	expect(readEvent(EVENT)).toEqual(EVENT);
});

test('unknown properties are left out', () => {
	const body = { ...EVENT, new: { deep: [1] }, payload: [{ ...ENTRY, other: true }] };
	expect(readEvent(body)).toEqual(EVENT);
});

test('an unknown type is read', () => {
	const payload = [{ ...ENTRY, type: 'SOMETHING_NEW_2' }];
	expect(readEvent({ ...EVENT, payload })).toEqual({ ...EVENT, payload });
});

test.each([
	['nothing', undefined],
	['an empty object', {}],
])('content can be %s', (_what, content) => {
	expect(readEvent({ ...EVENT, payload: [{ ...ENTRY, content }] })).toMatchObject({
		uuid: EVENT.uuid,
	});
});

test('content can be a list of objects, as for automatic check-outs', () => {
	const payload = [{ ...ENTRY, content: [{ customerId: 1 }] }];
	expect(readEvent({ ...EVENT, payload })).toEqual({ ...EVENT, payload });
});

test('the only type without an entity does not need an ID', () => {
	const payload = [{ ...ENTRY, type: 'FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED' }];
	const { entityId, ...rest } = EVENT;
	expect(readEvent({ ...rest, payload })).toMatchObject({ entityId: null });
	expect(readEvent({ ...rest, entityId: null, payload })).toMatchObject({ entityId: null });
	expect(readEvent({ ...rest, entityId, payload })).toMatchObject({ entityId });
});

test.each([
	['a type that is newer than this version', ['SOMETHING_NEW_2']],
	['types without an ID', ['SOMETHING_NEW_2', 'FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED']],
])('an event of %s does not need an ID', (_what, types) => {
	const payload = types.map((type) => ({ ...ENTRY, type }));
	const { entityId, ...rest } = EVENT;
	expect(readEvent({ ...rest, payload })).toMatchObject({ entityId: null });
	expect(readEvent({ ...rest, entityId: null, payload })).toMatchObject({ entityId: null });
	expect(readEvent({ ...rest, entityId, payload })).toMatchObject({ entityId });
});

test('content of a type that is newer than this version can have any numbers', () => {
	const payload = [{ ...ENTRY, type: 'SOMETHING_NEW_2', content: { contractId: 2 ** 60 } }];
	expect(readEvent({ ...EVENT, payload })).toEqual({ ...EVENT, payload });
});

test.each([
	['null as the body', null, 'object'],
	['a list as the body', [EVENT], 'object'],
	['text as the body', 'text', 'object'],
	['no uuid', { ...EVENT, uuid: undefined }, 'uuid'],
	['a uuid that is a number', { ...EVENT, uuid: 5 }, 'uuid'],
	['an empty uuid', { ...EVENT, uuid: '' }, 'uuid'],
	['a uuid that is too long', { ...EVENT, uuid: 'a'.repeat(65) }, 'uuid'],
	['a uuid with other characters', { ...EVENT, uuid: "a' OR 1=1" }, 'uuid'],
	['no entityId', { ...EVENT, entityId: undefined }, 'entityId'],
	['an entityId that is null', { ...EVENT, entityId: null }, 'entityId'],
	['an entityId that is text', { ...EVENT, entityId: '7893459' }, 'entityId'],
	['an entityId that is a fraction', { ...EVENT, entityId: 1.5 }, 'entityId'],
	['an entityId beyond 2^53', { ...EVENT, entityId: 2 ** 53 }, 'entityId'],
	[
		'no entityId for one of its types',
		{ ...EVENT, entityId: null, payload: [ENTRY, { ...ENTRY, type: 'SOMETHING_NEW_2' }] },
		'entityId',
	],
	[
		'an ID beyond 2^53 in its content',
		{
			...EVENT,
			payload: [{ ...ENTRY, type: 'CONTRACT_CREATED', content: { contractId: 2 ** 53 } }],
		},
		'payload[0].content.contractId',
	],
	['no payload', { ...EVENT, payload: undefined }, 'payload'],
	['a payload that is not a list', { ...EVENT, payload: ENTRY }, 'payload'],
	['too many entries', { ...EVENT, payload: Array(1001).fill(ENTRY) }, 'payload'],
	['an entry that is text', { ...EVENT, payload: ['x'] }, 'payload[0]'],
	['an entry that is null', { ...EVENT, payload: [ENTRY, null] }, 'payload[1]'],
	['no type', { ...EVENT, payload: [{ ...ENTRY, type: undefined }] }, 'type'],
	['a type in lower case', { ...EVENT, payload: [{ ...ENTRY, type: 'created' }] }, 'type'],
	['no timestamp', { ...EVENT, payload: [{ ...ENTRY, timestamp: undefined }] }, 'timestamp'],
	['a timestamp that is text', { ...EVENT, payload: [{ ...ENTRY, timestamp: '1' }] }, 'timestamp'],
	[
		'a timestamp that a date cannot hold',
		{ ...EVENT, payload: [{ ...ENTRY, timestamp: 9e15 }] },
		'timestamp',
	],
	['content that is text', { ...EVENT, payload: [{ ...ENTRY, content: 'x' }] }, 'content'],
	[
		'content that is a list of texts',
		{ ...EVENT, payload: [{ ...ENTRY, content: ['x'] }] },
		'content',
	],
	['deep nesting', { ...EVENT, deep: nested(50) }, 'nested'],
	['very deep nesting', { ...EVENT, deep: nested(50_000) }, 'nested'],
	['too many values', { ...EVENT, many: Array(30_000).fill(1) }, 'too many'],
	[
		'__proto__',
		JSON.parse(JSON.stringify(EVENT).replace('{', '{"__proto__":{"x":1},')),
		'__proto__',
	],
	[
		'constructor',
		{ ...EVENT, payload: [{ ...ENTRY, content: { constructor: 1 } }] },
		'constructor',
	],
])('an event with %s is refused, and the message names the problem', (_what, body, word) => {
	const wrong = readEvent(body);
	expect(wrong).toEqual(expect.any(String));
	expect(wrong).toContain(word);
});

test('any body is read or refused, and never throws', () => {
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), fc.record({ ...records() })), (body) => {
			const event = readEvent(body);
			if (typeof event !== 'string') {
				expect(event.payload.every(({ type }) => type === type.toUpperCase())).toBe(true);
			}
		}),
		{ numRuns: 1000 },
	);
});

function records() {
	const entry = fc.record({
		timestamp: fc.jsonValue(),
		type: fc.jsonValue(),
		content: fc.jsonValue(),
	});
	return {
		uuid: fc.oneof(fc.constant(EVENT.uuid), fc.jsonValue()),
		entityId: fc.oneof(fc.integer(), fc.jsonValue()),
		payload: fc.oneof(fc.array(fc.oneof(fc.constant(ENTRY), entry)), fc.jsonValue()),
	};
}

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level++) value = { value };
	return value;
}
