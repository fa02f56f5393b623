import { createHash } from 'node:crypto';
import { once } from 'node:events';

import { Busboy, Dicer } from '@fastify/busboy';

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

/**
 * The parts of a multipart/form-data body, by name.
 * @throws 400 when the body is not well formed or a part comes twice
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
	// The parser leaves out what says neither that it is a part of a form nor its name.
	if (found.length !== headers.length) throw invalid('A part has no name', 'body');
	const parts = new Map<string, Part>();
	for (const [index, part] of found.entries()) {
		if (parts.has(part.name)) throw invalid(`Part ${part.name} comes twice`, part.name);
		parts.set(part.name, { ...part, headers: headers[index] });
	}
	return parts;
}

/** What a server's form parser makes of the body. @throws Error when it is not well formed */
async function partsIn(contentType: string, body: Buffer): Promise<Array<Omit<Part, 'headers'>>> {
	const busboy = new Busboy({
		headers: { 'content-type': contentType },
		// The bytes of every part are wanted, and file names as they were sent.
		isPartAFile: () => true,
		preservePath: true,
	});
	const parts: Array<{ chunks: Buffer[] } & Omit<Part, 'content' | 'headers'>> = [];
	busboy.on(
		'file',
		(name: string | undefined, content, fileName: string | undefined, _encoding, contentType) => {
			const chunks: Buffer[] = [];
			content.on('data', (chunk: Buffer) => chunks.push(chunk));
			content.on('error', toldByParser);
			if (name === undefined) return;
			fileName = fileName === undefined ? undefined : unescape(fileName);
			parts.push({ name: unescape(name), fileName, contentType, chunks });
		},
	);
	const finished = once(busboy, 'finish');
	busboy.end(body);
	await finished;
	return parts.map(({ chunks, ...part }) => ({ ...part, content: Buffer.concat(chunks) }));
}

/** A part that is cut off says so, but its parser does too. */
function toldByParser(): void {}

/** The headers of each part, which a form parser keeps to itself. */
async function headersIn(contentType: string, body: Buffer): Promise<Array<Part['headers']>> {
	const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1] ?? '';
	const dicer = new Dicer({ boundary });
	const all: Array<Part['headers']> = [];
	dicer.on('part', (part) => {
		part.on('header', (header: Record<string, string[]>) => {
			const lines = Object.entries(header).map(([name, values]) => [
				name,
				Buffer.from(values.join(', '), 'latin1').toString(),
			]);
			all.push(Object.fromEntries(lines));
		});
		part.on('error', toldByParser);
		part.resume();
	});
	const finished = once(dicer, 'finish');
	dicer.end(body);
	await finished;
	return all;
}

/** As browsers escape names in form data. */
function unescape(name: string): string {
	return name.replace(/%(0D|0A|22)/gi, (code) => decodeURIComponent(code));
}
