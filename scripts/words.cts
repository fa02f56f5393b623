/** Prints every text that a person can read in the editor, to be read in one go: `npm run words`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { INode } from 'n8n-workflow';
import ts from 'typescript';

import { PerfectGymNextApi } from '../credentials/PerfectGymNextApi.credentials';
import { PerfectGymNextStudiosApi } from '../credentials/PerfectGymNextStudiosApi.credentials';
import { PerfectGymNext } from '../nodes/PerfectGymNext/PerfectGymNext.node.ts';
import { PerfectGymNextPollingTrigger } from '../nodes/PerfectGymNext/PerfectGymNextPollingTrigger.node.ts';
import { PerfectGymNextTrigger } from '../nodes/PerfectGymNext/PerfectGymNextTrigger.node.ts';

const ROOT = join(__dirname, '..');
/** The keys of a description that hold what a person reads. */
const READ = [
	...['displayName', 'name', 'action', 'description', 'placeholder', 'hint', 'errorMessage'],
	...['multipleValueButtonText', 'header', 'active', 'inactive', 'activationHint'],
	...['activationMessage', 'eventTriggerDescription'],
];
/** Of these, the ones that are names for machines too, unless they begin with a capital. */
const CAPITALIZED = /^[A-Z(]/;
/** A text of several words. */
const SENTENCE = /[A-Za-z]{2,}[,.:;]? [A-Za-z"]/;

const seen = new Map<string, string>();

for (const described of [
	new PerfectGymNext().description,
	new PerfectGymNextTrigger().description,
	new PerfectGymNextPollingTrigger().description,
	new PerfectGymNextApi(),
	new PerfectGymNextStudiosApi(),
]) {
	collect(described, described.displayName);
}
for (const file of ['nodes', 'credentials'].flatMap(sourceFiles)) collectMessages(file);
for (const file of readdirSync(join(ROOT, 'examples'))) collectExample(file);

const byKind = new Map<string, string[]>();
for (const [text, place] of seen) {
	const [kind, where] = place.split('\t');
	byKind.set(kind, [...(byKind.get(kind) ?? []), `${text}  [${where}]`]);
}
for (const [kind, texts] of byKind) {
	process.stdout.write(`\n# ${kind}\n\n${texts.sort().join('\n')}\n`);
}

function collect(value: unknown, where: string): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		const isRead = READ.includes(key) && (key !== 'name' || CAPITALIZED.test(String(inner)));
		if (typeof inner === 'string' && isRead && inner !== '') note(inner, key, where);
		if (key === 'subtitle') continue;
		const name = (inner as { displayName?: string } | null)?.displayName;
		collect(inner, typeof name === 'string' ? `${where} > ${name}` : where);
	}
}

/** Messages are in the code: every text of several words that no description has. */
function collectMessages(path: string): void {
	const source = ts.createSourceFile(
		path,
		readFileSync(path, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const visit = (node: ts.Node): void => {
		const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
		const text = isText ? node.getText().slice(1, -1).replaceAll("\\'", "'") : '';
		if (SENTENCE.test(text)) note(text, 'messages', relative(ROOT, path));
		ts.forEachChild(node, visit);
	};
	visit(source);
}

function collectExample(file: string): void {
	const { name, nodes } = JSON.parse(readFileSync(join(ROOT, 'examples', file), 'utf8')) as {
		name: string;
		nodes: INode[];
	};
	note(name, 'examples', file);
	for (const node of nodes) {
		note(node.name, 'examples', file);
		const { content } = node.parameters;
		if (typeof content === 'string') note(content, 'examples', file);
	}
}

function sourceFiles(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.endsWith('contract.ts'))
		.map((name) => join(ROOT, folder, name));
}

function note(text: string, kind: string, where: string): void {
	if (!seen.has(text)) seen.set(text, `${kind}\t${where}`);
}
