import fc from 'fast-check';

import { fillPath, placesOf } from '../../../nodes/PerfectGymNext/transport/path';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const TEMPLATE = '/v1/customers/{customerId}/contracts';

/** The segments that a server sees: it resolves `..` and decodes the path as browsers do. */
function segmentsSeen(path: string): string[] {
	return new URL(path, 'https://acme.example').pathname.split('/');
}

test.each([
	['1210656710', '/v1/customers/1210656710/contracts'],
	['../x', '/v1/customers/..%2Fx/contracts'],
	['a/b', '/v1/customers/a%2Fb/contracts'],
	['a\\b', '/v1/customers/a%5Cb/contracts'],
	['%2e', '/v1/customers/%252e/contracts'],
	['%2E%2E', '/v1/customers/%252E%252E/contracts'],
	['...', '/v1/customers/.../contracts'],
	['1?x=1', '/v1/customers/1%3Fx%3D1/contracts'],
	['1#x', '/v1/customers/1%23x/contracts'],
	['Jürgen Groß', '/v1/customers/J%C3%BCrgen%20Gro%C3%9F/contracts'],
	['$&', '/v1/customers/%24%26/contracts'],
	['{customerId}', '/v1/customers/%7BcustomerId%7D/contracts'],
])('fills in %j as one segment of the path', (id, path) => {
	expect(fillPath(TEMPLATE, () => id)).toBe(path);
});

test.each(['', '.', '..'])('refuses %j, which no encoding turns into a segment', (id) => {
	expect(() => fillPath(TEMPLATE, () => id)).toThrow(RangeError);
});

test('refuses half of a surrogate pair, which cannot be encoded', () => {
	expect(() => fillPath(TEMPLATE, () => '\ud83d')).toThrow();
});

test('encodes any other text as one segment that decodes to the same text', () => {
	const id = fc
		.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'F', '?', '#', ' ', '\t') }),
		)
		.filter((text) => !['', '.', '..'].includes(text));
	fc.assert(
		fc.property(id, (text) => {
			const segments = segmentsSeen(fillPath(TEMPLATE, () => text));
			expect(segments.map(decodeURIComponent)).toEqual(['', 'v1', 'customers', text, 'contracts']);
		}),
	);
});

test('fills each place with the value of its name', () => {
	const ids: Record<string, string> = { customerId: '1', documentId: '{customerId}' };
	const path = fillPath('/v1/{customerId}/documents/{documentId}', (name) => ids[name]);
	expect(path).toBe('/v1/1/documents/%7BcustomerId%7D');
});

test('does not change a path without places', () => {
	const path = fillPath('/v1/customers', () => {
		throw new Error('there are no places');
	});
	expect(path).toBe('/v1/customers');
});

test.each([
	['/v1/customers', []],
	['/v1/customers/{customerId}', ['customerId']],
	['/v1/{customerId}/documents/{documentId}', ['customerId', 'documentId']],
])('returns the names of the places in %s in order', (template, names) => {
	expect(placesOf(template)).toEqual(names);
});
