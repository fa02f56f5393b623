import { createHash, randomBytes } from 'node:crypto';
import {
	chain,
	code,
	manualTrigger,
	node,
	perfectGymNext,
	storeCredential,
} from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import { listCustomers } from '../n8n/studio.cts';
import { report, running } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const SIZE = 300_000;

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
});
