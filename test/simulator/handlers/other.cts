import type { Call } from '../call.cts';
import { chunkById, chunkByIndex } from '../chunks.cts';
import { type Operation, operationById, operations, resolve, type Schema } from '../contract.cts';
import { notFound } from '../errors.cts';
import { hash } from '../random.cts';
import { idProperty, sample, samples } from '../sample.cts';

/** How many records a plain list has. */
const PLAIN_LIST = 3;
const FIRST_ID = 1_800_000_000;

/** The parameters in the path, in their order. */
function pathNames({ path }: Operation): string[] {
	return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

/** Ids of a list differ from those of other lists and stay the same from run to run. */
function firstId({ operationId }: Operation): number {
	return FIRST_ID + (hash(operationId) % 9_000) * 1_000;
}

function itemOf({ chunk, answer }: Operation): Schema | undefined {
	return chunk?.item ?? (answer && resolve(answer).items);
}

/** The records of an operation that answers with a list; a chunked one fills over two chunks. */
function list(operation: Operation, item: Schema, call: Call, known: Call['path']): unknown[] {
	const { operationId, chunk } = operation;
	const count = chunk === undefined ? PLAIN_LIST : chunk.defaultSize * 2 + 3;
	const seed = `${operationId} ${JSON.stringify(known)}`;
	return samples(item, seed, count, firstId(operation), {
		known,
		filesUrl: call.world.filesUrl,
	});
}

function idOf(name: string, record: unknown): number {
	return typeof record === 'object' && record !== null && name in record
		? Number(Object.getOwnPropertyDescriptor(record, name)?.value)
		: 0;
}

/**
 * The list that a path ends in when its last parameter is taken away: its ids are the only ones
 * that exist.
 */
function listBehind(operation: Operation): Operation | undefined {
	const parent = operation.path.replace(/\/\{\w+\}$/, '');
	if (parent === operation.path) return undefined;
	return operations.find(({ method, path }) => method === 'GET' && path === parent);
}

/** The id of the first record of a list that keeps no state. */
export function firstIdOf(operationId: string): number {
	return firstId(operationById(operationId));
}

/** @throws 404 when an id in the path belongs to nothing */
function refuseUnknown(call: Call): void {
	for (const name of pathNames(call.operation)) {
		const id = call.id(name);
		// Without a list to look in, any positive number is taken for a record's id.
		if (id <= 0) throw notFound(name.replace(/Id$/, ''), id);
	}
	const behind = listBehind(call.operation);
	const item = behind && itemOf(behind);
	const idName = item && idProperty(item);
	const last = pathNames(call.operation).at(-1);
	if (!behind || !item || idName === undefined || last === undefined) return;
	const known = Object.fromEntries(Object.entries(call.path).filter(([name]) => name !== last));
	if (!list(behind, item, call, known).some((record) => idOf(idName, record) === call.id(last))) {
		throw notFound(last.replace(/Id$/, ''), call.id(last));
	}
}

/** What the answer repeats of the path; the last id is the record's own where it has an `id`. */
function knownOf({ operation, path }: Call): Call['path'] {
	const last = pathNames(operation).at(-1);
	const endsInId = operation.path.endsWith('}') && last !== undefined;
	return endsInId ? { ...path, id: path[last] } : path;
}

/**
 * Any operation that keeps no state: a made-up answer, the same for the same request.
 * Where the answer has the shape of the request, the request is repeated.
 */
export function anyHandler(call: Call): unknown {
	const { operation } = call;
	refuseUnknown(call);
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
	return chunkById(records, call.text('offset'), size, (record) => idOf(idName, record));
}
