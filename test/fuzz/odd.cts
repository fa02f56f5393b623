/** Odd values, as expressions, spreadsheets, other systems and attackers give them. */

import fc, { type Arbitrary } from 'fast-check';
import { DateTime } from 'luxon';

const MEGABYTE = 1_000_000;
const MAX_SHOWN_LENGTH = 300;

/** Characters on which a pattern with a loop can spend a long time, and some that need an escape. */
export const NASTY_CHARACTERS = [
	...['[', ']', '{', '(', '<', '"', "'", '\\', '/', '.', ',', ' ', '\n', '\0', '0', '9', 'a', '@'],
	...['-', '\u{1f600}'],
];

/** A value that fast-check prints in short. */
export class Odd {
	constructor(readonly value: unknown) {}

	[fc.toStringMethod](): string {
		const text = fc.stringify(this.value);
		return text.length > MAX_SHOWN_LENGTH
			? `${text.slice(0, MAX_SHOWN_LENGTH)}… (${text.length} characters)`
			: text;
	}
}

const numbers = [
	...[NaN, Infinity, -Infinity, -0, 0, -1, 0.1, 1.5, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 53)],
	...[1e21, 1e308, 5e-324, 20_260_131, 45_000.5, 253_402_300_800_000, 8_640_000_000_000_001],
];

const numberTexts = [
	...['NaN', 'Infinity', '-0', '0x10', '0b11', '1e21', '1e308', '1e999', '1_000', '1,5', '١٢٣'],
	...['9007199254740993', '-9007199254740993', '18446744073709551616', '007', '+5', '5.', '٣'],
];

const pathTexts = [
	...['.', '..', '...', '../..', '../../v1/x', './', '/', '//', '//evil.example', '\\', '..\\..'],
	...['..;/', '%2e%2e', '%2E%2E%2F', '%252e%252e%252f', '..%2f..', '%', '%zz', '%00', 'a/b'],
	...['a%2Fb', 'a?b=c', 'a#b', 'a&b=c', 'a;b', 'a:b', '@evil.example', 'https://evil.example/'],
	...['http://127.0.0.1:1/', '/v1/../..', '/v1/x/%2e%2e/y', '/v1/x?y', '/v1//x', '{customerId}'],
];

const otherTexts = [
	...['', ' ', '\t\n', '\0', 'a\0b', 'a\r\nx-other: b', '\u2028', '\u202e', '\ufeff', '\ud800'],
	...['\udc00a', 'a\ud83d', '\u{1f600}', 'ＡＢＣ', 'ı', 'ß', 'é', 'true', 'TRUE', 'yes', 'null'],
	...['undefined', '[]', '{}', '["a","b"]', '[1,', '[[]]', '[null]', '{"a":1}', 'a,b,,c', ',,,'],
	...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', '=1+1'],
	...['2026-02-30', '2026-01-31T25:00', '0000-00-00', '+292278994-08-17', '31.12.2026', '24:00'],
	...["'; DROP TABLE x; --", '<script>alert(1)</script>', '${7*7}', '{{7*7}}', 'a'.repeat(5000)],
];

const dates = [
	...[new Date(NaN), new Date(0), new Date(8.64e15), new Date(-8.64e15)],
	...[new Date('2026-05-16T22:00:00Z'), DateTime.invalid('none')],
	...[
		DateTime.fromISO('2026-05-17T00:00', { zone: 'Europe/Berlin' }),
		DateTime.fromMillis(8.64e15),
	],
];

/** Parsed, so that the names are own properties, as in the data of a workflow. */
const structures: unknown[] = [
	...[[], {}, [[]], [null], [{}], [[[['a']]]], [1, 'a', null, { b: [] }], { length: 1e9 }],
	...[
		'{"__proto__": {"a": 1}}',
		'{"__proto__": null}',
		'{"constructor": {"prototype": {"a": 1}}}',
		'{"toString": 1, "valueOf": 2}',
		'{"toString": {"a": 1}, "toISO": "x"}',
		'{"toJSON": 1, "then": 2}',
		'{"__rl": true, "mode": "id", "value": null}',
		'{"__rl": true, "mode": "constructor", "value": {"__rl": true, "value": "1/2"}}',
		'{"a": {"b": {"c": {"d": {"e": {"f": {}}}}}}}',
	].map((text): unknown => JSON.parse(text)),
	Array.from({ length: 5000 }, (_, index) => index),
	Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, index])),
	nested(500),
];

