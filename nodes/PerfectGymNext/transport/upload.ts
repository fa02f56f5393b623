/** Finds the file that an operation sends and checks it before anything is sent. */

import type { IBinaryData, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import { parameterNamed } from './declarations';
import { reasonOf, RequestFault } from './fault';
import { baseName, endingOf, mediaTypeOf } from './mediaTypes';
import type { Content, Form, Part } from './multipart';
import { bytesAsContent, formOf } from './multipart';
import type { ApiRequest } from './types';
import { isEmpty } from './values';

/** Which parts an operation sends. */
export interface FilePlan {
	/** The name of the part that is the file. */
	part: string;
	/** The media types that the operation takes; any when left out. */
	types?: readonly string[];
	/** The operation can do without a file. */
	optional?: boolean;
	/** The name of the part with the fields, as JSON. */
	jsonPart?: string;
}

/** What is about to be sent; its bytes are read only when it is its turn. */
export interface Upload {
	form(): Promise<Form>;
}

const JSON_TYPE = 'application/json';
const ANY_TYPE = 'application/octet-stream';
/** Of a large file, what is handed on at a time, in bytes; a multiple of three, as base64 can be cut there. */
const SLICE_BYTES = 3 * 2 ** 15;
const PLAIN_BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * @param body the fields, for an operation that sends them along
 * @throws {RequestFault} for a file that is missing, empty, or of a type that is not taken
 */
export function readUpload(
	context: IExecutePaginationFunctions,
	plan: FilePlan,
	body: ApiRequest['body'],
): Upload {
	const file = readFile(context, plan);
	return {
		async form() {
			const parts: Part[] = [];
			if (plan.jsonPart !== undefined) {
				const content = bytesAsContent(Buffer.from(JSON.stringify(body ?? {})));
				parts.push({ name: plan.jsonPart, contentType: JSON_TYPE, content });
			}
			if (file) parts.push({ name: plan.part, ...file.named, content: await file.content() });
			return formOf(parts);
		},
	};
}

interface InputFile {
	named: { fileName: string; contentType: string };
	content(): Promise<Content>;
}

function readFile(context: IExecutePaginationFunctions, plan: FilePlan): InputFile | undefined {
	const entered = context.getNodeParameter('binaryPropertyName', '');
	const there = filesOf(context);
	const hasDefault = entered === parameterNamed('binaryPropertyName')?.default;
	// Whoever leaves the field as it is need not have a file for every item.
	if (plan.optional && (isEmpty(entered) || (hasDefault && there.length === 0))) return undefined;

	const label = `"${parameterNamed('binaryPropertyName')?.displayName}"`;
	if (isEmpty(entered)) throw new RequestFault(`${label} is missing; ${inWords(there)}`);
	if (typeof entered !== 'string') {
		throw new RequestFault(`${label} must be the name of a field; ${inWords(there)}`);
	}
	const field = entered.trim();
	const file = find(context, field);
	if (!file) {
		throw new RequestFault(
			`${label} names "${field}", but the item has no such file; ${inWords(there)}`,
		);
	}
	const empty = new RequestFault(`The file in "${field}" (${label}) is empty; ${inWords(there)}`);
	if (sizeOf(file) === 0) throw empty;

	const { fileName: newName, mimeType } = context.getNodeParameter(
		'fileOptions',
		{},
	) as IDataObject;
	const knownName = baseName(newName) ?? baseName(file.fileName);
	const mediaType = isEmpty(mimeType)
		? mediaTypeOf(file.mimeType, knownName)
		: mediaTypeOf(mimeType);
	if (!isEmpty(mimeType) && mediaType === undefined && mimeType !== ANY_TYPE) {
		throw new RequestFault(
			`"Media Type" must be a type such as image/jpeg, but it is "${mimeType}"`,
		);
	}
	if (plan.types && !plan.types.includes(mediaType ?? '')) {
		throw new RequestFault(
			`The file in "${field}" (${label}) is of the type ${mediaType ?? file.mimeType}, but only ${plan.types.join(', ')} can be sent; ${inWords(there)}`,
		);
	}
	const ending = endingOf(mediaType) ?? file.fileExtension;
	return {
		named: {
			fileName: knownName ?? (ending ? `${plan.part}.${ending}` : plan.part),
			contentType: mediaType ?? ANY_TYPE,
		},
		async content() {
			const content = await contentOf(context, file, field);
			if (content.size === 0) throw empty;
			return content;
		},
	};
}

function find(context: IExecutePaginationFunctions, field: string): IBinaryData | undefined {
	try {
		return context.helpers.assertBinaryData(field);
	} catch {
		return undefined;
	}
}

/** n8n keeps a file in the item, as text, or elsewhere under an ID. */
async function contentOf(
	{ helpers }: IExecutePaginationFunctions,
	{ id, data }: IBinaryData,
	field: string,
): Promise<Content> {
	if (id === undefined) {
		// Only what is plain has the size that its length says.
		if (!PLAIN_BASE64.test(data)) return bytesAsContent(Buffer.from(data, BINARY_ENCODING));
		return { size: Buffer.byteLength(data, BINARY_ENCODING), read: () => decode(data) };
	}
	const { fileSize: size } = await helpers.getBinaryMetadata(id).catch((error: unknown) => {
		throw unreadable(field, error);
	});
	return {
		size,
		async *read() {
			let end = 0;
			try {
				for await (const chunk of await helpers.getBinaryStream(id)) {
					const bytes: Buffer = chunk;
					end += bytes.length;
					if (end > size) break;
					yield* slices(bytes);
				}
			} catch (error) {
				throw unreadable(field, error);
			}
			if (end !== size) {
				throw new RequestFault(
					`The file in "${field}" has ${end > size ? `more than ${size}` : end} bytes, but n8n says that it has ${size}`,
				);
			}
		},
	};
}

/** n8n replaces a message that contains a code such as ECONNREFUSED, so the reason goes below. */
function unreadable(field: string, error: unknown): RequestFault {
	return new RequestFault(
		`The file in "${field}" cannot be read from n8n's storage`,
		reasonOf(error),
	);
}

function* decode(base64: string): Generator<Buffer, void> {
	const length = (SLICE_BYTES / 3) * 4;
	for (let start = 0; start < base64.length; start += length) {
		yield Buffer.from(base64.slice(start, start + length), BINARY_ENCODING);
	}
}

/** A database gives a file as one chunk, all of which TLS would encrypt before any of it is sent. */
function* slices(bytes: Buffer): Generator<Buffer, void> {
	for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
		yield bytes.subarray(start, start + SLICE_BYTES);
	}
}

/** n8n says the size in bytes since 2025; before, that of a file elsewhere is known when its turn comes. */
function sizeOf({ bytes, id, data }: IBinaryData): number | undefined {
	if (typeof bytes === 'number') return bytes;
	return id === undefined ? data.length : undefined;
}

/** The binary fields of the item, which a setting of the workflow keeps among the JSON. */
function filesOf(context: IExecutePaginationFunctions): Array<[name: string, file: IBinaryData]> {
	const { binary = {}, json } = context.getInputData();
	const inJson = Object.entries(json).filter((entry): entry is [string, never] => isFile(entry[1]));
	return [...Object.entries(binary), ...inJson];
}

function isFile(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'mimeType' in value && 'data' in value;
}

function inWords(files: Array<[name: string, file: IBinaryData]>): string {
	if (files.length === 0) return 'the item has no binary field';
	const named = files.map(([name, { fileName, mimeType }]) => {
		const facts = [fileName, mimeType].filter((fact) => !isEmpty(fact));
		return facts.length === 0 ? `"${name}"` : `"${name}" (${facts.join(', ')})`;
	});
	return `the item has ${named.join(', ')}`;
}
