/** Puts the files that records link to beside them, as n8n's binary data. */

import type { IBinaryKeyData, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';

import { linksFor, parameterNamed } from './declarations';
import type { DownloadRules } from './download';
import { fetchFile } from './download';
import { reasonOf, RequestFault } from './fault';
import type { Link } from './links';
import { linksIn } from './links';
import type { Run } from './run';
import { isEmpty, toWire } from './values';

/** Files of one run that are on their way at a time. */
const FILES_AT_ONCE = 4;
const DEFAULT_MAX_MB = 100;
const BYTES_PER_MB = 1_000_000;

/** Which files are wanted, and where they go. */
export interface Download {
	/** Where in a record links can be. */
	paths: readonly string[];
	/** The binary field that a file goes into. */
	property: string;
	/** The largest file that is fetched, in bytes. */
	maxBytes: number;
}

/** What became of the links of one record. */
export interface Files {
	binary?: IBinaryKeyData;
	/** Why some are missing. */
	problem?: string;
}

/** @returns undefined where no files are wanted */
export function readDownload(context: IExecutePaginationFunctions): Download | undefined {
	const paths = linksFor(String(context.getNodeParameter('operation')));
	const download = parameterNamed('download');
	if (paths.length === 0 || !download) return undefined;
	if (toWire(download, context.getNodeParameter('download', false), '') !== true) return undefined;

	const property = String(context.getNodeParameter('outputBinaryPropertyName', '')).trim();
	if (property === '') {
		const { displayName } = parameterNamed('outputBinaryPropertyName') ?? {};
		throw new RequestFault(`"${displayName}" is missing`, 'Enter a name, such as "data".');
	}
	const { maxFileSize } = context.getNodeParameter('options', {}) as IDataObject;
	const option = parameterNamed('options')?.options?.find(({ name }) => name === 'maxFileSize');
	const isSet = option && 'type' in option && !isEmpty(maxFileSize);
	const maxMb = isSet ? Number(toWire(option, maxFileSize, '')) : DEFAULT_MAX_MB;
	return { paths, property, maxBytes: maxMb * BYTES_PER_MB };
}

/**
 * Fetches the files of all the records, at once: their links do not last.
 *
 * @param keepsGoing a file that cannot be fetched becomes a `problem`
 * @returns what became of the links, in the order of the records
 * @throws {RequestFault} that says which file could not be fetched
 */
export async function fetchFiles(
	context: IExecutePaginationFunctions,
	run: Run,
	records: unknown[],
	download: Download,
	rules: Omit<DownloadRules, 'maxBytes'>,
	keepsGoing: boolean,
): Promise<Files[]> {
	const fetchOne = async (link: Link) => {
		await run.downloads.enter(FILES_AT_ONCE);
		try {
			rules.patience.signal?.throwIfAborted();
			const { maxBytes } = download;
			const { bytes, fileName, mediaType } = await fetchFile(context, link, { ...rules, maxBytes });
			return await context.helpers.prepareBinaryData(bytes, fileName, mediaType);
		} finally {
			run.downloads.leave();
		}
	};
	const tryOne = async (link: Link) =>
		keepsGoing ? await fetchOne(link).catch(reasonOf) : await fetchOne(link);
	return await Promise.all(
		records.map(async (record) => {
			const links = linksIn(record, download.paths);
			const outcomes = await Promise.all(links.map(tryOne));
			const binary: IBinaryKeyData = {};
			const problems: string[] = [];
			for (const [index, outcome] of outcomes.entries()) {
				if (typeof outcome === 'string') problems.push(outcome);
				else binary[propertyFor(links, index, download.property)] = outcome;
			}
			return {
				...(Object.keys(binary).length > 0 && { binary }),
				...(problems.length > 0 && { problem: problems.join('; ') }),
			};
		}),
	);
}

/** Several files of one record are told apart by their fields: `data_includedModules_0_imageUrl`. */
function propertyFor(links: Link[], index: number, property: string): string {
	if (links.length === 1) return property;
	const suffix = links[index].field.replace(/\[(\d+)\]/g, '_$1').replaceAll('.', '_');
	return `${property}_${suffix}`;
}
