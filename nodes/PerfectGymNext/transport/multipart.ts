/** Writes a multipart/form-data body as a stream, from the start for each attempt. */

import { randomBytes } from 'crypto';

/** A part of a form: JSON that goes with a file, or the file itself. */
export interface Part {
	name: string;
	contentType: string;
	/** Marks the part as a file. */
	fileName?: string;
	content: Content;
}

/** Bytes that are read while they are sent, so that a large file is never in memory as a whole. */
export interface Content {
	/** In bytes. */
	size: number;
	/** Yields exactly `size` bytes, from the start on each call. */
	read(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** A multipart body, with the Content-Type header that names its boundary. */
export interface Form {
	contentType: string;
	/** In bytes. */
	size: number;
	/** Yields the same bytes on each call. */
	read(): AsyncGenerator<Buffer, void>;
}

const CRLF = '\r\n';

/** @returns a form with the bytes that curl and browsers send, and a random boundary */
export function formOf(parts: Part[]): Form {
	const boundary = `----PerfectGymNext${randomBytes(16).toString('hex')}`;
	const pieces = parts.flatMap((part) => [
		bytesAsContent(headOf(part, boundary)),
		part.content,
		bytesAsContent(Buffer.from(CRLF)),
	]);
	pieces.push(bytesAsContent(Buffer.from(`--${boundary}--${CRLF}`)));
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		size: pieces.reduce((total, { size }) => total + size, 0),
		async *read() {
			for (const piece of pieces) yield* piece.read();
		},
	};
}

/** @returns content that is already in memory */
export function bytesAsContent(bytes: Buffer): Content {
	return { size: bytes.length, read: () => [bytes] };
}

function headOf({ name, fileName, contentType }: Part, boundary: string): Buffer {
	const file = fileName === undefined ? '' : `; filename="${escape(fileName)}"`;
	const lines = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${escape(name)}"${file}`,
		`Content-Type: ${contentType}`,
	];
	return Buffer.from(lines.join(CRLF) + CRLF + CRLF);
}

/** Escapes a name as the HTML standard does for form data. Other characters are sent as UTF-8. */
function escape(name: string): string {
	return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
}
