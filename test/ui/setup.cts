import { setUp } from '../n8n/setup.cts';
import { commandOf, runAsWritten } from './commands.cts';

/** n8n's editor refuses to run a single step again when its workflow has about 20,000 customers as data. */
const LISTED = 2_000;

/** Starts a simulated studio, and an n8n with the package as the README installs it with npm. */
export default async function setup(): Promise<void> {
	const block = commandOf('npm install');
	await setUp((home, tarball) => Promise.resolve(runAsWritten(block, { home, tarball })), LISTED);
}
