import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { OWNER, type N8n } from './instance.cts';
import type { Log } from './progress.cts';

const KNOWN_PATHS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** n8n's editor in a browser, signed in as the owner. */
export interface Editor {
	/** For everything that the methods below do not cover. */
	page: Page;
	openWorkflow(workflowId: string): Promise<void>;
	/** Opens the panel of the node with this name. */
	openNode(name: string): Promise<void>;
	/** Closes the node's panel. */
	closePanel(): Promise<void>;
	/** Saves the visible part of the page as a PNG file. */
	screenshot(path: string): Promise<void>;
	close(): Promise<void>;
}

/**
 * Returns the path of Chromium or Chrome: `$CHROMIUM` or a known path. On Debian as root, it
 * installs Chromium. Throws an Error that says what to install.
 */
export function ensureChromium({ log }: { log: Log }): string {
	const wanted = process.env.CHROMIUM;
	if (wanted) {
		if (existsSync(wanted)) return wanted;
		throw new Error(`CHROMIUM is set to ${wanted}, which does not exist`);
	}
	const found = () => KNOWN_PATHS.find((path) => existsSync(path));
	const present = found();
	if (present) return present;

	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		log('Installing Chromium for the editor tests …');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const options = { env, stdio: 'ignore' } as const;
		spawnSync('apt-get', ['update'], options);
		spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
	}
	const installed = found();
	if (installed) return installed;
	throw new Error(
		'The editor tests need Chromium or Chrome. Install one (Debian: apt-get install chromium), or set CHROMIUM to the path of the executable.',
	);
}

/** Returns the CSS selector of a parameter in the open panel of a node. */
export function fieldOf(parameter: string): string {
	return `[data-test-id="node-parameters"] [data-test-id="parameter-input-${parameter}"]`;
}

/** Opens n8n's editor and signs in. Throws an Error if a page does not load within 60 s. */
export async function openEditor(n8n: N8n, log: Log = () => {}): Promise<Editor> {
	// Imported here because it is large and most callers of this file do not need it.
	const { chromium } = await import('playwright-core');
	const browser = await chromium.launch({
		executablePath: ensureChromium({ log }),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--disable-dev-shm-usage',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	try {
		return await signIn(browser, n8n);
	} catch (error) {
		await browser.close();
		throw error;
	}
}

async function signIn(browser: Browser, n8n: N8n): Promise<Editor> {
	const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, locale: 'en-GB' });
	page.setDefaultTimeout(60_000);
	await page.goto(`${n8n.baseUrl}/signin`);
	const form = page.locator('[data-test-id="auth-form"]');
	await form.locator('input').nth(0).fill(OWNER.email);
	await form.locator('input').nth(1).fill(OWNER.password);
	await form.locator('button').first().click();
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));

	return {
		page,
		async openWorkflow(workflowId) {
			await page.goto(`${n8n.baseUrl}/workflow/${workflowId}`);
			await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		},
		async openNode(name) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
			await page.locator('[data-test-id="ndv"]').waitFor();
		},
		async closePanel() {
			// The second one is that of n8n before 2.40.
			const buttons = '[data-test-id="ndv-close-button"], [data-test-id="back-to-canvas"]';
			await page.locator(buttons).first().click();
			await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
		},
		async screenshot(path) {
			await page.screenshot({ path, animations: 'disabled' });
		},
		async close() {
			await browser.close();
		},
	};
}
