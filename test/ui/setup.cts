import { setUp } from '../n8n/setup.cts';
import { commandOf, runAsWritten } from './commands.cts';

/** Starts a simulated studio, and an n8n with the package as the README installs it with npm. */
export default async function setup(): Promise<void> {
	await setUp(async (userFolder, tarball) => {
		await runAsWritten(commandOf('npm install'), { home: userFolder, tarball });
	});
}
