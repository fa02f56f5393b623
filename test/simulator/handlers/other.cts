import type { Call } from '../call.cts';
import { chunkById, chunkByIndex } from '../chunks.cts';
import { type Operation, operationById, operations, resolve, type Schema } from '../contract.cts';
import { notFound } from '../errors.cts';
import { numberIn } from '../json.cts';
import { hash } from '../random.cts';
import { idProperty, sample, samples } from '../sample.cts';

/** The number of records in a list without chunks. */
const PLAIN_LIST = 3;
const FIRST_ID = 1_800_000_000;

/** The names of the path parameters, in order. */
function pathNames({ path }: Operation): string[] {
	return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

/** The first id of a list; differs from those of other lists and is the same in every run. */
function firstId({ operationId }: Operation): number {
	return FIRST_ID + (hash(operationId) % 9_000) * 1_000;
}

function itemOf({ chunk, answer }: Operation): Schema | undefined {
	return chunk?.item ?? (answer && resolve(answer).items);
}

/** The records of an operation that returns a list; a chunked list has more than two chunks. */
function list(operation: Operation, item: Schema, call: Call, known: Call['path']): unknown[] {
	const { operationId, chunk } = operation;
	const count = chunk === undefined ? PLAIN_LIST : chunk.defaultSize * 2 + 3;
	const seed = `${operationId} ${JSON.stringify(known)}`;
	return samples(item, seed, count, firstId(operation), {
		known,
		filesUrl: call.world.filesUrl,
	});
}

/** The list operation of the path without its last parameter. Only the ids in that list exist. */
function parentList(operation: Operation): Operation | undefined {
	const parent = operation.path.replace(/\/\{\w+\}$/, '');
	if (parent === operation.path) return undefined;
	return operations.find(({ method, path }) => method === 'GET' && path === parent);
}

/** The id of the first record of a list without state. */
export function firstIdOf(operationId: string): number {
	return firstId(operationById(operationId));
}

/** @throws ApiError 404 when a record for an id in the path does not exist */
function rejectUnknownIds(call: Call): void {
	for (const name of pathNames(call.operation)) {
		const id = call.id(name);
		// Without a list to search, every positive number is the id of a record.
		if (id <= 0) throw notFound(name.replace(/Id$/, ''), id);
	}
	const parent = parentList(call.operation);
	const item = parent && itemOf(parent);
	const idName = item && idProperty(item);
	const last = pathNames(call.operation).at(-1);
	if (!parent || !item || idName === undefined || last === undefined) return;
	const known = Object.fromEntries(Object.entries(call.path).filter(([name]) => name !== last));
	const records = list(parent, item, call, known);
	if (!records.some((record) => numberIn(record, idName) === call.id(last))) {
		throw notFound(last.replace(/Id$/, ''), call.id(last));
	}
}

/** The ids of the path to repeat in the answer; the last one is also the record's `id`. */
function knownOf({ operation, path }: Call): Call['path'] {
	const last = pathNames(operation).at(-1);
	const endsInId = operation.path.endsWith('}') && last !== undefined;
	return endsInId ? { ...path, id: path[last] } : path;
}

/**
 * Handles operations without state: returns a sample answer, the same for the same request. Returns
 * the request body where the answer has the same schema.
 * @throws ApiError 404 when a record in the path does not exist
 */
export function sampleHandler(call: Call): unknown {
	const { operation } = call;
	rejectUnknownIds(call);
	const { answer, body, chunk } = operation;
	if (answer === undefined) return undefined;
	if (body && JSON.stringify(body.schema) === JSON.stringify(answer)) return call.input<unknown>();
	const item = itemOf(operation);
	if (item === undefined) {
		const seed = `${operation.operationId} ${JSON.stringify(call.path)}`;
		return sample(answer, seed, { known: knownOf(call), filesUrl: call.world.filesUrl });
	}
	const records = list(operation, item, call, call.path);
	if (chunk === undefined) return records;
	const size = call.id('sliceSize');
	const idName = idProperty(item);
	if (chunk.offset === 'index' || idName === undefined) {
		return chunkByIndex(records, call.text('offset'), size);
	}
	return chunkById(records, call.text('offset'), size, (record) => numberIn(record, idName));
}
