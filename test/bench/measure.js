// Loaded into a process before its own code. Writes its processor time and its peak memory over time to
// BENCH_USAGE_FILE when it ends, and can make its clock run faster: BENCH_CLOCK_FACTOR.

const { writeFileSync } = require('node:fs');

const { BENCH_USAGE_FILE, BENCH_CLOCK_FACTOR } = process.env;
const SAMPLE_MS = 10;
const samples = [];

/** The time as the process sees it, all processor time so far, and the peak memory so far. */
function sample() {
	const { user, system } = process.cpuUsage();
	const { maxRSS } = process.resourceUsage();
	samples.push([Date.now(), (user + system) / 1000, maxRSS / 1024]);
}

if (BENCH_USAGE_FILE) {
	setInterval(sample, SAMPLE_MS).unref();
	process.once('exit', () => {
		sample();
		// The same moment on the clock of CPU profiles.
		const monotonicUs = Number(process.hrtime.bigint() / 1000n);
		writeFileSync(BENCH_USAGE_FILE, JSON.stringify({ samples, monotonicUs }));
	});
}

const factor = Number(BENCH_CLOCK_FACTOR || 1);
if (factor !== 1) {
	const start = { date: Date.now(), performance: performance.now() };
	const realDate = Date.now.bind(Date);
	const realPerformance = performance.now.bind(performance);
	Date.now = () => start.date + (realDate() - start.date) * factor;
	performance.now = () => start.performance + (realPerformance() - start.performance) * factor;
	const realTimeout = globalThis.setTimeout;
	globalThis.setTimeout = Object.assign(
		(callback, ms, ...args) => realTimeout(callback, ms / factor, ...args),
		realTimeout,
	);
}
