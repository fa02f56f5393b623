import type { Locator, Page } from 'playwright-core';
import { fieldOf, type Editor } from '../n8n/browser.cts';
import { takePicture } from '../n8n/pictures.cts';

const WAIT_MS = 30_000;

/** What a person sees and does in the editor. All waiting is for what appears. */
export class Screen {
	readonly page: Page;

	constructor(readonly editor: Editor) {
		this.page = editor.page;
		this.page.setDefaultTimeout(WAIT_MS);
	}

	/** An element with n8n's ID for tests. */
	part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	/** The field of a parameter in the open panel. */
	field(parameter: string): Locator {
		return this.page.locator(fieldOf(parameter));
	}

	/** Opens the list of nodes, with the plus after a node if there is one, and types into its search field. */
	async searchNodes(words: string, after?: string): Promise<void> {
		const bar = this.part('node-creator-search-bar');
		if (!(await bar.isVisible())) {
			const plus =
				after === undefined
					? this.part('node-creator-plus-button')
					: this.handle(after, 'output').locator('[data-test-id="canvas-handle-plus-wrapper"]');
			await plus.click();
		}
		await bar.fill(words);
	}

	/** The entries with this name in the list of nodes. */
	nodeEntry(name: string): Locator {
		return this.part('node-creator-item-name').and(this.page.getByText(name, { exact: true }));
	}

	/** Adds the node with an action, connected to the node before it if there is one. Its panel opens. */
	async addAction(action: string, after?: string): Promise<void> {
		await this.searchNodes('perfect gym', after);
		await this.nodeEntry('PerfectGym Next').click();
		await this.nodeEntry(action).click();
		await this.part('ndv').waitFor();
	}

	/** Chooses an option of a parameter by its name. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.field(parameter).click();
		await this.page.getByRole('option', { name: option }).locator('visible=true').first().click();
	}

	/** Draws a connection from the output of a node to the input of another. */
	async connect(from: string, to: string): Promise<void> {
		await this.handle(from, 'output').dragTo(this.handle(to, 'input'));
	}

	private handle(name: string, side: 'output' | 'input'): Locator {
		return this.page
			.locator(`[data-test-id="canvas-node-${side}-handle"][data-node-name="${name}"]`)
			.first();
	}

	/** Executes the open node. */
	async execute(): Promise<void> {
		await this.part('node-execute-button').first().click();
	}

	/** The panel with what the open node puts out. */
	output(): Locator {
		return this.part('output-panel');
	}
}

/** A test that needs the ones before it, and fails at once if one of them has failed. */
export type Step = (name: string, work: () => Promise<void>) => void;

/** Returns the `Step` of one file. After a failure, it takes a picture of the editor. */
export function stepsOn(editor: () => Editor | undefined): Step {
	let failed: string | undefined;
	return (name, work) => {
		it(name, async () => {
			if (failed !== undefined) throw new Error(`This step needs "${failed}", which has failed`);
			try {
				await work();
			} catch (error) {
				failed = name;
				const open = editor();
				if (open) await takePicture(open, `failed ${name}`.replaceAll(/\W+/g, '-'));
				throw error;
			}
		});
	};
}
