import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { fieldOf, openEditor, type Editor } from '../n8n/browser.cts';
import {
	chain,
	manualTrigger,
	node,
	NODE,
	perfectGymNext,
	running,
	storeCredential,
} from '../n8n/fixture.cts';
import { PACKAGE } from '../n8n/package.cts';
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
const HUBSPOT = 'n8n-nodes-base.hubspot';
const HUBSPOT_VERSION = 2.2;
const ROUNDS = 11;
const AT_MOST = 1.1;
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
			node('HubSpot', HUBSPOT, HUBSPOT_VERSION, {
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

/** What n8n's editor has to compare and draw for the panels, in words. */
function whatIsCompared(types: INodeTypeDescription[]): string {
	const [ours, hubSpot] = [NODE, HUBSPOT].map((wanted) => {
		// HubSpot has two entries, with different versions.
		const all = types.filter(({ name }) => name === wanted);
		const { properties } =
			all.find(({ version }) => [version].flat().includes(HUBSPOT_VERSION)) ?? all[0];
		const lists = properties.filter(({ name }) => name === 'operation');
		const operations = lists.reduce((sum, { options = [] }) => sum + options.length, 0);
		return { parameters: properties.length, operations };
	});
	return `At each change, n8n compares all parameters of a node with what is chosen. This node has ${ours.parameters} for its ${ours.operations} operations; HubSpot has ${hubSpot.parameters} for ${hubSpot.operations}. The panel also shows more fields, and a longer list of operations.`;
}

describe("the node's panel in the editor", () => {
	it("opens and switches beside the panel of n8n's HubSpot node", async () => {
		// Warm up: the first panel of a page takes longer for any node.
		for (const contender of contenders) await round({ ...contender, opened: [], switched: [] });
		for (let index = 0; index < ROUNDS; index++) {
			const order = index % 2 === 0 ? contenders : [...contenders].reverse();
			for (const contender of order) await round(contender);
		}

		const obstacle = whatIsCompared(await n8n.nodeTypes());
		print(obstacle);
		const [ours, hubSpot] = contenders;
		for (const what of ['opened', 'switched'] as const) {
			const [our, their] = [median(ours[what]), median(hubSpot[what])];
			print(
				`Panel ${what}: PerfectGym Next ${our.toFixed(0)} ms, HubSpot ${their.toFixed(0)} ms, ratio ${(our / their).toFixed(2)} (medians of ${ours[what].length})`,
			);
			addCompared('bench:editor', {
				what: what === 'opened' ? 'Panel opened' : 'Operation switched',
				unit: 'ms',
				ours: ours[what],
				beside: hubSpot[what],
				count: 1,
				atMost: AT_MOST,
				obstacle,
			});
		}
	});

	it('lists the customers to select from', async () => {
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
	});
});

/** What loading.js prints. */
interface Loaded {
	wallMs: number;
	cpuMs: number;
	/** The number of files of the package that were loaded. */
	own: number;
	/** The files of other packages that were loaded. */
	libraries: string[];
}

/** The files of a package to load: nodes and credentials. */
interface Files {
	root: string;
	files: string[];
}

function filesOf(root: string, isWanted: (file: string) => boolean): Files {
	const manifest = readFileSync(join(root, 'package.json'), 'utf8');
	const { n8n: declared } = JSON.parse(manifest) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	return { root, files: [...declared.nodes, ...declared.credentials].filter(isWanted) };
}

/** Loads the files in a new process, after the libraries. */
function load(files: Files, libraries: string[]): Loaded {
	const { nodeBinary, n8nEntry } = n8n.handle.runtime;
	const { status, stdout, stderr } = spawnSync(
		nodeBinary,
		[join(__dirname, 'loading.js'), JSON.stringify({ ...files, libraries })],
		// Where n8n lets community nodes find n8n-workflow.
		{ encoding: 'utf8', env: { NODE_PATH: join(dirname(n8nEntry), '../..') } },
	);
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as Loaded;
}

describe('the package', () => {
	it("loads beside n8n's HubSpot node", () => {
		const n8nRequire = createRequire(n8n.handle.runtime.n8nEntry);
		const base = dirname(n8nRequire.resolve('n8n-nodes-base/package.json'));
		const installed = join(n8n.handle.userFolder, '.n8n/nodes/node_modules', PACKAGE);
		const ours = filesOf(installed, () => true);
		const hubSpot = filesOf(base, (file) => file.includes('/Hubspot'));
		expect(ours.files).toHaveLength(5);
		expect(hubSpot.files).toHaveLength(6);
		// n8n has loaded the libraries of its nodes before, so they do not count.
		const libraries = [n8nRequire.resolve('n8n-workflow')];
		const own = [ours, hubSpot].map((files) => {
			const { own: count, libraries: found } = load(files, libraries);
			libraries.push(...found);
			return count;
		});
		const loaded: Record<'ours' | 'hubSpot', Loaded[]> = { ours: [], hubSpot: [] };
		for (let index = 0; index < ROUNDS; index++) {
			const order =
				index % 2 === 0 ? (['ours', 'hubSpot'] as const) : (['hubSpot', 'ours'] as const);
			for (const which of order) {
				const one = load(which === 'ours' ? ours : hubSpot, libraries);
				expect(one.libraries).toEqual([]);
				loaded[which].push(one);
			}
		}

		for (const figure of ['wallMs', 'cpuMs'] as const) {
			const [our, their] = [loaded.ours, loaded.hubSpot].map((all) =>
				all.map((one) => one[figure]),
			);
			const what =
				figure === 'wallMs' ? 'Loading the package' : 'Loading the package: processor time';
			print(
				`${what}: PerfectGym Next ${median(our).toFixed(0)} ms, HubSpot ${median(their).toFixed(0)} ms, ratio ${(median(our) / median(their)).toFixed(2)} (medians of ${our.length})`,
			);
			addCompared('bench:editor', {
				what,
				unit: 'ms',
				ours: our,
				beside: their,
				count: 1,
				atMost: AT_MOST,
				obstacle: `n8n reads ${own[0]} files for three nodes with all their operations, and ${own[1]} for HubSpot's two. It does so once, when it starts.`,
			});
		}
	});
});
