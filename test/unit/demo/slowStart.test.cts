import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { signInWithProgress } from '../../n8n/instance.cts';

const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-slow-'));
const logFile = join(folder, 'n8n.log');
beforeEach(() => {
	jest.useFakeTimers();
	writeFileSync(logFile, 'Initializing n8n process\nStarting migration A\n');
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Waits for an n8n on the simulated clock.
 *
 * @param ready answers the question whether n8n is ready
 * @returns the lines of progress, and how the start ended
 */
async function wait(ms: number, ready: () => Response, timeoutMs = 300_000) {
	jest
		.spyOn(globalThis, 'fetch')
		.mockImplementation((url) =>
			Promise.resolve(
				(url as string).endsWith('/healthz/readiness')
					? ready()
					: new Response('{}', { headers: { 'set-cookie': 'n8n-auth=abc; Path=/' } }),
			),
		);
	const lines: string[] = [];
	let outcome: unknown;
	void signInWithProgress({
		start: { baseUrl: 'http://127.0.0.1:1', timeoutMs },
		logFile,
		log: (line) => lines.push(line),
		ended: new Promise<never>(() => undefined),
	}).then(
		(cookie) => (outcome = cookie),
		(error: unknown) => (outcome = error),
	);
	await jest.advanceTimersByTimeAsync(ms);
	return { lines, outcome };
}

const notReady = () => new Response('', { status: 503 });

test('a start of less than a minute reports its time only', async () => {
	const { lines } = await wait(59_000, notReady);
	expect(lines).toEqual(
		[5, 20, 35, 50].reduce((all, s) => [...all, `Starting n8n … ${s} s`], ['Starting n8n …']),
	);
});

test('after a minute it says what n8n answers, and how its log ends now', async () => {
	const { lines } = await wait(65_000, notReady);
	expect(lines.at(-1)).toBe(
		'Starting n8n … 65 s. n8n is not ready yet (readiness 503). Its log ends with: Starting migration A',
	);
	writeFileSync(logFile, 'Starting migration A\nStarting migration B\n');
	await jest.advanceTimersByTimeAsync(15_000);
	expect(lines.at(-1)).toMatch(/80 s\. .* Starting migration B$/);
});

test('the message says why n8n does not answer', async () => {
	const { lines } = await wait(65_000, () => {
		throw new Error('fetch failed');
	});
	expect(lines.at(-1)).toContain('n8n is not ready yet (fetch failed)');
});

test('returns the cookie when n8n is ready, and reports nothing more', async () => {
	let asked = 0;
	const { lines, outcome } = await wait(120_000, () =>
		asked++ < 400 ? notReady() : new Response('{}'),
	);
	expect(outcome).toBe('n8n-auth=abc');
	expect(lines.at(-1)).toMatch(/^Starting n8n … 80 s/);
});

test('fails when n8n is not ready in time', async () => {
	const { outcome } = await wait(301_000, notReady);
	expect(outcome).toEqual(new Error('n8n was not ready within 300 s (readiness 503)'));
});
