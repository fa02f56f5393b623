import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Editor } from './browser.cts';

let folder: string | undefined;

/** Saves a picture in the folder `$SCREENSHOTS`, or in a temporary one. Expects that it shows something. */
export async function takePicture(editor: Editor, name: string): Promise<void> {
	folder ??= process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'perfectgym-next-screenshots-'));
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.png`);
	await editor.screenshot(path);
	expect(statSync(path).size).toBeGreaterThan(10_000);
}

/** Prints the folder of the pictures, if there are any. */
export function printPictureFolder(): void {
	if (folder !== undefined) process.stderr.write(`Screenshots: ${folder}\n`);
}
