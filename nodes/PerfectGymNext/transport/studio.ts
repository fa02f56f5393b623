/** Finds out with which studio's address and key a request is made. */

import { createHash } from 'crypto';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecutePaginationFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { normalizeBaseUrl } from './baseUrl';
import { RequestFault } from './fault';
import type { ApiContext } from './types';
import { isEmpty, unwrapLocator } from './values';

export const STUDIO_CREDENTIAL = 'perfectGymNextApi';
export const STUDIOS_CREDENTIAL = 'perfectGymNextStudiosApi';
/** The value of "authentication" with which a node has a credential of many studios. */
export const MANY_STUDIOS = 'studios';

export interface Studio {
	/** What the user calls it; a credential of one studio has no name for it. */
	name?: string;
	/** The origin that the studio's requests go to. */
	baseUrl: string;
	apiKey: string;
	/** Tells keys apart without holding them. */
	fingerprint: string;
}

/** A studio as it was entered. */
export interface StudioEntry {
	name: string;
	baseUrl: unknown;
	apiKey: string;
	webhookApiKey: string;
}

/** Names that are listed in a message. */
const MOST_NAMES = 50;

/**
 * @param name which one of many, or undefined for the one studio that the node has
 * @throws {RequestFault} when the credential does not have just one studio of that name
 * @throws {BaseUrlError} when the credential's base URL cannot be used
 * @throws n8n's own error when the node has no credential
 */
export async function pickStudio(context: ApiContext, name: string | undefined): Promise<Studio> {
	if (name === undefined) {
		return studioFrom(toEntry(await context.getCredentials(STUDIO_CREDENTIAL)));
	}
	return studioFrom(studioNamed(await readStudios(context), name));
}

/** The studios of the node's credential that holds many, in their order. */
export async function readStudios(
	context: Pick<ApiContext, 'getCredentials'>,
): Promise<StudioEntry[]> {
	return studiosIn(await context.getCredentials(STUDIOS_CREDENTIAL));
}

/**
 * @returns the name of the studio that is chosen in the node, or undefined when the node has one only
 * @throws {RequestFault} when none is chosen, or in the editor an expression
 */
export function chosenStudio(
	context: IExecutePaginationFunctions | ILoadOptionsFunctions,
): string | undefined {
	const isEditor = 'getCurrentNodeParameter' in context;
	const read = (name: string) =>
		isEditor ? context.getCurrentNodeParameter(name) : context.getNodeParameter(name, '');
	if (read('authentication') !== MANY_STUDIOS) return undefined;

	const value = unwrapLocator(read('studio'));
	if (isEmpty(value)) {
		throw new RequestFault(
			// The editor sends nothing for an expression that it has no data for.
			isEditor
				? 'Choose "Studio" first, or run the step before if it is an expression'
				: '"Studio" is missing',
			'Choose a studio from the list, or enter an expression that gives its name.',
		);
	}
	if (isEditor && String(value).startsWith('=')) {
		throw new RequestFault(
			'"Studio" is an expression, whose value is known only when the workflow runs',
			'Choose a studio from the list to see what it has, or enter the ID.',
		);
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new RequestFault('"Studio" must be the name of a studio', 'It is no text.');
	}
	return String(value).trim();
}

export function studiosIn({ studios }: ICredentialDataDecryptedObject): StudioEntry[] {
	const entries = isObject(studios) ? studios.studio : undefined;
	return Array.isArray(entries) ? entries.filter(isObject).map(toEntry) : [];
}

/**
 * Upper and lower case are told apart only where it matters.
 *
 * @throws {RequestFault} when there is no such studio or more than one
 */
export function studioNamed(studios: readonly StudioEntry[], name: string): StudioEntry {
	const exact = studios.filter((studio) => studio.name === name);
	const alike = studios.filter(({ name: other }) => other.toLowerCase() === name.toLowerCase());
	const found = exact.length > 0 ? exact : alike;
	if (found.length === 1) return found[0];
	if (found.length > 1) {
		throw new RequestFault(
			`The credential has ${found.length} studios with the name "${name}"`,
			'Open the credential and give each of them a name of its own.',
		);
	}
	const names = studios.slice(0, MOST_NAMES).map((studio) => studio.name);
	const more = studios.length > names.length ? ` and ${studios.length - names.length} more` : '';
	throw new RequestFault(
		`The credential has no studio with the name "${name}"`,
		names.length === 0 ? 'It has no studios.' : `It has: ${names.join(', ')}${more}.`,
	);
}

/** @throws {BaseUrlError} when the base URL cannot be used */
export function studioFrom({ name, baseUrl: entered, apiKey }: StudioEntry): Studio {
	const baseUrl = normalizeBaseUrl(entered);
	const fingerprint = createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex');
	return { ...(name !== '' && { name }), baseUrl, apiKey, fingerprint };
}

/** A credential of one studio has no name. */
export function toEntry(entered: ICredentialDataDecryptedObject | IDataObject): StudioEntry {
	const text = (value: unknown) => String(value ?? '').trim();
	return {
		name: text(entered.name),
		baseUrl: entered.baseUrl,
		apiKey: text(entered.apiKey),
		webhookApiKey: text(entered.webhookApiKey),
	};
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
