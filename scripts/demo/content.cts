import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8n, WorkflowFile } from '../../test/n8n/instance.cts';
import { PROJECT } from '../../test/n8n/package.cts';
import type { DemoMemory } from './memory.cts';
import type { DemoCredential } from './studios.cts';

/** An example in the demo's n8n. */
export interface DemoExample {
	/** The file in the folder `examples`. */
	file: string;
	/** The name that the workflow has now. */
	name: string;
	id: string;
	/** Whether this start has imported it. */
	isNew: boolean;
}

/** What is elsewhere in the demo than the examples say. */
export interface ExamplePlaces {
	/** The folder that the examples read and write. */
	files: string;
	/** The simulator's page that sends events. */
	pageUrl: string;
}

interface Stored {
	id: string;
	name: string;
	type?: string;
	isArchived?: boolean;
}

/** The folder in the examples. n8n's Docker image allows it. */
const DOCKER_FILES = '/home/node/.n8n-files';
/** The page of the simulator in the examples. */
const PAGE = 'http://127.0.0.1:4011';
const EXAMPLES = join(PROJECT, 'examples');

/** The names of the files of the examples, in alphabetical order. */
export function exampleFiles(): string[] {
	return readdirSync(EXAMPLES)
		.filter((name) => name.endsWith('.json'))
		.sort();
}

/** Reads an example as it is in the folder `examples`. */
export function exampleWorkflow(file: string): WorkflowFile {
	return JSON.parse(exampleText(file)) as WorkflowFile;
}

function exampleText(file: string): string {
	return readFileSync(join(EXAMPLES, file), 'utf8');
}

/**
 * Creates the credentials, or updates those of an earlier start, since the simulator's port may
 * have changed. Keeps names that the user has changed. Notes their ids in the memory.
 */
export async function storeCredentials(
	n8n: N8n,
	credentials: readonly DemoCredential[],
	memory: DemoMemory,
): Promise<void> {
	const stored = await n8n.rest<Stored[]>('GET', '/credentials');
	for (const { type, name, data } of credentials) {
		const known = stored.find(({ id }) => id === memory.credentials[type]);
		if (known) {
			await n8n.rest('PATCH', `/credentials/${known.id}`, { ...known, type, data });
		} else {
			memory.credentials[type] = await n8n.createCredential(type, data, name);
		}
	}
}

/**
 * Imports the examples that n8n has never had, with the credentials in the memory. Leaves those of
 * an earlier start as the user left them, also deleted. Notes their ids in the memory.
 *
 * @throws an Error with n8n's message when it refuses an example
 */
export async function importExamples(
	n8n: N8n,
	memory: DemoMemory,
	places: ExamplePlaces,
): Promise<DemoExample[]> {
	const stored = await n8n.rest<Stored[]>('GET', '/workflows');
	const examples: DemoExample[] = [];
	for (const file of exampleFiles()) {
		const known = memory.examples[file];
		if (known === undefined) {
			const workflow = readExample(file, memory, places);
			const { name } = workflow;
			const same = stored.find((each) => each.name === name && !each.isArchived);
			const id = same?.id ?? (await n8n.createWorkflow(workflow));
			memory.examples[file] = id;
			examples.push({ file, name, id, isNew: same === undefined });
			continue;
		}
		const kept = stored.find(({ id, isArchived }) => id === known && !isArchived);
		if (kept) examples.push({ file, name: kept.name, id: known, isNew: false });
	}
	return examples;
}

/** Reads an example for the demo: with its folder for files, the page and the credentials. */
export function readExample(
	file: string,
	{ credentials: ids }: Pick<DemoMemory, 'credentials'>,
	{ files, pageUrl }: ExamplePlaces,
): WorkflowFile {
	const text = exampleText(file)
		.replaceAll(DOCKER_FILES, jsonText(files))
		.replaceAll(PAGE, pageUrl);
	const workflow = JSON.parse(text) as WorkflowFile;
	for (const { credentials } of workflow.nodes) {
		for (const [type, credential] of Object.entries(credentials ?? {})) {
			credential.id = ids[type] ?? credential.id;
		}
	}
	return workflow;
}

/** Escapes a path for a JSON string; Windows paths have backslashes. */
function jsonText(path: string): string {
	return JSON.stringify(path).slice(1, -1);
}
