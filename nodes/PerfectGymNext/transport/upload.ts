/** Finds the file that an operation sends, and checks it before anything is sent. */

import type { IBinaryData } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import { messageOf, RequestError, UserInputError } from './errors';
import { baseName, endingOf, mediaTypeOf } from './mediaTypes';
import type { Content, Form, Part } from './multipart';
import { bytesAsContent, formOf } from './multipart';
import type { ItemParameters } from './parameters';
import type { FilePlan } from './plan';
import { isEmpty, shown } from './serialize';
import type { NodeRun, RunContext } from './types';

/** A multipart body whose file is opened only when the request is sent. */
export interface Upload {
	/** @throws {RequestError} when the file cannot be read, or is empty */
	form(): Promise<Form>;
}

const JSON_TYPE = 'application/json';
const ANY_TYPE = 'application/octet-stream';
/** A large file is passed on in pieces of this many bytes: a multiple of three, as base64 needs it. */
const SLICE_BYTES = 3 * 2 ** 15;
const PLAIN_BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * @param json the fields as JSON, for an operation that sends them beside the file
 * @throws {UserInputError} for a file that is missing, empty, or of a type that the API does not take
 */
export function readUpload(
	run: NodeRun,
	parameters: ItemParameters,
	plan: FilePlan,
	json = '{}',
): Upload {
	const source = findFile(run, parameters, plan);
	const file = source && nameFile(parameters, plan, source);
	return {
		async form() {
			const parts: Part[] = [];
			if (plan.jsonPart !== undefined) {
				const content = bytesAsContent(Buffer.from(json));
				parts.push({ name: plan.jsonPart, contentType: JSON_TYPE, content });
			}
			if (source && file) {
				const content = await contentOf(run.context, source);
				if (content.size === 0) throw new RequestError(source.emptyMessage);
				parts.push({ name: plan.part, ...file, content });
			}
			return formOf(parts);
		},
	};
}

/** A file of the input item. */
interface FileSource {
	binary: IBinaryData;
	/** The name of its binary field. */
	field: string;
	/** The field as messages name it, with the parameter that holds it. */
	title: string;
	/** What else the item has, for messages. */
	alternatives: string;
	emptyMessage: string;
}

/** @returns undefined when the operation needs no file and none was chosen */
function findFile(
	run: NodeRun,
	parameters: ItemParameters,
	plan: FilePlan,
): FileSource | undefined {
	const declared = parameters.operations.parameter('binaryPropertyName');
	const entered = parameters.get('binaryPropertyName', '');
	const files = filesOf(parameters);
	// The default name does not ask for a file: not every item needs to have one.
	const isDefault = entered === declared.default;
	if (plan.optional && (isEmpty(entered) || (isDefault && files.length === 0))) return undefined;

	const label = `"${declared.displayName}"`;
	const alternatives = describeFiles(files);
	if (isEmpty(entered)) throw new UserInputError(`${label} is missing; ${alternatives}`);
	if (typeof entered !== 'string') {
		throw new UserInputError(`${label} must be the name of a field; ${alternatives}`);
	}
	const field = entered.trim();
	const binary = getFile(run, parameters, field);
	if (!binary) {
		throw new UserInputError(
			`${label} names "${field}", but the item has no such file; ${alternatives}`,
		);
	}
	const title = `"${field}" (${label})`;
	const emptyMessage = `The file in ${title} is empty; ${alternatives}`;
	if (knownSize(binary) === 0) throw new UserInputError(emptyMessage);
	return { binary, field, title, alternatives, emptyMessage };
}

/** The name and the type that the file is sent with. */
function nameFile(
	parameters: ItemParameters,
	plan: FilePlan,
	{ binary, title, alternatives }: FileSource,
): { fileName: string; contentType: string } {
	const options = parameters.get('options', {}) as { fileName?: unknown; mimeType?: unknown };
	const name = baseName(options.fileName) ?? baseName(binary.fileName);
	const mediaType = isEmpty(options.mimeType)
		? mediaTypeOf(binary.mimeType, name)
		: enteredMediaType(options.mimeType);
	if (plan.types && !plan.types.includes(mediaType ?? '')) {
		throw new UserInputError(
			`The file in ${title} is of the type ${mediaType ?? binary.mimeType}, but only ${plan.types.join(', ')} can be sent; ${alternatives}`,
		);
	}
	const ending = endingOf(mediaType) ?? binary.fileExtension;
	return {
		fileName: name ?? baseName(ending ? `${plan.part}.${ending}` : plan.part) ?? plan.part,
		contentType: mediaType ?? ANY_TYPE,
	};
}

function enteredMediaType(entered: unknown): string | undefined {
	const mediaType = mediaTypeOf(entered);
	if (mediaType === undefined && entered !== ANY_TYPE) {
		throw new UserInputError(
			`"Media Type" must be a type such as image/jpeg, but it is "${shown(entered)}"`,
		);
	}
	return mediaType;
}

function getFile(run: NodeRun, { item }: ItemParameters, field: string): IBinaryData | undefined {
	try {
		const file: unknown = run.getFile(field, item.index);
		// n8n also finds what every object inherits, such as "constructor".
		return isFile(file) ? file : undefined;
	} catch {
		return undefined;
	}
}

/** n8n keeps a file in the item as text, or elsewhere under an ID. */
async function contentOf(
	{ helpers }: RunContext,
	{ binary: { id, data }, field }: FileSource,
): Promise<Content> {
	if (id === undefined) {
		// The length of the text gives the size only if the base64 is plain.
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
				throw new RequestError(
					`The file in "${field}" has ${end > size ? `more than ${size}` : end} bytes, but n8n says that it has ${size}`,
				);
			}
		},
	};
}

/** n8n replaces a message that contains a code such as ECONNREFUSED, so the reason goes below it. */
function unreadable(field: string, error: unknown): RequestError {
	return new RequestError(
		`The file in "${field}" cannot be read from n8n's storage`,
		messageOf(error),
	);
}

function* decode(base64: string): Generator<Buffer, void> {
	const length = (SLICE_BYTES / 3) * 4;
	for (let start = 0; start < base64.length; start += length) {
		yield Buffer.from(base64.slice(start, start + length), BINARY_ENCODING);
	}
}

/** A database returns a file in one piece, and TLS would encrypt all of it before sending any. */
function* slices(bytes: Buffer): Generator<Buffer, void> {
	for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
		yield bytes.subarray(start, start + SLICE_BYTES);
	}
}

/** n8n states the size in bytes since 2025. Older versions do so only for a file in the item. */
function knownSize({ bytes, id, data }: IBinaryData): number | undefined {
	if (typeof bytes === 'number') return bytes;
	return id === undefined ? data.length : undefined;
}

/** The binary fields of the item. A workflow setting keeps them in its JSON. */
function filesOf({ item }: ItemParameters): Array<[name: string, file: IBinaryData]> {
	const { binary = {}, json } = item.data;
	const inJson = Object.entries(json).filter((entry): entry is [string, never] => isFile(entry[1]));
	return [...Object.entries(binary), ...inJson];
}

function isFile(value: unknown): value is IBinaryData {
	return typeof value === 'object' && value !== null && 'mimeType' in value && 'data' in value;
}

function describeFiles(files: Array<[name: string, file: IBinaryData]>): string {
	if (files.length === 0) return 'the item has no binary field';
	const named = files.map(([name, { fileName, mimeType }]) => {
		const facts = [fileName, mimeType].filter((fact) => !isEmpty(fact));
		return facts.length === 0 ? `"${name}"` : `"${name}" (${facts.join(', ')})`;
	});
	return `the item has ${named.join(', ')}`;
}
