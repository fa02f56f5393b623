/** Downloads the files that records link to, as n8n's binary data. */

import type { IBinaryKeyData } from 'n8n-workflow';

import type { DownloadRules, DownloadTotal } from './download';
import { fetchFile } from './download';
import { messageOf, UserInputError } from './errors';
import type { Link } from './links';
import { linksIn } from './links';
import type { ItemParameters } from './parameters';
import { Semaphore } from './semaphore';
import type { RunContext } from './types';

/** The files that one execution of the node downloads at the same time. */
const CONCURRENT_DOWNLOADS = 4;
const DEFAULT_MAX_MB = 100;
const BYTES_PER_MB = 1_000_000;
/** An object does not store a field of this name: it takes it for its prototype. */
const RESERVED_NAME = '__proto__';

/** Which files to download, and where they go. */
export interface Download {
	/** Where records can have links. */
	paths: readonly string[];
	/** The binary field of the output item. */
	property: string;
	/** The largest file that is downloaded, in bytes. */
	maxBytes: number;
	allowUncheckedHosts: boolean;
}

/** A record with its files: they travel together from the answer to the item. */
export interface ReadRecord {
	record: unknown;
	/** By binary field. */
	binary?: IBinaryKeyData;
	/** Why files are missing. */
	downloadError?: string;
}

/** The downloads of one execution of the node, which share its limits. */
export class Downloads {
	readonly slots = new Semaphore();

	readonly total: DownloadTotal = { bytes: 0 };
}

/** How the files of an item are downloaded. */
export interface DownloadContext {
	context: RunContext;
	/** Shared by all items of the node. */
	downloads: Downloads;
	rules: Omit<DownloadRules, 'maxBytes' | 'allowUncheckedHosts' | 'total'>;
	/** A file that cannot be downloaded becomes a `downloadError`. */
	continueOnFail: boolean;
}

/**
 * @param paths where the operation's records can have links
 * @returns undefined when no files are wanted
 * @throws {UserInputError} for options that are not valid
 */
export function readDownload(
	parameters: ItemParameters,
	paths: readonly string[],
): Download | undefined {
	if (paths.length === 0 || parameters.serialized('download') !== true) return undefined;
	const { displayName } = parameters.operations.parameter('outputBinaryPropertyName');
	const property = parameters.serialized('outputBinaryPropertyName');
	if (typeof property !== 'string') {
		throw new UserInputError(`"${displayName}" is missing`, 'Enter a name, such as "data".');
	}
	if (property === RESERVED_NAME) {
		throw new UserInputError(`"${displayName}" must not be ${RESERVED_NAME}`);
	}
	const maxMb = Number(parameters.serializedIn('options', 'maxFileSize') ?? DEFAULT_MAX_MB);
	const allowUncheckedHosts = parameters.serializedIn('options', 'allowUncheckedHosts') === true;
	return { paths, property, maxBytes: maxMb * BYTES_PER_MB, allowUncheckedHosts };
}

/**
 * Downloads the files of all records right away, since their links expire.
 *
 * @returns the records, in their order
 * @throws {RequestError} that names the file that could not be downloaded
 */
export async function withFiles(
	records: readonly unknown[],
	download: Download,
	how: DownloadContext,
): Promise<ReadRecord[]> {
	return await Promise.all(records.map(async (record) => await withFilesOf(record, download, how)));
}

async function withFilesOf(
	record: unknown,
	download: Download,
	how: DownloadContext,
): Promise<ReadRecord> {
	const links = linksIn(record, download.paths);
	const files = await Promise.all(
		links.map(async (link) => {
			const file = store(link, download, how);
			return how.continueOnFail ? await file.catch(messageOf) : await file;
		}),
	);
	const binary: IBinaryKeyData = {};
	const problems: string[] = [];
	for (const [index, file] of files.entries()) {
		if (typeof file === 'string') problems.push(file);
		else binary[propertyFor(links, index, download.property)] = file;
	}
	return {
		record,
		...(Object.keys(binary).length > 0 && { binary }),
		...(problems.length > 0 && { downloadError: problems.join('; ') }),
	};
}

async function store(
	link: Link,
	{ maxBytes, allowUncheckedHosts }: Download,
	{ context, downloads: { slots, total }, rules }: DownloadContext,
) {
	await slots.acquire(CONCURRENT_DOWNLOADS);
	try {
		rules.limits.signal?.throwIfAborted();
		const file = await fetchFile(context, link, { ...rules, maxBytes, allowUncheckedHosts, total });
		// Another file can have failed: nothing is stored for a node that has ended.
		rules.limits.signal?.throwIfAborted();
		return await context.helpers.prepareBinaryData(file.bytes, file.fileName, file.mediaType);
	} finally {
		slots.release();
	}
}

/** Several files of one record go to fields of their own, such as `data_includedModules_0_imageUrl`. */
function propertyFor(links: readonly Link[], index: number, property: string): string {
	if (links.length === 1) return property;
	const suffix = links[index].field.replace(/\[(\d+)\]/g, '_$1').replaceAll('.', '_');
	return `${property}_${suffix}`;
}
