/** What the benchmarks have in common: how they report figures. */

/** Prints a line of the report. */
export function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

/** Prints a line while jest runs, which keeps the standard output for itself. */
export function printBesideJest(line: string): void {
	process.stderr.write(`${line}\n`);
}

/** @returns the larger of the middle two for an even number of values */
export function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
