/** Receives one line of progress for the user, without a line break. */
export type Log = (line: string) => void;

const FIRST_MS = 5_000;
const NEXT_MS = 15_000;

/**
 * Logs `step`, and while `work` takes longer than five seconds, also how long it has taken and what
 * `detail` says. Returns the result of `work`.
 */
export async function withProgress<T>(
	step: string,
	log: Log,
	work: () => Promise<T>,
	detail: (seconds: number) => string = () => '',
): Promise<T> {
	const started = performance.now();
	let timer: NodeJS.Timeout;
	const report = () => {
		const seconds = Math.round((performance.now() - started) / 1000);
		log(`${step} … ${seconds} s${detail(seconds)}`);
		timer = setTimeout(report, NEXT_MS);
	};
	log(`${step} …`);
	timer = setTimeout(report, FIRST_MS);
	try {
		return await work();
	} finally {
		clearTimeout(timer);
	}
}
