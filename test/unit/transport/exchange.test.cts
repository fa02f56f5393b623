import type { IHttpRequestOptions } from 'n8n-workflow';

import { exchange } from '../../../nodes/PerfectGymNext/transport/exchange';
import type { ApiContext } from '../../../nodes/PerfectGymNext/transport/types';

test('half a body is closed with the exchange, and does not pass for a whole one', async () => {
	let isOpen = false;
	const form = {
		contentType: 'multipart/form-data; boundary=x',
		size: 4,
		async *read() {
			isOpen = true;
			try {
				yield Buffer.from('ab');
				yield Buffer.from('cd');
			} finally {
				isOpen = false;
			}
		},
	};
	let body: AsyncIterator<Buffer> | undefined;
	const httpRequestWithAuthentication = async (_type: string, options: IHttpRequestOptions) => {
		const blob = options.body as { stream(): AsyncGenerator<Buffer> };
		body = blob.stream();
		await body.next();
		expect(isOpen).toBe(true);
		return { statusCode: 413, headers: {}, body: 'Too large' };
	};
	const context = { helpers: { httpRequestWithAuthentication } } as unknown as ApiContext;
	const studio = { baseUrl: 'https://studio.test', apiKey: 'key', fingerprint: '' };

	const answer = await exchange(context, studio, {
		method: 'POST',
		template: '/files',
		path: '/files',
		query: {},
		form,
		scopes: [],
		repeatable: false,
		settings: {},
	});

	expect(answer).toMatchObject({ statusCode: 413 });
	expect(isOpen).toBe(false);
	await expect(body?.next()).rejects.toThrow('The answer came before all was sent');
});
