// Checks the packed package as npm would publish it: its files, its size, and that it works where
// n8n loads it. Prints "N passed, N failed".

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

const ALLOWED = /^(dist\/.+|index\.js|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
const NEEDED = ['index.js', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
const MAX_BYTES = 400_000;
/** All that n8n Cloud lets a community package use. */
const MAY_REQUIRE = /^(n8n-workflow|crypto|node:crypto|\.\.?\/.*)$/;

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	scripts?: Record<string, string>;
	n8n: { credentials: string[]; nodes: string[] };
}

let passed = 0;
let failed = 0;

/** Says how one check went; `problems` are what a person has to mend. */
function check(what: string, problems: string[]): void {
	if (problems.length === 0) {
		passed += 1;
		process.stdout.write(`ok    ${what}\n`);
		return;
	}
	failed += 1;
	process.stdout.write(
		`FAIL  ${what}\n${problems.map((problem) => `      ${problem}\n`).join('')}`,
	);
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-check-'));
	try {
		const tarball = await packTarball(folder);
		const { size } = statSync(tarball);
		check(`${basename(tarball)} is ${Math.ceil(size / 1000)} kB, below ${MAX_BYTES / 1000} kB`, [
			...(size < MAX_BYTES ? [] : [`it is ${size} bytes`]),
		]);

		await run('tar', ['-xzf', tarball, '-C', folder], folder);
		const unpacked = join(folder, 'package');
		const files = filesBelow(unpacked);
		check(`its ${files.length} files are only those that a user needs`, [
			...files.filter((file) => !ALLOWED.test(file)).map((file) => `${file} does not belong`),
			...NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
		]);

		const manifest: Manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
		check('it brings no dependencies and runs no scripts at installation', [
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
			`the ${declared.length} files that it declares to n8n are there`,
			declared.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
		);
		check(
			'its code requires nothing but n8n-workflow, crypto and its own files',
			foreign(unpacked, files),
		);
		check('the icons that its code names are there', missingIcons(unpacked, files));

		const installed = await install(folder, tarball);
		check('it can be installed and required, and gives its classes', load(installed, manifest));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	process.stdout.write(`${passed} passed, ${failed} failed\n`);
}

/** All files below a folder, as paths relative to it with forward slashes. */
function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
}

function foreign(folder: string, files: string[]): string[] {
	return files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => {
			const code = readFileSync(join(folder, file), 'utf8');
			const names = [...code.matchAll(/\b(?:require|import)\(\s*(['"`])(.*?)\1\s*\)/g)];
			return names
				.filter(([, , name]) => !MAY_REQUIRE.test(name))
				.map(([, , name]) => `${file} requires ${name}`);
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

/** Installs into an empty folder where n8n-workflow is at hand, as it is inside n8n. */
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

function load(installed: string, manifest: Manifest): string[] {
	const problems: string[] = [];
	const require = createRequire(join(installed, 'index.js'));
	const main: Record<string, unknown> = require(installed);
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		// n8n takes the class whose name is the file's.
		const name = basename(file).split('.')[0];
		const module: Record<string, unknown> = require(join(installed, file));
		if (typeof module[name] !== 'function') problems.push(`${file} exports no class ${name}`);
		else if (main[name] !== module[name]) problems.push(`index.js does not export ${name}`);
		else new (module[name] as new () => unknown)();
	}
	return problems;
}

main().then(
	() => process.exit(failed === 0 ? 0 : 1),
	(error) => {
		process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
		process.stdout.write(`${passed} passed, ${failed + 1} failed\n`);
		process.exit(1);
	},
);
