/** Knows the media types of the files that studios handle, and how such files are named. */

/** The usual ending of a file's name comes first where several have the same type. */
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
/** Says nothing about the file. */
const ANY_TYPE = /^(?:application|binary)\/octet-stream$/;
const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;

/**
 * The media type without parameters in lower case, by the file's name where it says nothing.
 *
 * @returns undefined for what is no media type, or tells nothing
 */
export function mediaTypeOf(type: unknown, fileName = ''): string | undefined {
	const named = String(type ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	// Not registered, but some forms and servers say it.
	if (named === 'image/jpg') return 'image/jpeg';
	if (MEDIA_TYPE.test(named) && !ANY_TYPE.test(named)) return named;
	return TYPES.get(/\.([^./\\]+)$/.exec(fileName)?.[1].toLowerCase() ?? '');
}

/** The ending of a name for files of a type, without the dot. */
export function endingOf(mediaType: string | undefined): string | undefined {
	for (const [ending, type] of TYPES) if (type === mediaType) return ending;
	return undefined;
}

/** The last part of a path, as browsers name a file; undefined where nothing is left. */
export function baseName(path: unknown): string | undefined {
	const name = typeof path === 'string' ? path.split(/[\\/]/).pop()?.trim() : undefined;
	return name === '' ? undefined : name;
}
