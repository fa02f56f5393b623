/** The repository's address. People write it in one place, `repository.url` in package.json. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands for the address until the project has a public repository. */
export const PLACEHOLDER = 'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next';

const PROJECT = join(__dirname, '..');
/** The folders whose files can contain the address, apart from the root folder. */
const FOLDERS = ['.github', 'credentials', 'docs', 'examples', 'nodes'];
const TEXT = /\.(?:json|md|ts|yml)$/;
/** Contains the addresses of other packages. */
const LOCK_FILE = 'package-lock.json';

/** The parts of package.json that contain the address. `homepage` is a generated copy. */
export interface AddressManifest {
	name: string;
	homepage: string;
	repository: { url: string };
}

/** @returns package.json of the project */
export function projectManifest<T extends AddressManifest>(): T {
	return JSON.parse(read('package.json')) as T;
}

/**
 * @returns the address of the repository's page, from `repository.url`
 * @throws an Error that shows the form of the URL if it is another one
 */
export function repositoryAddress({ repository: { url } }: AddressManifest): string {
	const [, address] = /^(?:git\+)?(https:\/\/github\.com\/[\w-]+\/[\w.-]+)\.git$/.exec(url) ?? [];
	if (address) return address;
	throw new Error(
		`"repository.url" in package.json is "${url}". It must look like "https://github.com/OWNER/NAME.git".`,
	);
}

/**
 * Replaces the address that `npm run generate` wrote last, which is `homepage`, and that of any
 * repository with the name of the package.
 *
 * @returns the text with the address of the repository
 */
export function withAddress(text: string, manifest: AddressManifest): string {
	const { homepage, name } = manifest;
	const ours = new RegExp(
		`(?:${homepage.replaceAll('.', '\\.')}|https://github\\.com/[\\w-]+/${name})(?![\\w-])`,
		'g',
	);
	return text.replaceAll(ours, repositoryAddress(manifest));
}

/** @returns the text that each file with an address must have, by the file's path in the repository */
export function addressedFiles(manifest: AddressManifest): Map<string, string> {
	const address = repositoryAddress(manifest);
	const paths = ['', ...FOLDERS].flatMap((folder) => filesIn(folder));
	return new Map(
		paths
			.filter((path) => TEXT.test(path) && path !== LOCK_FILE)
			.map((path): [string, string] => [path, withAddress(read(path), manifest)])
			.filter(([, text]) => text.includes(address)),
	);
}

/** The files in a folder of the project, and in its subfolders unless it is the root folder. */
function filesIn(folder: string): string[] {
	return readdirSync(join(PROJECT, folder), { recursive: folder !== '', withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(join(PROJECT, '/').length))
		.map((path) => path.replaceAll('\\', '/'));
}

function read(path: string): string {
	return readFileSync(join(PROJECT, path), 'utf8');
}
