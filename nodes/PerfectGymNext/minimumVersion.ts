/** Refuses versions of n8n that lack what the nodes need. Each node imports it before all others. */

import { NodeConnectionTypes } from 'n8n-workflow';

// n8n has it since 1.85. 1.123 is the oldest version that the tests run on.
if ((NodeConnectionTypes as unknown) === undefined) {
	throw new Error('n8n-nodes-perfectgym-next needs n8n 1.123 or newer. Update n8n.');
}
