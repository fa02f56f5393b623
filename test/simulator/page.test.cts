import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { startSimulator, type Simulator } from './server.cts';

interface Choice {
	entityId: number;
	name: string;
	content?: Record<string, unknown>;
}

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ customers: 40 });
});
afterAll(() => simulator.close());

async function choicesOf(type: string, studio = 'Demo Studio'): Promise<Choice[]> {
	const query = new URLSearchParams({ type, studio });
	const response = await fetch(`${simulator.controlUrl}/event-choices?${query.toString()}`);
	if (!response.ok) throw new Error(await response.text());
	return ((await response.json()) as { choices: Choice[] }).choices;
}

describe('the records that an event can be about', () => {
	it.each(eventTypes.map(({ value }) => value))('exist for %s, with names', async (type) => {
		const choices = await choicesOf(type);
		expect(choices.length).toBeGreaterThan(0);
		for (const { entityId, name } of choices) {
			expect([typeof entityId, name]).toEqual(['number', expect.stringMatching(/\S \S/)]);
		}
	});

	it('have the contract of their customer', async () => {
		const [first, second] = await choicesOf('CONTRACT_CREATED');
		expect([first, second]).toMatchObject([
			{ entityId: 1_210_000_001, content: { contractId: 1_310_000_010 } },
			{ entityId: 1_210_000_002, content: { contractId: 1_310_000_020 } },
		]);
	});

	it('are refused for an unknown type or studio', async () => {
		await expect(choicesOf('NO_SUCH_TYPE')).rejects.toThrow(
			'The API has no event type NO_SUCH_TYPE',
		);
		await expect(choicesOf('CUSTOMER_CREATED', 'No')).rejects.toThrow(
			'The simulator has no studio No',
		);
	});
});

it('sends no events to a URL that is not registered any more', async () => {
	const receiver = { url: 'http://127.0.0.1:9/', studio: 'Demo Studio' };
	simulator.registerWebhook(receiver);
	simulator.registerWebhook({ url: 'http://127.0.0.1:9/other' });
	simulator.unregisterWebhook(receiver);
	const deliveries = await simulator.sendEvent({ type: 'CUSTOMER_CHECKIN' });
	expect(deliveries.map(({ url }) => url)).toEqual(['http://127.0.0.1:9/other']);
	simulator.clearWebhooks();
});

describe('npm run simulator', () => {
	const run = (...args: string[]) =>
		spawnSync(process.execPath, ['-r', 'tsx/cjs', join(__dirname, 'main.cts'), ...args], {
			encoding: 'utf8',
		});

	it('prints its options with --help', () => {
		const { status, stdout, stderr } = run('--help');
		expect([status, stderr]).toEqual([0, '']);
		expect(stdout).toContain('--control-port N');
	});

	it.each([
		[['--bogus'], "Unknown option '--bogus'"],
		[['--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000".'],
	])('explains why it does not take %j', (args, message) => {
		const { status, stderr } = run(...args);
		expect(status).toBe(1);
		expect(stderr).toContain(message);
		expect(stderr).toContain('--control-port N');
		expect(stderr).not.toContain('    at ');
	});
});
