/** Writes a multipart/form-data body, in one piece so that it can be sent again. */

import { randomBytes } from 'crypto';

/** JSON that goes with a file, or the file itself. */
export interface Part {
	name: string;
	contentType: string;
	/** Makes the part a file. */
	fileName?: string;
	content: Buffer;
}

/** A body with the header that tells its boundary. */
export interface Form {
	contentType: string;
	bytes: Buffer;
}

const CRLF = '\r\n';

/** The same bytes as curl and browsers make of the parts, but for the boundary, which is new each time. */
export function formOf(parts: Part[]): Form {
	const boundary = `----PerfectGymNext${randomBytes(16).toString('hex')}`;
	const pieces = parts.flatMap((part) => [headOf(part, boundary), part.content, Buffer.from(CRLF)]);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--${CRLF}`)]),
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
