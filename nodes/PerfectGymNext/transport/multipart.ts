/** Writes a multipart/form-data body, in one piece so that it can be sent again. */

import { randomBytes } from 'crypto';

/** JSON that goes with a file, or the file itself. */
export interface Part {
	name: string;
	contentType: string;
	/** Makes the part a file. */
	fileName?: string;
	content: Content;
}

/** Bytes that are written where they are needed, so that a large file is in memory only once. */
export interface Content {
	/** Bytes. */
	size: number;
	/** @param target has exactly the size */
	writeTo(target: Buffer): Promise<void> | void;
}

/** A body with the header that tells its boundary. */
export interface Form {
	contentType: string;
	bytes: Buffer;
}

const CRLF = '\r\n';

/** The same bytes as curl and browsers make of the parts, but for the boundary, which is new each time. */
export async function formOf(parts: Part[]): Promise<Form> {
	const boundary = `----PerfectGymNext${randomBytes(16).toString('hex')}`;
	const pieces = parts.flatMap((part) => [
		bytesAsContent(headOf(part, boundary)),
		part.content,
		bytesAsContent(Buffer.from(CRLF)),
	]);
	pieces.push(bytesAsContent(Buffer.from(`--${boundary}--${CRLF}`)));

	const bytes = Buffer.allocUnsafe(pieces.reduce((total, { size }) => total + size, 0));
	let start = 0;
	for (const { size, writeTo } of pieces) {
		await writeTo(bytes.subarray(start, start + size));
		start += size;
	}
	return { contentType: `multipart/form-data; boundary=${boundary}`, bytes };
}

/** Bytes that are there already. */
export function bytesAsContent(bytes: Buffer): Content {
	return {
		size: bytes.length,
		writeTo(target) {
			bytes.copy(target);
		},
	};
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
