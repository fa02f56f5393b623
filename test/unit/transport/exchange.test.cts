import type { IHttpRequestOptions } from 'n8n-workflow';

import { ConnectionFailure, exchange } from '../../../nodes/PerfectGymNext/transport/exchange';
import type { Form } from '../../../nodes/PerfectGymNext/transport/multipart';
import type { ApiContext } from '../../../nodes/PerfectGymNext/transport/types';

type Body = AsyncGenerator<Buffer, void>;

/** Sends a form with an n8n that does this with the body. */
async function exchangeForm(read: Form['read'], sendBody: (open: () => Body) => Promise<unknown>) {
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		const blob = options.body as { stream(): Body };
		return await sendBody(() => blob.stream());
	};
	const context = { helpers: { httpRequestWithAuthentication } } as unknown as ApiContext;
	const studio = { baseUrl: 'https://studio.test', apiKey: 'key', fingerprint: '' };
	return await exchange(context, studio, {
		method: 'POST',
		template: '/files',
		path: '/files',
		query: {},
		form: { contentType: 'multipart/form-data; boundary=x', size: 4, read },
		scopes: [],
		repeatable: false,
		settings: {},
	});
}

test('half a body is closed with the exchange, and does not pass for a whole one', async () => {
	let isOpen = false;
	let body: Body | undefined;
	const answer = await exchangeForm(
		async function* () {
			isOpen = true;
			try {
				yield Buffer.from('ab');
				yield Buffer.from('cd');
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
	await expect(body?.next()).rejects.toThrow('The answer came before all was sent');
	expect(isOpen).toBe(false);
});

test('a storage that hangs does not keep the node once the time limit is over', async () => {
	const answer = await exchangeForm(
		async function* () {
			yield await new Promise<Buffer>(() => undefined);
		},
		async (open) => {
			void open().next();
			throw Object.assign(new Error('timeout of 10ms exceeded'), { code: 'ECONNABORTED' });
		},
	);
	expect(answer).toBeInstanceOf(ConnectionFailure);
	expect(answer).toMatchObject({ code: 'ECONNABORTED' });
});

test('a body is not sent a second time, as if it were empty', async () => {
	const sending = exchangeForm(
		async function* () {
			yield Buffer.from('abcd');
		},
		async (open) => {
			for await (const _ of open());
			for await (const _ of open());
		},
	);
	await expect(sending).rejects.toThrow('The answer broke off, and a file is not sent twice');
});
