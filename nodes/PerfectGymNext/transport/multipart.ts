/** Writes a multipart/form-data body piece by piece, as often as it is sent. */

import { randomBytes } from 'crypto';

/** JSON that goes with a file, or the file itself. */
export interface Part {
	name: string;
	contentType: string;
	/** Makes the part a file. */
	fileName?: string;
	content: Content;
}

/** Bytes that are read only as they are sent, so that a large file is never in memory as a whole. */
export interface Content {
	/** Bytes. */
	size: number;
	/** Gives exactly as many bytes, from the start each time. */
	read(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** A body with the header that tells its boundary. */
export interface Form {
	contentType: string;
	/** Bytes. */
	size: number;
	/** Gives the same bytes each time. */
	read(): AsyncGenerator<Buffer, void>;
}

const CRLF = '\r\n';

/** The same bytes as curl and browsers make of the parts, but for the boundary, which is new each time. */
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

/** Bytes that are there already. */
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

/** As the HTML standard has it for form data; all else, ü for instance, travels as UTF-8. */
function escape(name: string): string {
	return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
}
