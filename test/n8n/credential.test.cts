import { CREDENTIAL, running } from './fixture.cts';
import { startSimulator } from '../simulator/server.cts';
import { freePort } from './instance.cts';

const { n8n, studio } = running();

describe('the credential test', () => {
	it('accepts the right key', async () => {
		const { status } = await n8n.testCredential(CREDENTIAL, {
			baseUrl: studio.baseUrl,
			apiKey: studio.apiKey,
		});
		expect(status).toBe('OK');
	});

	it('accepts a base URL that ends with /v1/', async () => {
		const { status } = await n8n.testCredential(CREDENTIAL, {
			baseUrl: `${studio.baseUrl}/v1/`,
			apiKey: studio.apiKey,
		});
		expect(status).toBe('OK');
	});

	it('accepts a key without scopes', async () => {
		const bare = await startSimulator({
			studios: [{ name: 'Bare', apiKey: 'bare-key', webhookApiKey: 'bare-webhook', scopes: [] }],
		});
		try {
			const { status } = await n8n.testCredential(CREDENTIAL, {
				baseUrl: bare.baseUrl,
				apiKey: 'bare-key',
			});
			expect(status).toBe('OK');
			expect(bare.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
		} finally {
			await bare.close();
		}
	});

	it('reports a wrong key without showing it', async () => {
		const { status, message } = await n8n.testCredential(CREDENTIAL, {
			baseUrl: studio.baseUrl,
			apiKey: 'no-such-key-4711',
		});
		expect(status).toBe('Error');
		expect(message).toBe(
			`The API key is wrong for ${studio.baseUrl}. Copy it again from PerfectGym's email, or check the Base URL.`,
		);
		expect(message).not.toContain('no-such-key-4711');
	});

	it('names a host that refuses the connection', async () => {
		const port = await freePort();
		const { status, message } = await n8n.testCredential(CREDENTIAL, {
			baseUrl: `http://127.0.0.1:${port}`,
			apiKey: studio.apiKey,
		});
		expect(status).toBe('Error');
		expect(message).toContain(`127.0.0.1:${port} refused the connection. Check the Base URL`);
	});

	it('rejects a base URL without HTTPS', async () => {
		const { status, message } = await n8n.testCredential(CREDENTIAL, {
			baseUrl: 'http://acme.open-api.perfectgym.example',
			apiKey: studio.apiKey,
		});
		expect(status).toBe('Error');
		expect(message).toMatch(/https/i);
	});
});
