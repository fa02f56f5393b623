import { createHash } from 'node:crypto';
import { invalid } from './errors.cts';

/** One part of a multipart/form-data body. */
export interface Part {
	name: string;
	fileName?: string;
	/** The media type without parameters, lower case; `text/plain` when the part names none. */
	contentType: string;
	content: Buffer;
	/** As they came, the names in lower case. */
	headers: Readonly<Record<string, string>>;
}

/** What is kept of a part in the log. */
export interface LoggedPart extends Omit<Part, 'content'> {
	/** Bytes. */
	size: number;
	sha256: string;
}

/** The part without its bytes. */
export function summaryOf({ content, ...part }: Part): LoggedPart {
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { ...part, size: content.length, sha256 };
}

const CRLF = '\r\n';

function part(chunk: Buffer): Part {
	const split = chunk.indexOf(CRLF + CRLF);
	if (split < 0) throw invalid('A part has no headers', 'body');
	const headers = new Map(
		chunk
			.toString('utf8', 0, split)
			.split(CRLF)
			.map((line): [string, string] => {
				const colon = line.indexOf(':');
				return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
			}),
	);
	const disposition = headers.get('content-disposition') ?? '';
	const name = /[; ]name="([^"]*)"/.exec(disposition)?.[1];
	if (name === undefined) throw invalid('A part has no name', 'body');
	const fileName = /[; ]filename="([^"]*)"/.exec(disposition)?.[1];
	return {
		name: unescape(name),
		fileName: fileName === undefined ? undefined : unescape(fileName),
		headers: Object.fromEntries(headers),
		contentType: (headers.get('content-type') ?? 'text/plain').split(';')[0].toLowerCase(),
		content: chunk.subarray(split + 4),
	};
}

/** As browsers escape names in form data. */
function unescape(name: string): string {
	return name.replace(/%(0D|0A|22)/gi, (code) => decodeURIComponent(code));
}

/**
 * The parts of a multipart/form-data body, by name. Understands what form libraries send, not
 * every liberty of the standard.
 * @throws 400 when the body is not well formed or a part comes twice
 */
export function parseMultipart(contentType: string, body: Buffer): Map<string, Part> {
	const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
	if (boundary === undefined) throw invalid('multipart/form-data without a boundary', 'body');
	const marker = `${CRLF}--${boundary}`;
	// The first marker stands at the very beginning, without the line break before it.
	const text = Buffer.concat([Buffer.from(CRLF), body]);
	const parts = new Map<string, Part>();
	let start = text.indexOf(marker);
	for (;;) {
		const end = start < 0 ? -1 : text.indexOf(marker, start + marker.length);
		if (end < 0) break;
		const found = part(text.subarray(start + marker.length + CRLF.length, end));
		if (parts.has(found.name)) throw invalid(`Part ${found.name} comes twice`, found.name);
		parts.set(found.name, found);
		start = end;
	}
	const closing =
		start < 0 ? '' : text.toString('latin1', start + marker.length, start + marker.length + 2);
	if (closing !== '--') throw invalid('The multipart body is cut off', 'body');
	return parts;
}
