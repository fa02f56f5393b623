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

/**
 * @param type a media type, possibly with parameters; a generic or invalid one is ignored
 * @param fileName gives the type by its extension when `type` is ignored
 * @returns the type in lower case without parameters, or undefined when it is unknown
 */
export function mediaTypeOf(type: unknown, fileName = ''): string | undefined {
	const named = String(type ?? '')
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

/** @returns the last part of a path, as browsers name a file; undefined when it is empty */
export function baseName(path: unknown): string | undefined {
	const name = typeof path === 'string' ? path.split(/[\\/]/).pop()?.trim() : undefined;
	return name === '' ? undefined : name;
}
