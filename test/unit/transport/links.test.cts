import { linksIn } from '../../../nodes/PerfectGymNext/transport/links';

test('finds a link at the top, within an object and in every entry of a list', () => {
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

test('takes the name that stands beside the link', () => {
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
