import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '../..');

/** A command that a page tells people to run. */
export interface Command {
	page: string;
	/** One command on one line, such as `npm run build`. */
	text: string;
}

/** The pages with commands, as paths in the project. */
export function pagesWithCommands(): string[] {
	const docs = readdirSync(join(PROJECT, 'docs')).filter((name) => name.endsWith('.md'));
	return ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
}

/** The contents of the ```sh blocks of a page, without their indentation. */
export function shellBlocks(page: string): string[] {
	const blocks: string[] = [];
	let open: string[] | undefined;
	for (const line of readFileSync(join(PROJECT, page), 'utf8').split('\n')) {
		const text = line.trim();
		if (open === undefined) {
			if (text === '```sh') open = [];
		} else if (text === '```') {
			blocks.push(open.join('\n'));
			open = undefined;
		} else open.push(text);
	}
	return blocks;
}

/** All commands of a page: those of its ```sh blocks, and those in code spans that begin with `npm` or `npx`. */
export function commandsOf(page: string): Command[] {
	const inBlocks = shellBlocks(page).flatMap((block) => block.replaceAll('\\\n', '').split('\n'));
	const text = readFileSync(join(PROJECT, page), 'utf8');
	const inSpans = [...text.matchAll(/`(np[mx] [^`\n]{1,200})`/g)].map(([, span]) => span);
	return [...inBlocks, ...inSpans]
		.flatMap((line) => (line.includes("'") ? [line] : line.split('&&')))
		.map((part) => part.trim().replaceAll(/\s+/g, ' '))
		.filter((part) => part !== '')
		.map((part) => ({ page, text: part }));
}

/** The commands that `.ci/run` runs. */
export function commandsOfCi(): string[] {
	const lines = readFileSync(join(PROJECT, '.ci/run'), 'utf8').split('\n');
	return lines.flatMap((line) => /^step \d+ (.+)$/.exec(line)?.[1] ?? []);
}
