import { createHash } from 'node:crypto';
import { once } from 'node:events';

import { Busboy, Dicer } from '@fastify/busboy';

import { invalid } from './errors.cts';

/** One part of a multipart/form-data body. */
export interface Part {
	name: string;
	fileName?: string;
	/** The media type in lower case without parameters. Default: `text/plain`. */
	contentType: string;
	content: Buffer;
	/** The headers as received, with the names in lower case. */
	headers: Readonly<Record<string, string>>;
}

/** A part in the request log: its size and hash instead of its bytes. */
export interface LoggedPart extends Omit<Part, 'content'> {
	/** In bytes. */
	size: number;
	sha256: string;
}

/** Returns the part as the request log keeps it. */
export function summaryOf({ content, ...part }: Part): LoggedPart {
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { ...part, size: content.length, sha256 };
}

/**
 * Returns the parts of a multipart/form-data body, by name.
 * @throws ApiError 400 when the body is malformed, or two parts have the same name
 */
export async function parseMultipart(
	contentType: string,
	body: Buffer,
): Promise<Map<string, Part>> {
	let found: Array<Omit<Part, 'headers'>>;
	let headers: Array<Part['headers']>;
	try {
		[found, headers] = await Promise.all([
			partsIn(contentType, body),
			headersIn(contentType, body),
		]);
	} catch (error) {
		throw invalid(`The body is not multipart/form-data: ${(error as Error).message}`, 'body');
	}
	// Busboy skips parts that are not form data or do not have a name.
	if (found.length !== headers.length) throw invalid('A part has no name', 'body');
	const parts = new Map<string, Part>();
	for (const [index, part] of found.entries()) {
		if (parts.has(part.name)) throw invalid(`Part ${part.name} comes twice`, part.name);
		parts.set(part.name, { ...part, headers: headers[index] });
	}
	return parts;
}

/** The parts as busboy parses them. @throws when the body is malformed */
async function partsIn(contentType: string, body: Buffer): Promise<Array<Omit<Part, 'headers'>>> {
	const busboy = new Busboy({
		headers: { 'content-type': contentType },
		// Keep the bytes of every part, and file names as sent.
		isPartAFile: () => true,
		preservePath: true,
	});
	const parts: Array<{ chunks: Buffer[] } & Omit<Part, 'content' | 'headers'>> = [];
	busboy.on(
		'file',
		(name: string | undefined, content, fileName: string | undefined, _encoding, contentType) => {
			const chunks: Buffer[] = [];
			content.on('data', (chunk: Buffer) => chunks.push(chunk));
			content.on('error', ignoreError);
			if (name === undefined) return;
			fileName = fileName === undefined ? undefined : unescapeName(fileName);
			parts.push({ name: unescapeName(name), fileName, contentType, chunks });
		},
	);
	const finished = once(busboy, 'finish');
	busboy.end(body);
	await finished;
	return parts.map(({ chunks, ...part }) => ({ ...part, content: Buffer.concat(chunks) }));
}

/** Ignores the error of a truncated part; its parser reports the same error. */
function ignoreError(): void {}

/** The headers of each part, which busboy does not expose. */
async function headersIn(contentType: string, body: Buffer): Promise<Array<Part['headers']>> {
	const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1] ?? '';
	const dicer = new Dicer({ boundary });
	const all: Array<Part['headers']> = [];
	dicer.on('part', (part) => {
		part.on('header', (header: Record<string, string[]>) => {
			const lines = Object.entries(header).map(([name, values]): [string, string] => [
				name,
				Buffer.from(values.join(', '), 'latin1').toString(),
			]);
			all.push(Object.fromEntries(lines));
		});
		part.on('error', ignoreError);
		part.resume();
	});
	const finished = once(dicer, 'finish');
	dicer.end(body);
	await finished;
	return all;
}

/** Decodes the characters that browsers escape in form-data names (HTML standard). */
function unescapeName(name: string): string {
	return name.replace(/%(0D|0A|22)/gi, (code) => decodeURIComponent(code));
}
