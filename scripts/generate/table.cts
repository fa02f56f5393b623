/** @returns a Markdown table: the first row is its head */
export function table([head, ...rows]: string[][]): string {
	const lines = [head, head.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