/** @returns lists in lists */
function nested(depth: number): unknown {
	let value: unknown = 'a';
	for (let level = 0; level < depth; level++) value = [value];
	return value;
}

/** Very long text of one character. */
export const longTexts: Arbitrary<string> = fc
	.constantFrom(...NASTY_CHARACTERS)
	.map((character) => character.repeat(MEGABYTE / character.length));

/** Text of every kind. */
export const oddTexts: Arbitrary<string> = fc.oneof(
	{ weight: 10, arbitrary: fc.constantFrom(...numberTexts, ...pathTexts, ...otherTexts) },
	{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
	{ weight: 1, arbitrary: fc.constantFrom('\ud800', '\udfff').map((half) => `a${half}b`) },
	{ weight: 1, arbitrary: longTexts },
);

/** Values that JSON can hold, such as those of an answer. */
export const oddJson: Arbitrary<unknown> = fc.oneof(
	{ weight: 4, arbitrary: oddTexts },
	{ weight: 2, arbitrary: fc.constantFrom(...numbers.filter(Number.isFinite)) },
	{ weight: 3, arbitrary: fc.constantFrom(...structures) },
	{ weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false) },
	{ weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Values that an expression can give: those of JSON, dates, undefined, and numbers that are none. */
export const oddValues: Arbitrary<unknown> = fc.oneof(
	{ weight: 8, arbitrary: oddJson },
	{ weight: 2, arbitrary: fc.constantFrom(...numbers) },
	{ weight: 2, arbitrary: fc.constantFrom<unknown>(...dates, undefined) },
);

/** Expressions, good ones and bad ones. */
export const oddExpressions: Arbitrary<string> = fc.constantFrom(
	...['={{ null }}', '={{ undefined }}', '={{ [] }}', '={{ [{}] }}', '={{ [null, {}] }}'],
	...['={{ {} }}', '={{ $json }}', '={{ $json.rows }}', '={{ $json.none.none }}', '={{ NaN }}'],
	...['={{ 9007199254740993 }}', '={{ 1e21 }}', '={{ 10n }}', '={{ Symbol.iterator }}'],
	...['={{ new Date(NaN) }}', "={{ DateTime.fromISO('2026-01-31') }}", '={{ new Map() }}'],
	...["={{ DateTime.fromISO('none') }}", '={{ ({}).constructor }}', '={{ () => 1 }}'],
	...['={{ "a".repeat(1000000) }}', '={{', '={{ }}', '=', '==', '={{ throw 1 }}', '={{ $items }}'],
);

/** @returns the paths to all values in a value, the value itself left out */
export function pathsIn(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => [
		[...path, name],
		...pathsIn(inner, [...path, name]),
	]);
}

/** @returns a copy with another value at the path; undefined removes what is there */
export function replaceAt<T>(value: T, [name, ...rest]: string[], replacement: unknown): T {
	if (name === undefined) return replacement as T;
	const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as T;
	const fields = copy as Record<string, unknown>;
	const inner = rest.length === 0 ? replacement : replaceAt(fields[name], rest, replacement);
	if (inner === undefined) delete fields[name];
	else fields[name] = inner;
	return copy;
}

/** Changes some places of a value: replaces what is there, removes it, or adds something odd. */
export function mutationsOf(original: unknown): Arbitrary<Odd> {
	const paths = pathsIn(original);
	const place = fc.constantFrom(...(paths.length === 0 ? [[]] : paths));
	const change = fc.oneof(
		{ weight: 4, arbitrary: oddJson },
		{ weight: 2, arbitrary: fc.constant(undefined) },
	);
	return fc
		.array(fc.tuple(place, change), { minLength: 1, maxLength: 3 })
		.map(
			(changes) =>
				new Odd(
					changes.reduce(
						(value, [path, replacement]) =>
							exists(value, path) ? replaceAt(value, path, replacement) : value,
						original,
					),
				),
		);
}

/** An earlier change can have removed the place. */
function exists(value: unknown, [name, ...rest]: string[]): boolean {
	if (name === undefined) return true;
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
	return exists((value as Record<string, unknown>)[name], rest);
}
