/** Tests whether a credential works, and tells the user what is wrong with it. */

import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestMethods,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { API_KEY_HEADER } from './transport/authenticate';
import { BaseUrlError, readBaseUrl } from './transport/baseUrl';
import { connectionErrorFrom, describeConnectionError } from './transport/connectionErrors';
import { ConnectionError } from './transport/errors';
import type { StudioEntry } from './transport/studio';
import { expectedNameOf, isSameName, studiosIn, toEntry } from './transport/studio';
import { nameIn, shownName, STUDIO_PATH } from './transport/studioCheck';

/** A HEAD request has no effect and needs no scope. It returns 200 for a valid key, otherwise 401. */
const TEST_PATH = '/v1/customers';
const TIMEOUT_MS = 15_000;
const MAX_CONCURRENT = 8;
/** Keys of the API look different. */
const NOT_A_KEY = 'test-of-the-credential';
const TOO_MANY_REQUESTS = 'Too many requests in this minute. Test again in a minute.';

/** Tests a credential of one studio. @returns the result that n8n shows */
export async function testStudioKey(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = await findProblem.call(this, toEntry(credential.data ?? {}));
	return problem === undefined ? passed('The API key is valid') : failed(problem);
}

/** Tests every studio in a credential of many studios. @returns the result that n8n shows */
export async function testStudioKeys(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const studios = studiosIn(credential.data ?? {});
	if (studios.length === 0) return failed('There are no studios. Add one.');
	const ambiguity = findAmbiguity(studios);
	if (ambiguity !== undefined) return failed(ambiguity);

	const problems: string[] = [];
	const waiting = studios.entries();
	const check = async () => {
		for (const [index, studio] of waiting) {
			const problem =
				(await findProblem.call(this, studio)) ?? (await findMixUp.call(this, studio, studios));
			if (problem !== undefined) problems[index] = `"${studio.name}": ${problem}`;
		}
	};
	await Promise.all(Array.from({ length: MAX_CONCURRENT }, check));

	// `flat` drops the studios without a problem.
	const messages = problems.flat().map((problem) => problem.replace(/\.?$/, '.'));
	if (messages.length === 0)
		return passed(`The API keys of all ${studios.length} studios are valid`);
	const verb = messages.length === 1 ? 'does' : 'do';
	return failed(
		`${messages.length} of ${studios.length} studios ${verb} not work. ${messages.join(' ')}`,
	);
}

/** @returns why studios cannot be told apart by name or key, or undefined when they can */
function findAmbiguity(studios: StudioEntry[]): string | undefined {
	const unnamed = studios.findIndex(({ name }) => name === '');
	if (unnamed >= 0) return `Studio ${unnamed + 1} of the list has no name. Enter one.`;

	const names = findDuplicates(studios, ({ name }) => name);
	if (names) return `${names.length} studios have the name "${names[0].name}". Rename one.`;
	for (const [displayName, key] of [
		['API Key', 'apiKey'],
		['Webhook API Key', 'webhookApiKey'],
	] as const) {
		const same = findDuplicates(studios, (studio) => studio[key]);
		if (!same) continue;
		const list = same.map(({ name }) => `"${name}"`).join(' and ');
		return `${list} have the same ${displayName}. Each studio has keys of its own.`;
	}
	return undefined;
}

/** @returns the studios that share the first duplicate value, or undefined when there are no duplicates */
function findDuplicates(
	studios: StudioEntry[],
	read: (studio: StudioEntry) => string,
): StudioEntry[] | undefined {
	const groups = new Map<string, StudioEntry[]>();
	for (const studio of studios) {
		const value = read(studio);
		if (value !== '') groups.set(value, [...(groups.get(value) ?? []), studio]);
	}
	return [...groups.values()].find(({ length }) => length > 1);
}

