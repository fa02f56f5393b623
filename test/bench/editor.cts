import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node';
import { fieldOf, openEditor, type Editor } from '../n8n/browser.cts';
import {
	chain,
	manualTrigger,
	node,
	perfectGymNext,
	running,
	storeCredential,
} from '../n8n/fixture.cts';
import { median, printBesideJest as print } from './figures.cts';
import { addCompared } from './results.cts';

/** A node to measure. The benchmark opens its panel and switches between two operations. */
interface Contender {
	name: string;
	/** The display name of an operation, and a parameter that only this operation shows. */
	first: { operation: string; shows: string };
	second: { operation: string; shows: string };
	/** Measured times in ms. */
	opened: number[];
	switched: number[];
}

const { n8n, studio } = running();
const ROUNDS = 7;
/** The shortest delay that users notice, in ms. */
const NOTICED_MS = 200;
const contenders: Contender[] = [
	{
		name: 'PerfectGym Next',
		first: { operation: 'Get Many', shows: 'returnAll' },
		second: { operation: 'Get', shows: 'customerId' },
		opened: [],
		switched: [],
	},
	{
		name: 'HubSpot',
		first: { operation: 'Get Many', shows: 'returnAll' },
		second: { operation: 'Get', shows: 'contactId' },
		opened: [],
		switched: [],
	},
];
let editor: Editor;

beforeAll(async () => {
	const credentialId = await storeCredential(n8n, studio);
	const id = await n8n.createWorkflow(
		chain('Panels', [
			manualTrigger(),
			perfectGymNext('PerfectGym Next', credentialId, {
				resource: 'customer',
				operation: 'getCustomers',
			}),
			perfectGymNext('Pick', credentialId, { resource: 'customer', operation: 'getCustomerById' }),
			node('HubSpot', 'n8n-nodes-base.hubspot', 2.2, {
				resource: 'contact',
				operation: 'getAll',
			}),
		]),
	);
	editor = await openEditor(n8n);
	await editor.openWorkflow(id);
});

afterAll(async () => {
	await editor?.close();
});

/**
 * Makes the page measure the time from the next event of this type until the element is drawn. This
 * excludes the round trip to the browser. Returns a function that waits for the time in ms.
 */
async function measure(
	event: 'dblclick' | 'click',
	selector: string,
): Promise<() => Promise<number>> {
	const seen = `document.querySelector('${selector}')?.offsetParent`;
	await editor.page.evaluate(`
		window.measured = new Promise((resolve) => {
			window.addEventListener('${event}', () => {
				const begin = performance.now();
				const look = () => {
					if (${seen}) requestAnimationFrame(() => resolve(performance.now() - begin));
					else requestAnimationFrame(look);
				};
				look();
			}, { capture: true, once: true });
		});
		undefined;`);
	return async () => await editor.page.evaluate<number>('window.measured');
}

/** Opens the panel and switches to the other operation and back. */
async function round({ name, first, second, opened, switched }: Contender): Promise<void> {
	const { page } = editor;
	const open = await measure('dblclick', fieldOf(first.shows));
	await editor.openNode(name);
	opened.push(await open());

	for (const { operation, shows } of [second, first]) {
		await page.locator(fieldOf('operation')).first().click();
		const option = page
			.locator('[role="option"]:visible')
			.filter({ has: page.getByText(operation, { exact: true }) })
			.first();
		await option.scrollIntoViewIfNeeded();
		// Wait for the list to fade in, since n8n controls that animation.
		await page.waitForTimeout(400);
		const change = await measure('click', fieldOf(shows));
		await option.click();
		switched.push(await change());
		await page.waitForTimeout(400);
	}
	await closePanel();
}

async function closePanel(): Promise<void> {
	await editor.closePanel();
	await editor.page.waitForTimeout(400);
}

describe("the node's panel in the editor", () => {
	it("opens and switches about as fast as the panel of n8n's HubSpot node", async () => {
		// Warm up: the first panel of a page takes longer for any node.
		for (const contender of contenders) await round({ ...contender, opened: [], switched: [] });
		for (let index = 0; index < ROUNDS; index++) {
			const order = index % 2 === 0 ? contenders : [...contenders].reverse();
			for (const contender of order) await round(contender);
		}

		print(`The node declares ${new PerfectGymNext().description.properties.length} parameters.`);
		const [ours, hubSpot] = contenders;
		for (const what of ['opened', 'switched'] as const) {
			const [our, their] = [median(ours[what]), median(hubSpot[what])];
			print(
				`Panel ${what}: PerfectGym Next ${our.toFixed(0)} ms, HubSpot ${their.toFixed(0)} ms, ratio ${(our / their).toFixed(2)} (medians of ${ours[what].length})`,
			);
			addCompared('bench:editor', {
				what: `Panel ${what}`,
				unit: 'ms',
				ours: ours[what],
				beside: hubSpot[what],
				count: 1,
			});
			expect(our - their).toBeLessThan(NOTICED_MS);
		}
	});

	it('quickly lists the customers to select from', async () => {
		const { page } = editor;
		const listed: number[] = [];
		for (let index = 0; index < ROUNDS; index++) {
			await editor.openNode('Pick');
			const show = await measure('click', '[data-test-id="rlc-item"]');
			await page.locator(`${fieldOf('customerId')} [data-test-id="rlc-input"]`).click();
			listed.push(await show());
			await closePanel();
		}
		print(`Customers listed: ${median(listed).toFixed(0)} ms (median of ${listed.length})`);
		expect(median(listed)).toBeLessThan(5 * NOTICED_MS);
	});
});
