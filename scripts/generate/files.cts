/** The files that `npm run generate` writes. */

import { badges } from './badges.cts';
import { contractModule } from './contract.cts';
import { eventsPage, operationsPage } from './pages.cts';
import { performancePage } from './performance.cts';
import { schemaFiles } from './schemas.cts';

/** @returns the text of each file, by its path in the repository */
export function generatedFiles(): Map<string, string> {
	return new Map([
		['nodes/PerfectGymNext/resources/contract.ts', contractModule()],
		['docs/operations.md', operationsPage()],
		['docs/events.md', eventsPage()],
		['docs/performance.md', performancePage()],
		...badges(),
		...schemaFiles(),
	]);
}
