// Loaded into a process before its own code. Writes to BENCH_USAGE_FILE what the process had used when the
// node "Get" began and when it ended, and can make its clock run faster: BENCH_CLOCK_FACTOR.

const { writeFileSync } = require('node:fs');
const Module = require('node:module');

const { BENCH_USAGE_FILE, BENCH_CLOCK_FACTOR } = process.env;
const MEASURED = 'Get';
let first;

/** All processor time so far, the peak memory so far, and the time on the clock of CPU profiles. */
function usage() {
	const { user, system } = process.cpuUsage();
	const { maxRSS } = process.resourceUsage();
	return {
		cpuMs: (user + system) / 1000,
		peakMb: maxRSS / 1024,
		monotonicUs: Number(process.hrtime.bigint() / 1000n),
	};
}

/** Measures what `work` uses. If it is called again, both calls count as one. */
async function measured(work) {
	first ??= usage();
	try {
		return await work();
	} finally {
		writeFileSync(BENCH_USAGE_FILE, JSON.stringify({ from: first, to: usage() }));
	}
}

if (BENCH_USAGE_FILE) {
	globalThis.measured = measured;
	const load = Module._load;
	let isPatched = false;
	Module._load = function (request, ...rest) {
		const exported = load.call(this, request, ...rest);
		if (isPatched || !/workflow-execute(\.js)?$/.test(request)) return exported;
		isPatched = true;
		const { prototype } = exported.WorkflowExecute;
		const { runNode } = prototype;
		prototype.runNode = async function (workflow, execution, ...others) {
			const run = () => runNode.call(this, workflow, execution, ...others);
			return await (execution.node.name === MEASURED ? measured(run) : run());
		};
		return exported;
	};
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
