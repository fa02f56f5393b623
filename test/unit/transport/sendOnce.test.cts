import type { IHttpRequestOptions } from 'n8n-workflow';

import { ConnectionError } from '../../../nodes/PerfectGymNext/transport/errors';
import type { Form } from '../../../nodes/PerfectGymNext/transport/multipart';
import { sendOnce } from '../../../nodes/PerfectGymNext/transport/sendOnce';
import { apiRequest, fakeContext, uniqueStudio } from '../fakes.cts';

type Body = AsyncGenerator<Buffer, void>;

/**
 * Sends a form.
 *
 * @param sendBody what n8n does with the body
 */
async function sendForm(read: Form['read'], sendBody: (open: () => Body) => Promise<unknown>) {
	const { context } = fakeContext(({ options }) => {
		const blob = options.body as { stream(): Body };
		return sendBody(() => blob.stream());
	});
	const form = { contentType: 'multipart/form-data; boundary=x', size: 4, read };
	return await sendOnce(context, uniqueStudio(), apiRequest({ method: 'POST', form }));
}

/** A file that is read in the given pieces. */
function fileOf(...pieces: string[]): Form['read'] {
	return async function* () {
		for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
	};
}

async function readAll(body: Body): Promise<void> {
	while (!(await body.next()).done);
}

test('the file is closed after an answer, and a half-sent body does not look complete', async () => {
	let isOpen = false;
	let body: Body | undefined;
	const answer = await sendForm(
		async function* () {
			isOpen = true;
			try {
				yield* fileOf('ab', 'cd')();
			} finally {
				isOpen = false;
			}
		},
		async (open) => {
			body = open();
			await body.next();
			expect(isOpen).toBe(true);
			return { statusCode: 413, headers: {}, body: 'Too large' };
		},
	);
	expect(answer).toMatchObject({ statusCode: 413 });
	await expect(body?.next()).rejects.toThrow('The answer arrived before the whole file was sent');
	expect(isOpen).toBe(false);
});

test('a file that cannot be read does not block the node after the time limit', async () => {
	const answer = await sendForm(
		async function* () {
			yield await new Promise<Buffer>(() => undefined);
		},
		(open) => {
			void open().next();
			const error = new Error('timeout of 10ms exceeded');
			return Promise.reject(Object.assign(error, { code: 'ECONNABORTED' }));
		},
	);
	expect(answer).toBeInstanceOf(ConnectionError);
	expect(answer).toMatchObject({ code: 'ECONNABORTED' });
});

test('a body that n8n sends a second time fails instead of being empty', async () => {
	const sending = sendForm(fileOf('abcd'), async (open) => {
		await readAll(open());
		await readAll(open());
	});
	await expect(sending).rejects.toThrow(
		'The connection broke before the answer arrived. The file is not sent twice.',
	);
});

test.each([
	['one studio', undefined, 'perfectGymNextApi'],
	['many studios', 'North', 'perfectGymNextStudiosApi'],
])('n8n signs with the data of the studio, from a credential of %s', async (_what, name, type) => {
	const { context, sent } = fakeContext(() => ({ statusCode: 200, headers: {}, body: {} }));
	const studio = { ...uniqueStudio(), name };
	await sendOnce(context, studio, apiRequest());
	const { baseUrl, apiKey } = studio;
	expect(sent).toMatchObject([{ credentialType: type, signedWith: { baseUrl, apiKey } }]);
});

test('each attempt gets options of its own, since n8n changes them', async () => {
	const { context, sent } = fakeContext(({ options }) => {
		(options as Partial<IHttpRequestOptions>).url = 'changed';
		return { statusCode: 200, headers: {}, body: {} };
	});
	const request = apiRequest();
	for (let count = 0; count < 2; count++) await sendOnce(context, uniqueStudio(), request);
	expect(sent[0].options).not.toBe(sent[1].options);
	expect(request.path).toBe('/v1/devices');
});
