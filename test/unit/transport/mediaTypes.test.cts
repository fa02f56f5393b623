import {
	baseName,
	endingOf,
	mediaTypeOf,
} from '../../../nodes/PerfectGymNext/transport/mediaTypes';

test.each([
	['application/pdf', undefined, 'application/pdf'],
	['Image/JPEG; charset=binary', undefined, 'image/jpeg'],
	['image/jpg', undefined, 'image/jpeg'],
	['application/octet-stream', 'a.b.HEIC', 'image/heic'],
	['application/octet-stream', 'note', undefined],
	['', 'photo.jpeg', 'image/jpeg'],
	[undefined, 'folder.pdf/note', undefined],
	['image/png\r\nx: y', undefined, undefined],
])('the type %j of a file named %j is %s', (type, fileName, expected) => {
	expect(mediaTypeOf(type, fileName)).toBe(expected);
});

test('the ending of a name is the usual one for its type', () => {
	expect(['image/jpeg', 'image/tiff', 'application/pdf', 'video/mp4'].map(endingOf)).toEqual([
		'jpg',
		'tif',
		'pdf',
		undefined,
	]);
});

test.each([
	['/home/a/b.pdf', 'b.pdf'],
	['C:\\docs\\b.pdf', 'b.pdf'],
	['b.pdf', 'b.pdf'],
	['a/', undefined],
	['  ', undefined],
	[undefined, undefined],
	[7, undefined],
])('the base name of %j is %s', (path, name) => {
	expect(baseName(path)).toBe(name);
});

describe('a base name', () => {
	test.each([
		['..', undefined],
		['.', undefined],
		['a/..', undefined],
		['. .', undefined],
		['\u0000', undefined],
		['\u202e', undefined],
		['a\u0000b.pdf', 'ab.pdf'],
		['two\nlines\r\n.pdf', 'two lines .pdf'],
		['a\u2028b.pdf', 'a b.pdf'],
		['photo\u202egnp.exe', 'photognp.exe'],
		['\ufeffa.pdf', 'a.pdf'],
		['a\ud83d.pdf', 'a.pdf'],
		['a\ude00.pdf', 'a.pdf'],
		['a\ud83d\ude00.pdf', 'a\ud83d\ude00.pdf'],
		['.env', '.env'],
		['Müller „Vertrag“.pdf', 'Müller „Vertrag“.pdf'],
	])('of %j is %j', (path, name) => {
		expect(baseName(path)).toBe(name);
	});

	test.each([
		['x'.repeat(100_000), 'x'.repeat(255)],
		[`${'x'.repeat(100_000)}.pdf`, `${'x'.repeat(251)}.pdf`],
		[`${'ü'.repeat(1000)}.pdf`, `${'ü'.repeat(125)}.pdf`],
		[`${'😀'.repeat(1000)}.pdf`, `${'😀'.repeat(62)}.pdf`],
		[`a.${'x'.repeat(1000)}`, `a.${'x'.repeat(253)}`],
	])('is not longer than a file system allows', (path, name) => {
		expect(baseName(path)).toBe(name);
	});
});
