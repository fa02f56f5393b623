import { linksIn } from '../../../nodes/PerfectGymNext/transport/links';

test('finds links at the top, in an object and in every entry of a list', () => {
	const record = {
		imageUrl: 'https://a',
		presentation: { imageUrl: 'https://b' },
		modules: [{ imageUrl: 'https://c' }, {}, { imageUrl: 'https://d' }],
	};
	const paths = ['imageUrl', 'presentation.imageUrl', 'modules[].imageUrl'];
	expect(linksIn(record, paths)).toEqual([
		{ field: 'imageUrl', url: 'https://a' },
		{ field: 'presentation.imageUrl', url: 'https://b' },
		{ field: 'modules[0].imageUrl', url: 'https://c' },
		{ field: 'modules[2].imageUrl', url: 'https://d' },
	]);
});

test('finds the file name next to the link', () => {
	const record = { blocks: [{ attachedDocument: { url: 'https://a', fileName: 'Ä.pdf' } }] };
	expect(linksIn(record, ['blocks[].attachedDocument.url'])).toEqual([
		{ field: 'blocks[0].attachedDocument.url', url: 'https://a', fileName: 'Ä.pdf' },
	]);
});

test.each([undefined, null, 'text', 7, [], {}, { imageUrl: null }, { imageUrl: ' ' }, { a: 'x' }])(
	'finds nothing in %j',
	(record) => {
		expect(linksIn(record, ['imageUrl', 'a.b', 'a[].b', 'toString', '__proto__.x'])).toEqual([]);
	},
);

test('ignores a link and a file name that the record inherits', () => {
	const inherited = {
		imageUrl: 'https://a',
		fileName: 'a.png',
		presentation: { url: 'https://b' },
	};
	const record = Object.create(inherited) as Record<string, unknown>;
	const paths = ['imageUrl', 'presentation.url'];
	expect(linksIn(record, paths)).toEqual([]);
	record.imageUrl = 'https://c';
	expect(linksIn(record, paths)).toEqual([{ field: 'imageUrl', url: 'https://c' }]);
});

test('finds a link in a field that has the name of an inherited property', () => {
	const paths = ['constructor', 'toString.url', 'valueOf[].url'];
	expect(linksIn({}, paths)).toEqual([]);
	const record = {
		constructor: 'https://a',
		toString: { url: 'https://b' },
		valueOf: [{ url: 'https://c' }],
	};
	expect(linksIn(record, paths)).toEqual([
		{ field: 'constructor', url: 'https://a' },
		{ field: 'toString.url', url: 'https://b' },
		{ field: 'valueOf[0].url', url: 'https://c' },
	]);
});
