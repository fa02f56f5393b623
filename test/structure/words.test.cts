import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Everything that a person can read in the editor, by kind, as `npm run words` prints it. */
function textsByKind(): Map<string, string[]> {
	const { stdout } = spawnSync(process.execPath, ['-r', 'tsx/cjs', 'scripts/words.cts'], {
		cwd: join(__dirname, '../..'),
		encoding: 'utf8',
		maxBuffer: 10_000_000,
	});
	const kinds = stdout.split(/^# /m).slice(1);
	return new Map(
		kinds.map((kind) => {
			const [name, ...texts] = kind.split('\n');
			return [name, texts.filter((text) => text !== '')];
		}),
	);
}

test("no text has a word that n8n's guidelines for messages avoid", () => {
	const kinds = textsByKind();
	// The notes of the examples explain what n8n calls an error.
	kinds.delete('examples');
	expect(kinds.get('messages')?.length).toBeGreaterThan(100);
	const texts = [...kinds.values()].flat();
	const words = texts.filter((text) => {
		// Neither the code in a template nor the file that the text is in.
		const shown = text.replaceAll(/\$\{[^}]*\}/g, '').replace(/ {2}\[.*\]$/, '');
		return /\b(?:errors?|problems?|failures?|mistakes?)\b/i.test(shown);
	});
	expect(words).toEqual([]);
});
