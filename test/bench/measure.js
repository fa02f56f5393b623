// Loaded into an n8n process before n8n itself. Writes the processor time and the peak memory of the
// process to BENCH_USAGE_FILE when it ends, and can make its clock run faster: BENCH_CLOCK_FACTOR.

const { writeFileSync } = require('node:fs');

const { BENCH_USAGE_FILE, BENCH_CLOCK_FACTOR } = process.env;

process.once('exit', () => {
	if (!BENCH_USAGE_FILE) return;
	const { user, system } = process.cpuUsage();
	const { maxRSS } = process.resourceUsage();
	const usage = { cpuMs: (user + system) / 1000, peakMb: maxRSS / 1024 };
	writeFileSync(BENCH_USAGE_FILE, JSON.stringify(usage));
});

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
