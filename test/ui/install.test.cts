import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE, running, TRIGGER } from '../n8n/fixture.cts';
import { PACKAGE, packTarball } from '../n8n/package.cts';
import { commandOf, runAsWritten } from './commands.cts';

const { n8n } = running();

it("the README's npm commands install the package alone, and n8n loads its nodes", async () => {
	const installed = join(n8n.handle.userFolder, '.n8n', 'nodes', 'node_modules');
	expect(existsSync(join(installed, PACKAGE))).toBe(true);
	expect(existsSync(join(installed, 'n8n-workflow'))).toBe(false);
	const names = (await n8n.nodeTypes()).map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining([NODE, TRIGGER]));
});

it("the README's Docker commands install the package into the container's folder", async () => {
	const home = mkdtempSync(join(tmpdir(), 'perfectgym-next-docker-'));
	try {
		const tarball = await packTarball(join(home, 'pack'));
		runAsWritten(commandOf('docker'), { home, tarball });
		expect(existsSync(join(home, '.n8n', 'nodes', 'node_modules', PACKAGE))).toBe(true);
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
});
