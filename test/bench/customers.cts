// Time and peak memory of "Return All" over 20,000 customers: our node beside n8n's HTTP Request
// node with its own pagination, in the same run, by turns, each in an n8n process of its own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IRunExecutionData } from 'n8n-workflow';
import { startSimulator } from '../simulator/server.cts';
import { chain, manualTrigger, node, perfectGymNext, storeCredential } from '../n8n/fixture.cts';
import { itemsOf, startN8n, type WorkflowFile } from '../n8n/instance.cts';
import { installPackage, packTarball } from '../n8n/package.cts';
import { customersToSeed, listCustomers } from '../n8n/studio.cts';

const LISTED = 20_000;
const ROUNDS = 3;
/** What the API allows for customers, and what our node asks for. */
const SLICE = 500;

interface Contender {
	name: string;
	workflowId: string;
	/** How many customers the workflow must give. */
	expected: number;
	/** How many are in what it gave. */
	count(data: IRunExecutionData): number;
	durations: number[];
	peaks: number[];
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A table of medians, and how many times as much as our node the others took. */
function report(contenders: Contender[], listed: number): void {
	const [ours] = contenders;
	say(`\nReturn All over ${listed} customers in chunks of ${SLICE}, median of ${ROUNDS}:\n`);
	say('| | time | peak memory | time, times ours | memory, times ours |');
	say('| --- | ---: | ---: | ---: | ---: |');
	for (const { name, durations, peaks } of contenders) {
		const time = median(durations);
		const peak = median(peaks);
		const times = (time / median(ours.durations)).toFixed(2);
		const memory = (peak / median(ours.peaks)).toFixed(2);
		say(`| ${name} | ${(time / 1000).toFixed(1)} s | ${peak} MB | ${times} | ${memory} |`);
	}
	say('\nEach is a process of its own, so time and memory include those of n8n alone.');
}

/** The HTTP Request node as n8n's documentation sets up such an API; it gives items of chunks. */
function httpRequest(baseUrl: string, credentialId: string): WorkflowFile {
	return chain('HTTP Request', [
		manualTrigger(),
		node(
			'Get',
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				url: `${baseUrl}/v1/customers`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				sendQuery: true,
				queryParameters: { parameters: [{ name: 'sliceSize', value: String(SLICE) }] },
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [
									{ type: 'qs', name: 'offset', value: '={{ $response.body?.offset }}' },
								],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.hasNext }}',
						},
					},
				},
			},
			{ credentials: { httpHeaderAuth: { id: credentialId, name: 'Key' } } },
		),
		node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'result', options: {} }),
	]);
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-bench-'));
	const userFolder = join(folder, 'user');
	await installPackage(userFolder, await packTarball(join(folder, 'pack')));
	// No limit here, so that rounds need not wait for one another.
	const simulator = await startSimulator({
		customers: customersToSeed(LISTED),
		rateLimit: { requests: 1_000_000, windowMs: 60_000 },
	});
	const n8n = await startN8n({ userFolder, log: say });
	try {
		const { length: listed } = await listCustomers(simulator);
		const ours = await n8n.createWorkflow(
			chain('PerfectGym Next', [
				manualTrigger(),
				perfectGymNext('Get', await storeCredential(n8n, simulator), {
					resource: 'customer',
					operation: 'getCustomers',
					returnAll: true,
					output: 'full',
				}),
			]),
		);
		const key = await n8n.createCredential('httpHeaderAuth', {
			name: 'x-api-key',
			value: simulator.apiKey,
		});
		const whole = httpRequest(simulator.baseUrl, key);
		const chunks = httpRequest(simulator.baseUrl, key);
		chunks.nodes.pop();
		delete chunks.connections.Get;

		const contenders: Contender[] = [
			{
				name: 'PerfectGym Next, Return All',
				workflowId: ours,
				expected: listed,
				count: (data) => itemsOf(data, 'Get').length,
				durations: [],
				peaks: [],
			},
			{
				name: 'HTTP Request with pagination, chunks left as they are',
				workflowId: await n8n.createWorkflow(chunks),
				expected: listed,
				count: (data) => {
					const results = itemsOf(data, 'Get').map(({ json }) => json.result);
					return results.reduce<number>(
						(n, list) => n + (Array.isArray(list) ? list.length : 0),
						0,
					);
				},
				durations: [],
				peaks: [],
			},
			{
				name: 'HTTP Request with pagination, then Split Out',
				workflowId: await n8n.createWorkflow(whole),
				expected: listed,
				count: (data) => itemsOf(data, 'Split').length,
				durations: [],
				peaks: [],
			},
			{
				name: 'n8n alone, with nothing to do',
				workflowId: await n8n.createWorkflow(chain('Nothing', [manualTrigger()])),
				expected: 0,
				count: () => 0,
				durations: [],
				peaks: [],
			},
		];
		// One process at a time: the editor's own would share the machine's memory and processor.
		await n8n.stop();
		for (let round = 1; round <= ROUNDS; round += 1) {
			for (const contender of contenders) {
				const run = await n8n.executeOnCommandLine(contender.workflowId);
				const count = run.data ? contender.count(run.data) : 0;
				if (run.exitCode !== 0 || count !== contender.expected) {
					throw new Error(
						`${contender.name}: ${count} customers instead of ${contender.expected}.\n${run.output.slice(0, 2000)}`,
					);
				}
				contender.durations.push(run.durationMs);
				contender.peaks.push(run.peakMb ?? NaN);
				say(`round ${round}: ${contender.name}: ${run.durationMs} ms, ${run.peakMb} MB`);
			}
		}
		report(contenders, listed);
	} finally {
		await n8n.stop();
		await simulator.close();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

main().catch((error) => {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
});
