import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import {
	chain,
	code,
	manualTrigger,
	node,
	perfectGymNext,
	storeCredential,
} from '../n8n/fixture.cts';
import { itemsOf, peakMemoryMb, restartPeak, untilAtRest } from '../n8n/instance.cts';
import { listCustomers } from '../n8n/studio.cts';
import { holdAfter, startReceiver } from '../n8n/webhooks.cts';
import type { LoggedRequest } from '../simulator/requestLog.cts';
import { report, running } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const SIZE = 300_000;
const LARGE = 50 * 1024 * 1024;

describe('a file in queue mode', () => {
	it('is sent and fetched byte for byte, by way of the database', async () => {
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
		report(`a file of ${SIZE} bytes sent and fetched in a worker, kept in the database`);
	});

	it("of 50 MB is sent byte for byte, as by n8n's HTTP Request node", async () => {
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
		const request = (name: string, parameters: INodeParameters) =>
			node(name, 'n8n-nodes-base.httpRequest', 4.2, { options: {}, ...parameters });
		const byNode = perfectGymNext('Send', credentialId, {
			resource: 'customer',
			operation: 'uploadDocument',
			customerId: { __rl: true, mode: 'id', value: String(id) },
			binaryPropertyName: 'data',
		});
		const byRequest = request('Send', {
			method: 'POST',
			url: `${studio.baseUrl}/v1/customers/${id}/documents`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'x-api-key', value: studio.apiKey }] },
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
			},
		});
		const pids = cluster.workers.map((name) => cluster.pid(name));

		/** Gives by how many MB the worker grows while the file is fetched, and while it is sent. */
		const growth = async (send: INode): Promise<[fetched: number, sent: number]> => {
			const workflow = chain('Large file', [
				manualTrigger(),
				request('Fetch', {
					url: `http://127.0.0.1:${port}/large.pdf`,
					options: { response: { response: { responseFormat: 'file' } } },
				}),
				send,
			]);
			holdAfter(workflow, 'Fetch', receiver);
			const workflowId = await n8n.createWorkflow(workflow);
			await fetch(`${studio.controlUrl}/requests`, { method: 'DELETE' });
			receiver.answer = 'silent';
			receiver.bodies.length = 0;
			await untilAtRest();
			const idle = pids.map(restartPeak);
			const most = () =>
				Math.max(...pids.map((pid, index) => (peakMemoryMb(pid) ?? 0) - idle[index]));
			const run = n8n.runWorkflow(workflowId);
			while (receiver.bodies.length === 0) await sleep(50);
			const fetched = most();
			for (const pid of pids) restartPeak(pid);
			receiver.answer = 200;
			receiver.release();
			const { data } = await run;
			const sent = most();

			expect(data.resultData.error?.message).toBeUndefined();
			const log = await fetch(`${studio.controlUrl}/requests`);
			const { requests } = (await log.json()) as { requests: LoggedRequest[] };
			const seen = requests.filter(({ operationId }) => operationId === 'uploadDocument');
			expect(seen).toMatchObject([{ status: 200, parts: [{ size: LARGE, sha256 }] }]);
			return [fetched, sent];
		};
		try {
			const [fetched, own] = await growth(byNode);
			const [, its] = await growth(byRequest);
			// Workers that have held more before grow less: figures to be seen, not a bound.
			report(
				`a file of 50 MB: the worker's memory grows by ${fetched} MB while n8n fetches and stores it, by ${own} MB while the node sends it (${its} MB while n8n's HTTP Request node does)`,
			);
		} finally {
			await receiver.close();
			await new Promise((resolve) => server.close(resolve));
		}
	});
});
