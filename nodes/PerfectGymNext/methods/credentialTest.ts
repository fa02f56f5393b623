/** Tells a person who enters a credential whether it works, and what is wrong if not. */

import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { API_KEY_HEADER } from '../transport/authenticate';
import { BaseUrlError, readBaseUrl } from '../transport/baseUrl';

/** A HEAD request runs nothing and needs no scope: 200 for a valid key, 401 for another one. */
const TEST_PATH = '/v1/customers';
const TIMEOUT_MS = 15_000;

export async function testStudioKey(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const baseUrl = readBaseUrl(credential.data?.baseUrl);
	if (baseUrl instanceof BaseUrlError) return failed(baseUrl.message);
	const apiKey = String(credential.data?.apiKey ?? '').trim();
	if (apiKey === '')
		return failed('API Key is missing. Enter the one from your activation e-mail.');

	const status = await knock.call(this, baseUrl, apiKey);
	if (typeof status === 'string') return failed(`${baseUrl} cannot be reached: ${status}`);
	if (status >= 200 && status < 300) return { status: 'OK', message: 'The API key is valid' };
	if (status === 401) return failed(`The API key is wrong for ${baseUrl}`);
	if (status === 429) return failed('Too many requests in this minute. Test again in a minute.');
	if (status === 500 || status === 503) {
		return failed('PerfectGym Next has a problem or is under load. Test again later.');
	}
	return failed(
		`${baseUrl} answers with status ${status}, as PerfectGym Next would not. Check the Base URL.`,
	);
}

/** @returns the status of the answer, or why none came */
async function knock(
	this: ICredentialTestFunctions,
	baseUrl: string,
	apiKey: string,
): Promise<number | string> {
	const { request } = this.helpers;
	try {
		const answer = (await request({
			method: 'HEAD',
			uri: `${baseUrl}${TEST_PATH}`,
			headers: { [API_KEY_HEADER]: apiKey },
			timeout: TIMEOUT_MS,
			resolveWithFullResponse: true,
			simple: false,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		})) as { statusCode: number };
		return answer.statusCode;
	} catch (error) {
		return reasonOf(error as IDataObject);
	}
}

/** A redirect that is not followed comes as an error with a status. */
function reasonOf(error: IDataObject): number | string {
	const status = error.statusCode ?? (error.response as IDataObject | undefined)?.status;
	if (typeof status === 'number') return status;
	const cause = error.cause as IDataObject | undefined;
	return String(error.code ?? cause?.code ?? error.message ?? 'no answer');
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
