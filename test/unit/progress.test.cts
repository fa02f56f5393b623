import { withProgress } from '../n8n/progress.cts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Runs work that takes this long. Returns the lines of progress. */
async function linesOf(ms: number, detail?: (seconds: number) => string): Promise<string[]> {
	const lines: string[] = [];
	const work = async () => await new Promise<void>((resolve) => setTimeout(resolve, ms));
	const done = withProgress('Working', (line) => lines.push(line), work, detail);
	await jest.advanceTimersByTimeAsync(ms);
	await done;
	await jest.advanceTimersByTimeAsync(60_000);
	return lines;
}

it('reports a short phase once', async () => {
	expect(await linesOf(4_999)).toEqual(['Working …']);
});

it('reports a long phase after five seconds, and then every fifteen', async () => {
	expect(await linesOf(36_000)).toEqual([
		'Working …',
		'Working … 5 s',
		'Working … 20 s',
		'Working … 35 s',
	]);
});

it('adds what a phase waits for', async () => {
	const lines = await linesOf(21_000, (seconds) => (seconds < 20 ? '' : ': waiting'));
	expect(lines).toEqual(['Working …', 'Working … 5 s', 'Working … 20 s: waiting']);
});

it('reports nothing more after a failure', async () => {
	const lines: string[] = [];
	const work = async () => await Promise.reject(new Error('No'));
	await expect(withProgress('Working', (line) => lines.push(line), work)).rejects.toThrow('No');
	await jest.advanceTimersByTimeAsync(60_000);
	expect(lines).toEqual(['Working …']);
});
