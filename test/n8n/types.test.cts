import { dirname, join } from 'node:path';

import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node.ts';
import { PerfectGymNextPollingTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextPollingTrigger.node.ts';
import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node.ts';
import { PACKAGE } from './package.cts';
import { ensureN8n } from './runtime.cts';

/** What n8n gives its AI builder and MCP clients to read. */
interface Generator {
	generateNodeTypeFile: (description: object) => string;
}

/** A model reads them whole, for 145 operations. In characters; without any text they have 136,000. */
const MAX_LENGTH = 349_000;

test("n8n's types of the nodes stay short", async () => {
	const { n8nEntry } = await ensureN8n({ log: () => {} });
	const modules = dirname(dirname(dirname(n8nEntry)));
	const path = join(modules, '@n8n/workflow-sdk/dist/generate-types/generate-types.js');
	const { generateNodeTypeFile } = (await import(path)) as Generator;
	const lengths = [
		new PerfectGymNext(),
		new PerfectGymNextTrigger(),
		new PerfectGymNextPollingTrigger(),
	].map(
		({ description }) =>
			generateNodeTypeFile({ ...description, name: `${PACKAGE}.${description.name}` }).length,
	);
	expect(lengths[0]).toBeLessThan(MAX_LENGTH);
	expect(lengths[1]).toBeLessThan(10_000);
	expect(lengths[2]).toBeLessThan(10_000);
});
