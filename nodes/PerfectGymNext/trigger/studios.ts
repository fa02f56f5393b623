/** Finds the studio of an event, and makes sure that its key belongs to it. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { messageOf, UserInputError } from '../transport/errors';
import type { Studio } from '../transport/studio';
import {
	readStudios,
	STUDIO_CREDENTIAL,
	studioFrom,
	studioNamed,
	toEntry,
} from '../transport/studio';
import { checkStudio } from '../transport/studioCheck';

/**
 * @throws {UserInputError} when the studio of an event cannot be found in the credential
 * @throws {BaseUrlError} when its base URL cannot be used
 */
export type StudioOf = (event: IDataObject) => Studio;

/**
 * Reads the credential.
 *
 * @param isMany whether each event names its studio, or all come from the only one
 */
export async function readStudioOf(context: IExecuteFunctions, isMany: boolean): Promise<StudioOf> {
	if (!isMany) {
		const entry = toEntry(await context.getCredentials(STUDIO_CREDENTIAL));
		return () => studioFrom(entry);
	}
	const studios = await readStudios(context);
	return (event) => {
		const name = studioNameOf(event);
		if (name === '') {
			throw new UserInputError(
				'The studio that sent the event has no name in the credential',
				'Open the credential and enter a name for the studio.',
			);
		}
		return studioFrom(studioNamed(studios, name));
	};
}

/** @returns the name of the studio that sent an event; empty when there is none */
export function studioNameOf({ studio }: IDataObject): string {
	const name = typeof studio === 'object' && studio !== null && 'name' in studio && studio.name;
	return typeof name === 'string' ? name : '';
}

/**
 * Compares the studios' names in PerfectGym Next with those in the credential, where the keys allow it.
 *
 * @throws {UserInputError} when a key belongs to another studio
 */
export async function checkStudios(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	studioOf: StudioOf,
): Promise<void> {
	for (const { json } of items) {
		const studio = knownStudio(json, studioOf);
		const problem = studio && (await checkStudio(context, studio).catch((error: unknown) => error));
		if (problem instanceof UserInputError) throw problem;
		// An event does not need the API: it runs although the API cannot be reached.
		if (problem) context.logger.debug(`A studio's name could not be read: ${messageOf(problem)}`);
	}
}

/** @returns undefined for a studio that cannot be read; "Include Details" says what is wrong with it */
function knownStudio(event: IDataObject, studioOf: StudioOf): Studio | undefined {
	try {
		return studioOf(event);
	} catch {
		return undefined;
	}
}