/** @returns why the studio's key does not work, or undefined when it does */
async function findProblem(
	this: ICredentialTestFunctions,
	{ baseUrl: entered, apiKey }: StudioEntry,
): Promise<string | undefined> {
	const baseUrl = readBaseUrl(entered);
	if (baseUrl instanceof BaseUrlError) return baseUrl.message;
	if (apiKey === '') return 'API Key is missing. Enter the one from your activation email.';

	const answer = await send.call(this, 'HEAD', `${baseUrl}${TEST_PATH}`, apiKey);
	if (answer instanceof ConnectionError) return textOf(answer);
	const { statusCode: status } = answer;
	if (status === 200) return await findImpostor.call(this, baseUrl);
	if (status === 401) {
		return `The API key is wrong for ${baseUrl}. Copy it again from PerfectGym's email, or check the Base URL.`;
	}
	if (status === 429) return TOO_MANY_REQUESTS;
	if (status === 500 || status === 503) {
		return 'PerfectGym Next is not available at the moment. Test again later.';
	}
	return `${baseUrl} returned status ${status}, so it is not the PerfectGym Next API. Check the Base URL.`;
}

/**
 * Any web server can answer a HEAD request with 200. The API answers 401 to a key that is not one.
 *
 * @returns the error message, or undefined when the server checks keys
 */
async function findImpostor(
	this: ICredentialTestFunctions,
	baseUrl: string,
): Promise<string | undefined> {
	const answer = await send.call(this, 'HEAD', `${baseUrl}${TEST_PATH}`, NOT_A_KEY);
	if (answer instanceof ConnectionError) return textOf(answer);
	if (answer.statusCode === 429) return TOO_MANY_REQUESTS;
	if (answer.statusCode === 401) return undefined;
	return `${baseUrl} accepts any key, so it is not the PerfectGym Next API. Check the Base URL.`;
}

/**
 * The name that PerfectGym Next has for the key's studio shows whether the key is the right one.
 *
 * @returns the error message, or undefined when the names match or the key may not read the name
 */
async function findMixUp(
	this: ICredentialTestFunctions,
	studio: StudioEntry,
	studios: StudioEntry[],
): Promise<string | undefined> {
	const url = `${String(readBaseUrl(studio.baseUrl))}${STUDIO_PATH}`;
	const answer = await send.call(this, 'GET', url, studio.apiKey);
	const ownName = answer instanceof ConnectionError ? undefined : nameIn(answer.body);
	const expected = expectedNameOf(studio);
	if (ownName === undefined || isSameName(ownName, expected)) return undefined;
	const other = studios.find((one) => isSameName(expectedNameOf(one), ownName));
	if (other) {
		return `The API key belongs to "${other.name}". Enter the key of "${studio.name}" again.`;
	}
	return `The API key belongs to the studio that PerfectGym Next calls "${shownName(ownName, studio.apiKey)}". If it is the right one, enter this name as "Name in PerfectGym Next".`;
}

/** The part of an answer that the test needs. */
interface Answer {
	statusCode: number;
	body?: unknown;
}

/** @returns the answer of any status, or the error when there is none */
async function send(
	this: ICredentialTestFunctions,
	method: IHttpRequestMethods,
	uri: string,
	apiKey: string,
): Promise<Answer | ConnectionError> {
	const { request } = this.helpers;
	try {
		return (await request({
			method,
			uri,
			headers: { [API_KEY_HEADER]: apiKey },
			json: method === 'GET',
			timeout: TIMEOUT_MS,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		})) as Answer;
	} catch (error) {
		return redirectIn(error as IDataObject) ?? connectionErrorFrom(error, new URL(uri).host);
	}
}

/** n8n's request helper throws an error with a status for a redirect that it does not follow. */
function redirectIn(error: IDataObject): Answer | undefined {
	const status = error.statusCode ?? (error.response as IDataObject | undefined)?.status;
	return typeof status === 'number' ? { statusCode: status } : undefined;
}

function textOf(error: ConnectionError): string {
	const { message, advice } = describeConnectionError(error);
	return advice === undefined ? message : `${message}. ${advice}`;
}

function passed(message: string): INodeCredentialTestResult {
	return { status: 'OK', message };
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
