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
