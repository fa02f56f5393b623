/** Stops what setup.cts has started. */
export default async function teardown(): Promise<void> {
	await globalThis.perfectGymNextTeardown?.();
}
