// Checks the package as npm would publish it: its files, its size, that anybody who builds it gets the
// same file, and that it loads next to n8n-workflow. Prints "N passed, N failed".

import { createHash } from 'node:crypto';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { packTarball, PACKAGE, PROJECT, run } from '../test/n8n/package.cts';

const ALLOWED_FILES = /^(dist\/.+|index\.js|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const REQUIRED_FILES = ['index.js', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
const MAX_BYTES = 400_000;
const MAX_UNPACKED_BYTES = 600_000;
/** The only imports that n8n Cloud allows in a community package. */
const ALLOWED_IMPORTS = /^(n8n-workflow|crypto|node:crypto|\.\.?\/.*)$/;

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	scripts?: Record<string, string>;
	n8n: { credentials: string[]; nodes: string[] };
}

let passed = 0;
let failed = 0;

/** Prints the result of one check; it fails when there are `problems`. */
function check(name: string, problems: string[]): void {
	if (problems.length === 0) {
		passed += 1;
		process.stdout.write(`ok    ${name}\n`);
		return;
	}
	failed += 1;
	process.stdout.write(
		`FAIL  ${name}\n${problems.map((problem) => `      ${problem}\n`).join('')}`,
	);
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-check-'));
	try {
		const tarball = await packTarball(folder);
		const { size } = statSync(tarball);
		check(`${basename(tarball)} is ${Math.ceil(size / 1000)} kB, below ${MAX_BYTES / 1000} kB`, [
			...(size < MAX_BYTES ? [] : [`it has ${size} bytes`]),
		]);

		const sums = [tarball, await packTarball(join(folder, 'again'))].map(checksum);
		check(
			'a second build and pack gives the same file',
			sums[0] === sums[1] ? [] : [`${sums[0]} is not ${sums[1]}`],
		);

		await run('tar', ['-xzf', tarball, '-C', folder], folder);
		const unpacked = join(folder, 'package');
		const files = filesBelow(unpacked);
		const bytes = files.reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0);
		check(
			`unpacked, it is ${Math.ceil(bytes / 1000)} kB, below ${MAX_UNPACKED_BYTES / 1000} kB`,
			bytes < MAX_UNPACKED_BYTES ? [] : [`it has ${bytes} bytes`],
		);
		check(`all ${files.length} files are needed, and none is missing`, [
			...files.filter((file) => !ALLOWED_FILES.test(file)).map((file) => `${file} is not needed`),
			...REQUIRED_FILES.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
		]);

		const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Manifest;
		check('it has no dependencies and no install scripts', [
			...Object.keys(manifest.dependencies ?? {}).map((name) => `dependency ${name}`),
			...Object.keys(manifest.peerDependencies ?? {})
				.filter((name) => name !== 'n8n-workflow')
				.map((name) => `peer dependency ${name}`),
			...Object.keys(manifest.scripts ?? {})
				.filter((name) => /^(pre|post)?(install|prepare)$/.test(name))
				.map((name) => `script ${name}`),
		]);

		const declared = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
		check(
			`the ${declared.length} files in its n8n section exist`,
			declared.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
		);
		check(
			'its code only imports n8n-workflow, crypto and its own files',
			forbiddenImports(unpacked, files),
		);
		check('the icons that its code names exist', missingIcons(unpacked, files));

		const installed = await install(folder, tarball);
		check('it can be installed and exports its classes', loadProblems(installed, manifest));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	process.stdout.write(`${passed} passed, ${failed} failed\n`);
}

/** The SHA-256 of a file, in hexadecimal digits. */
function checksum(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** All files in a folder and its subfolders, as relative paths with forward slashes. */
function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
}

function forbiddenImports(folder: string, files: string[]): string[] {
	return files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => {
			const code = readFileSync(join(folder, file), 'utf8');
			const names = [...code.matchAll(/\b(?:require|import)\(\s*(['"`])(.*?)\1\s*\)/g)];
			return names
				.filter(([, , name]) => !ALLOWED_IMPORTS.test(name))
				.map(([, , name]) => `${file} imports ${name}`);
		});
}

function missingIcons(folder: string, files: string[]): string[] {
	return files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => {
			const code = readFileSync(join(folder, file), 'utf8');
			const icons = [...code.matchAll(/['"`]file:([^'"`]+)['"`]/g)].map(([, icon]) => icon);
			return icons
				.filter((icon) => !files.includes(relative(folder, join(folder, file, '..', icon))))
				.map((icon) => `${file} names ${icon}, which is not packed`);
		});
}

/** Installs the package into an empty folder that can resolve n8n-workflow, as in n8n. */
async function install(folder: string, tarball: string): Promise<string> {
	const home = join(folder, 'home');
	mkdirSync(join(home, 'n8n', 'node_modules'), { recursive: true });
	mkdirSync(join(home, 'node_modules'), { recursive: true });
	symlinkSync(
		join(PROJECT, 'node_modules', 'n8n-workflow'),
		join(home, 'node_modules', 'n8n-workflow'),
		'junction',
	);
	const target = join(home, 'n8n');
	const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
	await run('npm', ['install', '--prefix', target, ...options, tarball], target);
	return join(target, 'node_modules', PACKAGE);
}

function loadProblems(installed: string, manifest: Manifest): string[] {
	const problems: string[] = [];
	const require = createRequire(join(installed, 'index.js'));
	const main = require(installed) as Record<string, unknown>;
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		// n8n loads the class with the name of the file.
		const name = basename(file).split('.')[0];
		const module = require(join(installed, file)) as Record<string, unknown>;
		if (typeof module[name] !== 'function')
			problems.push(`${file} does not export a class ${name}`);
		else if (main[name] !== module[name]) problems.push(`index.js does not export ${name}`);
		else new (module[name] as new () => unknown)();
	}
	return problems;
}

main().then(
	() => process.exit(failed === 0 ? 0 : 1),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.stdout.write(`${passed} passed, ${failed + 1} failed\n`);
		process.exit(1);
	},
);
