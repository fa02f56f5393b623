import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';
import {
	chain,
	code,
	manualTrigger,
	node,
	perfectGymNext,
	storeCredential,
} from '../n8n/fixture.cts';
import {
	itemsOf,
	peakMemoryMb,
	restartPeak,
	untilAtRest,
	type Execution,
} from '../n8n/instance.cts';
import { listCustomers } from '../n8n/studio.cts';
import { holdAfter, startReceiver } from '../n8n/webhooks.cts';
import type { LoggedRequest } from '../simulator/requestLog.cts';
import { until } from './cluster.cts';
import { report, running } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const SIZE = 300_000;
const LARGE = 50 * 1024 * 1024;

describe('a file in queue mode', () => {
	it('is uploaded and downloaded unchanged through the database', async () => {
		const credentialId = await storeCredential(n8n, studio);
		const [{ id }] = await listCustomers(studio);
		const customerId = { __rl: true, mode: 'id', value: String(id) };
		const content = randomBytes(SIZE);
		const workflow = chain('Files', [
			manualTrigger(),
			code('Content', `return [{ json: { content: '${content.toString('base64')}' } }];`),
			node('File', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toBinary',
				sourceProperty: 'content',
				options: { fileName: 'contract.pdf', mimeType: 'application/pdf' },
			}),
			perfectGymNext('Upload', credentialId, {
				resource: 'customer',
				operation: 'uploadDocument',
				customerId,
				binaryPropertyName: 'data',
			}),
			perfectGymNext('Download', credentialId, {
				resource: 'customer',
				operation: 'getDocumentById',
				customerId,
				documentId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				download: true,
				outputBinaryPropertyName: 'copy',
			}),
		]);

		const run = await n8n.runWorkflow(await n8n.createWorkflow(workflow));

		expect(run.data.resultData.error?.message).toBeUndefined();
		const log = cluster.workers.map((name) => cluster.log(name)).join('');
		expect(log).toContain(`Worker finished execution ${run.id} `);
		const [item] = itemsOf(run.data, 'Download');
		const [mode, fileId] = String(item.binary?.copy.id).split(':');
		expect(mode).toBe('database');
		const stored = cluster.query<{ md5: string; size: number }>(
			`select md5(data) as md5, length(data) as size from binary_data where "fileId" = '${fileId}'`,
		);
		const md5 = createHash('md5').update(content).digest('hex');
		expect(stored).toEqual([{ md5, size: SIZE }]);
		report(`A worker uploaded and downloaded ${SIZE} bytes, stored in the database.`);
	});

	it('of 50 MB is uploaded unchanged', async () => {
		const credentialId = await storeCredential(n8n, studio);
		const [{ id }] = await listCustomers(studio);
		const content = randomBytes(LARGE);
		const sha256 = createHash('sha256').update(content).digest('hex');
		const server = createServer((_, response) => {
			response.setHeader('content-type', 'application/pdf');
			response.end(content);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const receiver = await startReceiver();
		const last = 'Last';
		const send = perfectGymNext(last, credentialId, {
			resource: 'customer',
			operation: 'uploadDocument',
			customerId: { __rl: true, mode: 'id', value: String(id) },
			binaryPropertyName: 'data',
		});
		// Reads the file as our node does, but does not keep it in memory.
		const read = node(last, 'n8n-nodes-base.crypto', 1, {
			action: 'hash',
			type: 'SHA256',
			binaryData: true,
			binaryPropertyName: 'data',
			dataPropertyName: 'sha256',
		});

		/** Returns the growth in MB of a newly started worker while it runs the last node. */
		const growth = async (lastNode: INode): Promise<{ grown: number; run: Execution }> => {
			const workflow = chain('Large file', [
				manualTrigger(),
				node('Fetch', 'n8n-nodes-base.httpRequest', 4.2, {
					url: `http://127.0.0.1:${port}/large.pdf`,
					options: { response: { response: { responseFormat: 'file' } } },
				}),
				lastNode,
			]);
			holdAfter(workflow, 'Fetch', receiver);
			const workflowId = await n8n.createWorkflow(workflow);
			// A worker that used more memory before would grow less.
			const restarted = cluster.workers.map((name) => cluster.kill(name, 'SIGKILL'));
			await Promise.all(restarted.map(async (untilRestarted) => await untilRestarted()));
			const pids = cluster.workers.map((name) => cluster.pid(name));
			await untilAtRest();
			const idle = pids.map(restartPeak);

			receiver.answer = 'silent';
			receiver.bodies.length = 0;
			const execution = n8n.runWorkflow(workflowId);
			await until(() => receiver.bodies.length > 0);
			for (const pid of pids) restartPeak(pid);
			receiver.answer = 200;
			receiver.release();
			const run = await execution;
			expect(run.data.resultData.error?.message).toBeUndefined();
			const grown = pids.map((pid, index) => (peakMemoryMb(pid) ?? 0) - idle[index]);
			return { grown: Math.max(...grown), run };
		};
		try {
			const reading = await growth(read);
			expect(itemsOf(reading.run.data, last)).toMatchObject([{ json: { sha256 } }]);

			await fetch(`${studio.controlUrl}/requests`, { method: 'DELETE' });
			const sending = await growth(send);
			const log = await fetch(`${studio.controlUrl}/requests`);
			const { requests } = (await log.json()) as { requests: LoggedRequest[] };
			const uploads = requests.filter(({ operationId }) => operationId === 'uploadDocument');
			expect(uploads).toMatchObject([{ status: 200, parts: [{ size: LARGE, sha256 }] }]);
			// Reported but not checked, since they vary by up to 20% between runs.
			report(
				`A new worker grows by ${sending.grown} MB while our node uploads 50 MB, and by ${reading.grown} MB while n8n's Crypto node reads them.`,
			);
		} finally {
			await receiver.close();
			await new Promise((resolve) => server.close(resolve));
		}
	});
});
