// Checks that a running n8n, which has no owner yet, has loaded all nodes of this package:
// `npm run check:loaded -- http://127.0.0.1:5678`. Prints "N passed, N failed".

import type { INodeTypeDescription } from 'n8n-workflow';

import { BROWSER_ID, signIn } from '../test/n8n/instance.cts';
import { PACKAGE } from '../test/n8n/package.cts';

const NODES = ['perfectGymNext', 'perfectGymNextTrigger', 'perfectGymNextPollingTrigger'].map(
	(name) => `${PACKAGE}.${name}`,
);

async function main(baseUrl: string): Promise<void> {
	const cookie = await signIn({ baseUrl });
	const response = await fetch(`${baseUrl}/types/nodes.json`, {
		headers: { cookie, 'browser-id': BROWSER_ID },
	});
	if (!response.ok) throw new Error(`GET /types/nodes.json returned ${response.status}`);
	const types = (await response.json()) as INodeTypeDescription[];
	const missing = NODES.filter((node) => !types.some(({ name }) => name === node));
	for (const node of missing) process.stdout.write(`FAIL  n8n has not loaded ${node}\n`);
	process.stdout.write(`${NODES.length - missing.length} passed, ${missing.length} failed\n`);
	process.exitCode = missing.length === 0 ? 0 : 1;
}

main(process.argv[2]).catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
