import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../simulator/server.cts';
import { ensureChromium } from './browser.cts';
import { announce } from './fixture.cts';
import { startN8n } from './instance.cts';
import { installPackage, packTarball } from './package.cts';
import { ensureN8n } from './runtime.cts';
import { customersToSeed } from './studio.cts';

declare global {
	/** Stops what setup has started. Called by teardown.cts. */
	var perfectGymNextTeardown: (() => Promise<void>) | undefined;
}

/** At least 40 chunks of 500 with Return All. */
const LISTED = 20_000;

/** Starts a simulated studio, and an n8n with the packed package, for all test files. */
export default async function setup(): Promise<void> {
	await setUp(installPackage);
}

/** Like `setup`, with the package installed by `install`, and a studio that lists `listed` customers. */
export async function setUp(install: typeof installPackage, listed = LISTED): Promise<void> {
	const log = (line: string) => process.stderr.write(`${line}\n`);
	await ensureN8n({ log });
	ensureChromium({ log });

	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-test-'));
	const closing: Array<() => unknown> = [
		() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
	];
	const teardown = async () => {
		for (const close of closing.reverse()) await close();
	};
	try {
		const userFolder = join(folder, 'user');
		await install(userFolder, await packTarball(join(folder, 'pack')));
		const simulator = await startSimulator({ customers: customersToSeed(listed) });
		closing.push(() => simulator.close());
		const n8n = await startN8n({ userFolder, log, env: expressionEngine() });
		closing.push(n8n.stop);
		const { baseUrl, controlUrl, apiKey } = simulator;
		announce({ n8n: n8n.handle, studio: { baseUrl, controlUrl, apiKey } });
		globalThis.perfectGymNextTeardown = teardown;
	} catch (error) {
		await teardown();
		throw error;
	}
}

/** Passes the settings of n8n's expression engine on to n8n, so that engines can be compared. */
function expressionEngine(): Record<string, string> {
	const settings = Object.entries(process.env).filter(([name]) =>
		name.startsWith('N8N_EXPRESSION_ENGINE'),
	);
	return Object.fromEntries(settings.map(([name, value = '']) => [name, value]));
}
