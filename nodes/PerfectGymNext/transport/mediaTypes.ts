/** The media types and the names of the files that studios handle. */

/** Media types by file extension. If a type has several extensions, the usual one comes first. */
const TYPES: ReadonlyMap<string, string> = new Map([
	['jpg', 'image/jpeg'],
	['jpeg', 'image/jpeg'],
	['png', 'image/png'],
	['gif', 'image/gif'],
	['webp', 'image/webp'],
	['heic', 'image/heic'],
	['heif', 'image/heif'],
	['tif', 'image/tiff'],
	['tiff', 'image/tiff'],
	['svg', 'image/svg+xml'],
	['pdf', 'application/pdf'],
	['txt', 'text/plain'],
	['csv', 'text/csv'],
	['html', 'text/html'],
	['json', 'application/json'],
	['xml', 'application/xml'],
	['zip', 'application/zip'],
	['rtf', 'application/rtf'],
	['doc', 'application/msword'],
	['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
	['xls', 'application/vnd.ms-excel'],
	['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	['odt', 'application/vnd.oasis.opendocument.text'],
]);
/** Generic types, which say nothing about the file. */
const ANY_TYPE = /^(?:application|binary)\/octet-stream$/;
const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;
const MAX_TYPE_LENGTH = 255;
/** As long as most file systems allow, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;
const MAX_READ_LENGTH = 2000;
/** An extension is kept when a name is cut, unless it is longer than this. */
const MAX_EXTENSION_LENGTH = 20;
const LINE_BREAKS = /\r\n|[\r\n\t\v\f\u0085\u2028\u2029]/g;
/** Control characters, marks that change the direction of text, and halves of surrogate pairs. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const ONLY_DOTS = /^[. ]*$/;

/**
 * @param type a media type, possibly with parameters; a generic or invalid one is ignored
 * @param fileName gives the type by its extension when `type` is ignored
 * @returns the type in lower case without parameters, or undefined when it is unknown
 */
export function mediaTypeOf(type: unknown, fileName = ''): string | undefined {
	const named = String(type ?? '')
		.slice(0, MAX_TYPE_LENGTH)
		.split(';')[0]
		.trim()
		.toLowerCase();
	// Not a registered type, but some forms and servers send it.
	if (named === 'image/jpg') return 'image/jpeg';
	if (MEDIA_TYPE.test(named) && !ANY_TYPE.test(named)) return named;
	return TYPES.get(/\.([^./\\]+)$/.exec(fileName)?.[1].toLowerCase() ?? '');
}

/** @returns the usual file extension of a media type, without the dot */
export function endingOf(mediaType: string | undefined): string | undefined {
	for (const [ending, type] of TYPES) if (type === mediaType) return ending;
	return undefined;
}

/**
 * @param path a file name, possibly with a path, from outside
 * @returns the last part of a path, as browsers name a file, without characters that a file system or
 *   a person could misread; undefined when nothing is left
 */
export function baseName(path: unknown): string | undefined {
	if (typeof path !== 'string') return undefined;
	const lastPart = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	// Far more than is kept of the beginning and of the extension.
	const bounded =
		lastPart.length > 2 * MAX_READ_LENGTH
			? lastPart.slice(0, MAX_READ_LENGTH) + lastPart.slice(-MAX_READ_LENGTH)
			: lastPart;
	const name = cutName(bounded.replace(LINE_BREAKS, ' ').replace(UNSAFE, '').trim());
	return ONLY_DOTS.test(name) ? undefined : name;
}

/** Cuts a name to {@link MAX_NAME_BYTES}, and keeps its extension. */
function cutName(name: string): string {
	if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
	const dot = name.lastIndexOf('.');
	const hasExtension = dot > 0 && name.length - dot <= MAX_EXTENSION_LENGTH;
	const extension = hasExtension ? name.slice(dot) : '';
	const maxBytes = MAX_NAME_BYTES - Buffer.byteLength(extension);
	let stem = '';
	let bytes = 0;
	for (const character of name) {
		bytes += Buffer.byteLength(character);
		if (bytes > maxBytes) break;
		stem += character;
	}
	return `${stem.trimEnd()}${extension}`;
}
