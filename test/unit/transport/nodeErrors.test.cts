import { errorIn } from '../../../nodes/PerfectGymNext/transport/nodeErrors';
import { apiRequest, uniqueStudio } from '../fakes.cts';

const studio = uniqueStudio();
const INTERNAL = 'PerfectGym Next had an internal problem.';

function errorFor(statusCode: number, body: unknown = {}) {
	return errorIn({ statusCode, headers: {}, body }, apiRequest(), studio);
}

test.each([200, 201, 204, 299])('status %d is not an error', (status) => {
	expect(errorFor(status)).toBeUndefined();
});

test.each([500, 501, 502, 504, 507, 599])('status %d is an internal problem', (status) => {
	expect(errorFor(status)).toMatchObject({
		message: INTERNAL,
		description: `Status ${status}: ${INTERNAL}`,
		statusCode: status,
	});
});

test('status 503 has a meaning of its own', () => {
	const overload = 'PerfectGym Next is under too much load at the moment.';
	expect(errorFor(503)).toMatchObject({
		message: overload,
		description: `Status 503: ${overload}`,
	});
});

test.each([405, 418, 422, 499])('status %d does not have a known meaning', (status) => {
	expect(errorFor(status)).toMatchObject({
		message: 'The request failed',
		description: `Status ${status}: the request failed.`,
	});
});

test.each([502, 504])('the page of a proxy with status %d also states the meaning', (status) => {
	expect(errorFor(status, '<html><title>Bad Gateway</title></html>')).toMatchObject({
		message: `The answer with status ${status} does not come from PerfectGym Next's API: Bad Gateway`,
		description: expect.stringMatching(
			new RegExp(`^${INTERNAL} The body is .*check the Base URL of the credential\\.$`),
		) as unknown,
	});
});

test('the message of the API takes precedence over the meaning of the status', () => {
	expect(errorFor(502, { errorMessage: 'No gateway' })).toMatchObject({
		message: 'No gateway',
		description: `Status 502: ${INTERNAL}`,
	});
});
