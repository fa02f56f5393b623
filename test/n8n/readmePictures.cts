import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Editor } from './browser.cts';
import { chain, CREDENTIAL, manualTrigger, perfectGymNext } from './fixture.cts';
import type { N8n, WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';

/** The folder of the README's pictures. */
export const IMAGES = join(PROJECT, 'docs', 'images');
/** The texts that the pictures show. `npm run screenshots` writes them together with the pictures. */
export const TEXTS_FILE = join(IMAGES, 'texts.json');

/** A picture of the README. */
export interface ReadmePicture {
	file: string;
	/** Opens in the editor what the picture shows, and waits until it is there. */
	open(editor: Editor, n8n: N8n, credentialId: string): Promise<void>;
	/** The part of the page that the picture shows; by default the visible part of the page. */
	clip?(editor: Editor): Promise<{ x: number; y: number; width: number; height: number }>;
	/** The elements whose texts and values must be the same as when the picture was taken. */
	texts: string;
}

/** As n8n names the first credential of a person. */
export const CREDENTIAL_NAME = 'PerfectGym Next account';
const VIEWPORT = { width: 1280, height: 720 };
const EXAMPLE = 'contract-cancelled-to-task-list';
const NODE_NAME = 'Get customers';
const TABLE = '[data-test-id="output-panel"] table';

/** The pictures of the README. */
export const readmePictures: readonly ReadmePicture[] = [
	{ file: 'canvas.png', open: openCanvas, clip: clipCanvas, texts: '[data-test-id="canvas-node"]' },
	{
		file: 'node.png',
		open: openNode,
		texts: [
			'[data-test-id="node-parameters"] label',
			'[data-test-id="node-parameters"] input[role="combobox"]',
			`${TABLE} th`,
			`${TABLE} tbody tr:nth-child(1) td`,
		].join(', '),
	},
];

/** Opens what a picture shows. Returns its texts that a person can see, in their order on the page. */
export async function showPicture(
	picture: ReadmePicture,
	editor: Editor,
	n8n: N8n,
	credentialId: string,
): Promise<string[]> {
	await editor.page.setViewportSize(VIEWPORT);
	await picture.open(editor, n8n, credentialId);
	const { width, height } = VIEWPORT;
	const elements = await editor.page.locator(picture.texts).all();
	const texts: string[] = [];
	for (const element of elements) {
		const box = await element.boundingBox();
		if (!box || box.x + box.width > width || box.y + box.height > height) continue;
		const text = await element.evaluate(visibleText);
		if (text.trim() !== '') texts.push(text.trim().replaceAll(/\s+/g, ' '));
	}
	return texts;
}

interface TextNode {
	textContent: string;
	parentElement: { checkVisibility(options: object): boolean };
}

/** The parts of an element in the page that are used here. */
interface Shown {
	value?: string;
	ownerDocument: {
		createTreeWalker(root: unknown, what: number): { nextNode(): TextNode | null };
	};
}

/** Runs in the page: the value or the visible text. n8n shows some buttons only to the mouse. */
function visibleText(element: Shown): string {
	if (element.value !== undefined) return element.value;
	const ONLY_TEXT = 4;
	const walker = element.ownerDocument.createTreeWalker(element, ONLY_TEXT);
	const texts: string[] = [];
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const options = { opacityProperty: true, visibilityProperty: true };
		if (node.parentElement.checkVisibility(options)) texts.push(node.textContent);
	}
	return texts.join(' ');
}

/** A workflow on the canvas. */
async function openCanvas(editor: Editor, n8n: N8n, credentialId: string): Promise<void> {
	const path = join(PROJECT, 'examples', `${EXAMPLE}.json`);
	const example = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	const nodes = example.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	for (const { credentials } of nodes) {
		if (credentials?.[CREDENTIAL]) credentials[CREDENTIAL].id = credentialId;
	}
	// The pinned sample event would mark the trigger.
	const workflow: WorkflowFile = { ...example, nodes, pinData: {} };
	await editor.openWorkflow(await n8n.createWorkflow(workflow));
	await editor.page.keyboard.press('1');
}

/** Without the editor around the nodes. */
async function clipCanvas(
	editor: Editor,
): Promise<{ x: number; y: number; width: number; height: number }> {
	const cards = await editor.page.locator('[data-test-id="canvas-node"]').all();
	const boxes = (await Promise.all(cards.map(async (card) => await card.boundingBox()))).flatMap(
		(box) => (box ? [box] : []),
	);
	const margin = 60;
	const x = Math.min(...boxes.map((box) => box.x)) - margin;
	const y = Math.min(...boxes.map((box) => box.y)) - margin;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 1.5 * margin;
	return { x: Math.max(0, x), y: Math.max(0, y), width: right - x, height: bottom - y };
}

/** The open node with rows for a spreadsheet. */
async function openNode(editor: Editor, n8n: N8n, credentialId: string): Promise<void> {
	const parameters = { resource: 'customer', operation: 'getCustomers', returnAll: true };
	const workflow = chain('Customers', [
		manualTrigger(),
		perfectGymNext(NODE_NAME, credentialId, { ...parameters, output: 'flat' }),
	]);
	await editor.openWorkflow(await n8n.createWorkflow(workflow));
	await editor.openNode(NODE_NAME);
	await editor.page.locator('[data-test-id="node-execute-button"]').first().click();
	await editor.page.locator(`${TABLE} tbody tr`).nth(5).waitFor();
}
