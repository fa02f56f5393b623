/** Counts what it costs to add an operation, in lines and copies. Run it with `npm run figures`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript';

import { operations } from '../nodes/PerfectGymNext/properties';

const ROOT = join(__dirname, '..');
/** How the first line of a generated file begins. */
const GENERATED = '// Generated';
/** What makes an object literal a field of the node. */
const FIELD_NAMES = ['displayName', 'name', 'type'];
/** What tells two uses of a field apart. */
const PLACE_NAMES = ['displayOptions', 'routing'];

interface SourceFile {
	path: string;
	text: string;
}

const written = filesIn(join(ROOT, 'nodes')).filter(({ text }) => !text.startsWith(GENERATED));
const lines = written.flatMap(({ text }) => text.trimEnd().split('\n'));
const ids = operations.all().map(({ id }) => id);

const names = new Set(ids);
const nameOnly = lines.filter((line) => names.has(line.replace(/[\s',]/g, '')));

const copies = new Map<string, number>();
for (const { path, text } of written) {
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	for (const field of fieldsIn(source)) copies.set(field, (copies.get(field) ?? 0) + 1);
}
const repeated = [...copies.values()].filter((count) => count > 1);

const filesOf = ids.map((id) => {
	const name = new RegExp(`\\b${id}\\b`);
	return written.filter(({ text }) => name.test(text)).length;
});

print('operations', ids.length);
print('lines of nodes/, generated files left out', lines.length);
print('lines per operation', lines.length / ids.length);
print('lines that are nothing but the name of an operation', nameOnly.length);
print('fields that are written more than once', repeated.length);
print(
	'copies of these fields',
	repeated.reduce((sum, count) => sum + count - 1, 0),
);
print('files of nodes/ with the name of an operation, on average', average(filesOf));

function filesIn(folder: string): SourceFile[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name))
		.map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }));
}

/** @returns the text of each field in a file, without when it is shown, where it goes, and blanks */
function* fieldsIn(node: ts.Node): Generator<string> {
	if (ts.isObjectLiteralExpression(node)) {
		const own = node.properties.map((property) => property.name?.getText());
		const said = node.properties.filter(({ name }) => !PLACE_NAMES.includes(name?.getText() ?? ''));
		if (FIELD_NAMES.every((name) => own.includes(name))) {
			yield said.map((property) => property.getText().replace(/\s+/g, ' ')).join(', ');
		}
	}
	for (const child of node.getChildren()) yield* fieldsIn(child);
}

function average(numbers: number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function print(what: string, figure: number): void {
	const shown = Number.isInteger(figure) ? String(figure) : figure.toFixed(1);
	process.stdout.write(`${shown.padStart(8)}  ${what}\n`);
}
