/** Reads the names of additional information, once per studio and run. */

import { StudioFields } from './additionalInformation';
import { notAList } from './chunks';
import { ApiError } from './errors';
import { isEmptyAnswer } from './output';
import type { Studio } from './studio';
import type { ApiContext } from './types';

const FORBIDDEN = 403;
const HINT =
	'Additional information has IDs instead of names, since the API key does not have the scope ADDITIONAL_INFORMATION_READ. Ask PerfectGym to grant it to your integration, or turn off "Additional Information as Columns".';

/** The fields of the studios of one run. */
export class StudioFieldsReader {
	/** By base URL and key, since each item can have another studio. */
	private readonly known = new Map<string, Promise<StudioFields>>();

	private hasHint = false;

	constructor(private readonly context: ApiContext) {}

	/**
	 * @param request reads the definitions of the fields
	 * @throws {ApiError} with status 403 when the key does not have the scope
	 */
	async read({ baseUrl, apiKey }: Studio, request: () => Promise<unknown>): Promise<StudioFields> {
		const key = `${baseUrl} ${apiKey}`;
		const reading = this.known.get(key) ?? request().then(toFields);
		this.known.set(key, reading);
		reading.catch((error: unknown) => {
			if (!isForbidden(error)) this.known.delete(key);
		});
		return await reading;
	}

	/** As {@link read}. @returns undefined, with a hint, when the key does not have the scope */
	async readIfAllowed(
		studio: Studio,
		request: () => Promise<unknown>,
	): Promise<StudioFields | undefined> {
		return await this.read(studio, request).catch(async (error: unknown) => {
			if (!isForbidden(error)) return await Promise.reject(error);
			this.hint();
			return undefined;
		});
	}

	private hint(): void {
		if (!this.hasHint && 'addExecutionHints' in this.context) {
			this.context.addExecutionHints({ message: HINT, location: 'outputPane' });
		}
		this.hasHint = true;
	}
}

function isForbidden(error: unknown): boolean {
	return error instanceof ApiError && error.statusCode === FORBIDDEN;
}

function toFields(answer: unknown): StudioFields {
	if (Array.isArray(answer)) return new StudioFields(answer);
	if (isEmptyAnswer(answer)) return new StudioFields([]);
	throw notAList();
}
