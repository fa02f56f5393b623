/** Tells a person who enters a credential whether it works, and what is wrong if not. */

import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestMethods,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { API_KEY_HEADER } from '../transport/authenticate';
import { BaseUrlError, readBaseUrl } from '../transport/baseUrl';
import type { StudioEntry } from '../transport/studio';
import { studiosIn, toEntry } from '../transport/studio';

/** A HEAD request runs nothing and needs no scope: 200 for a valid key, 401 for another one. */
const TEST_PATH = '/v1/customers';
/** Names the studio that a key belongs to, where the key may read it. */
const STUDIO_PATH = '/v1/studios/information';
const TIMEOUT_MS = 15_000;
const AT_ONCE = 8;

export async function testStudioKey(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const problem = await problemWith.call(this, toEntry(credential.data ?? {}));
	return problem === undefined ? passed('The API key is valid') : failed(problem);
}

/** Checks every studio of a credential that holds many. */
export async function testStudioKeys(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const studios = studiosIn(credential.data ?? {});
	if (studios.length === 0) return failed('There are no studios. Add one.');
	const unclear = unclearIn(studios);
	if (unclear !== undefined) return failed(unclear);

	const problems: string[] = [];
	const waiting = studios.entries();
	const check = async () => {
		for (const [index, studio] of waiting) {
			const problem =
				(await problemWith.call(this, studio)) ?? (await mixUp.call(this, studio, studios));
			if (problem !== undefined) problems[index] = `"${studio.name}": ${problem}`;
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, check));

	// Without those that have no problem.
	const told = problems.flat().map((problem) => problem.replace(/\.?$/, '.'));
	if (told.length === 0) return passed(`The API keys of all ${studios.length} studios are valid`);
	const verb = told.length === 1 ? 'does' : 'do';
	return failed(`${told.length} of ${studios.length} studios ${verb} not work. ${told.join(' ')}`);
}

/** What must be told apart is told apart. */
function unclearIn(studios: StudioEntry[]): string | undefined {
	const unnamed = studios.findIndex(({ name }) => name === '');
	if (unnamed >= 0) return `Studio ${unnamed + 1} of the list has no name. Enter one.`;

	const names = doubles(studios, ({ name }) => name);
	if (names) return `${names.length} studios have the name "${names[0].name}". Rename one.`;
	for (const [displayName, key] of [
		['API Key', 'apiKey'],
		['Webhook API Key', 'webhookApiKey'],
	] as const) {
		const same = doubles(studios, (studio) => studio[key]);
		if (!same) continue;
		const list = same.map(({ name }) => `"${name}"`).join(' and ');
		return `${list} have the same ${displayName}. Each studio has keys of its own.`;
	}
	return undefined;
}

/** @returns the first studios that have the same, if any */
function doubles(
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
async function problemWith(
	this: ICredentialTestFunctions,
	{ baseUrl: entered, apiKey }: StudioEntry,
): Promise<string | undefined> {
	const baseUrl = readBaseUrl(entered);
	if (baseUrl instanceof BaseUrlError) return baseUrl.message;
	if (apiKey === '') return 'API Key is missing. Enter the one from your activation e-mail.';

	const answer = await knock.call(this, 'HEAD', `${baseUrl}${TEST_PATH}`, apiKey);
	if (typeof answer === 'string') return `${baseUrl} cannot be reached: ${answer}`;
	const { statusCode: status } = answer;
	if (status >= 200 && status < 300) return undefined;
	if (status === 401) return `The API key is wrong for ${baseUrl}`;
	if (status === 429) return 'Too many requests in this minute. Test again in a minute.';
	if (status === 500 || status === 503) {
		return 'PerfectGym Next has a problem or is under load. Test again later.';
	}
	return `${baseUrl} answers with status ${status}, as PerfectGym Next would not. Check the Base URL.`;
}

/**
 * n8n remembers keys that are hidden by their place in the list: when a studio is removed, those
 * below it get the key of the one above. A valid key of the wrong studio shows by the studio's name.
 */
async function mixUp(
	this: ICredentialTestFunctions,
	{ name, baseUrl, apiKey }: StudioEntry,
	studios: StudioEntry[],
): Promise<string | undefined> {
	const url = `${String(readBaseUrl(baseUrl))}${STUDIO_PATH}`;
	const answer = await knock.call(this, 'GET', url, apiKey);
	const own = typeof answer === 'string' ? undefined : nameIn(answer.body);
	if (own === undefined || alike(own, name)) return undefined;
	const other = studios.find((studio) => alike(studio.name, own));
	return other && `The API key is that of "${other.name}". Enter the key of "${name}" again.`;
}

function alike(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function nameIn(body: unknown): string | undefined {
	const name = typeof body === 'object' && body !== null && 'name' in body && body.name;
	return typeof name === 'string' ? name : undefined;
}

interface Answer {
	statusCode: number;
	body?: unknown;
}

/** @returns the answer, or why none came */
async function knock(
	this: ICredentialTestFunctions,
	method: IHttpRequestMethods,
	uri: string,
	apiKey: string,
): Promise<Answer | string> {
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
		return reasonOf(error as IDataObject);
	}
}

/** A redirect that is not followed comes as an error with a status. */
function reasonOf(error: IDataObject): Answer | string {
	const status = error.statusCode ?? (error.response as IDataObject | undefined)?.status;
	if (typeof status === 'number') return { statusCode: status };
	const cause = error.cause as IDataObject | undefined;
	return String(error.code ?? cause?.code ?? error.message ?? 'no answer');
}

function passed(message: string): INodeCredentialTestResult {
	return { status: 'OK', message };
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
