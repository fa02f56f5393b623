/** Reads and checks the input of all items, before the first request is sent. */

import type { IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { followsChunks, readCustomRequest } from './customRequest';
import type { Download } from './files';
import { readDownload } from './files';
import {
	readIds,
	readLimit,
	readNamesFields,
	readRequest,
	readShape,
	readWaitLimits,
} from './input';
import { toNodeError } from './nodeErrors';
import type { Operation, Operations } from './operations';
import type { OutputShape } from './output';
import { ItemParameters, NodeParameters } from './parameters';
import type { Batching } from './settings';
import { readBatching, readSettings } from './settings';
import type { Studio, StudioEntry } from './studio';
import {
	isSameName,
	MANY_STUDIOS,
	STUDIO_CREDENTIAL,
	studioFrom,
	studioNamed,
	STUDIOS_CREDENTIAL,
	studiosIn,
	toEntry,
	toStudioName,
} from './studio';
import type { ApiRequest, NodeRun, WaitLimits } from './types';
import type { Upload } from './upload';
import { readUpload } from './upload';

/** What is to be sent for one item; its input has been checked. */
export interface Task {
	item: number;
	/** The name of the studio; undefined when the credential has only one. */
	studioName?: string;
	request: ApiRequest;
	upload?: Upload;
	download?: Download;
	isList: boolean;
	/** The number of records to return; Infinity for all. */
	limit: number;
	limits: Omit<WaitLimits, 'signal'>;
	shape: OutputShape;
	/**
	 * Whether to output additional information by name. Undefined when nobody chose, in flat output:
	 * yes, if the key may read the names.
	 */
	namesFields?: boolean;
	/** The IDs of what the records belong to. */
	owner: IDataObject;
	/** The ids in the path, for an answer without content. */
	ids: IDataObject;
}

/** An item whose input is wrong, while On Error lets the node continue. */
export interface FailedInput {
	item: number;
	error: NodeApiError | NodeOperationError;
}

/** The tasks of one execution. */
export interface Tasks {
	/** In the order of the items. */
	tasks: Array<Task | FailedInput>;
	batching?: Batching;
}

/** @throws n8n's error, with the index of its item, unless On Error lets the node continue */
export async function readTasks(
	run: NodeRun,
	operation: Operation,
	operations: Operations,
): Promise<Tasks> {
	const parameters = new NodeParameters(run, operations);
	const studios = new StudioReader(run);
	const tasks: Array<Task | FailedInput> = [];
	let batching: Batching | undefined;
	let isBatchingRead = false;
	for (const item of run.items) {
		const ofItem = new ItemParameters(parameters, item);
		try {
			// The first item decides, as in n8n's own engine.
			if (!isBatchingRead) batching = readBatching(ofItem);
			isBatchingRead = true;
			const task = readTask(run, operation, ofItem);
			await studios.check(task.studioName, item.index);
			tasks.push(task);
		} catch (error) {
			const failure = toNodeError(run.node, error, item.index);
			if (!run.continueOnFail) throw failure;
			tasks.push({ item: item.index, error: failure });
		}
	}
	return { tasks, batching };
}

function readTask(run: NodeRun, operation: Operation, parameters: ItemParameters): Task {
	const { plan } = operation;
	const settings = readSettings(parameters);
	const shape = readShape(parameters, operation);
	const input = plan.isCustom
		? readCustomRequest(parameters, settings)
		: readRequest(parameters, operation, settings);
	return {
		item: parameters.item.index,
		request: input,
		upload: plan.file && readUpload(run, parameters, plan.file, input.body),
		download: readDownload(parameters, operation.links),
		isList: plan.isCustom ? followsChunks(parameters) : plan.sliceSizes !== undefined,
		limit: plan.sliceSizes ? readLimit(parameters) : Infinity,
		limits: readWaitLimits(parameters),
		shape,
		namesFields: readNamesFields(parameters, shape),
		owner: readIds(parameters, operation.owners),
		ids: readIds(parameters, operation.places),
		studioName:
			parameters.get('authentication', '') === MANY_STUDIOS
				? toStudioName(parameters.get('studio', ''))
				: undefined,
	};
}

/**
 * Reads the studio of an item from the credential. A field of a credential can be an expression, so
 * n8n reads it for each item.
 */
export class StudioReader {
	private studios?: Promise<StudioEntry[]>;

	constructor(private readonly run: NodeRun) {}

	/** @throws {UserInputError} when the credential has no studio of that name */
	async check(name: string | undefined, item: number): Promise<void> {
		if (name === undefined) return;
		const studios = (this.studios ??= this.readAll(item));
		studios.catch(() => (this.studios = undefined));
		const isKnown = (await studios).some((studio) => isSameName(studio.name, name));
		// This item may have another credential, if that is an expression.
		studioNamed(isKnown ? await studios : await this.readAll(item), name);
	}

	/** @throws {BaseUrlError} when the base URL cannot be used, and as {@link check} */
	async read(name: string | undefined, item: number): Promise<Studio> {
		if (name !== undefined) return studioFrom(studioNamed(await this.readAll(item), name));
		return studioFrom(toEntry(await this.run.getCredentials(STUDIO_CREDENTIAL, item)));
	}

	private async readAll(item: number): Promise<StudioEntry[]> {
		return studiosIn(await this.run.getCredentials(STUDIOS_CREDENTIAL, item));
	}
}
