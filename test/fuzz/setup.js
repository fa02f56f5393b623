// A limit that only ends what hangs: the suite takes less than two minutes on two cores.
jest.setTimeout(300_000);

// Notes everything that the node converts to an error of n8n, so that a test can tell an error of ours
// from one of JavaScript: the error that comes out does not show what it was made from.
globalThis.convertedErrors = [];

jest.mock('../../nodes/PerfectGymNext/transport/nodeErrors', () => {
	const actual = jest.requireActual('../../nodes/PerfectGymNext/transport/nodeErrors');
	return {
		...actual,
		toNodeError(node, error, ...others) {
			globalThis.convertedErrors.push(error);
			return actual.toNodeError(node, error, ...others);
		},
	};
});
