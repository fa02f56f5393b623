// Refuses to publish while something in the project is a placeholder. `npm run release` and
// `prepublishOnly` run it. With --release, it also refuses to run outside GitHub's workflow.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type PublishManifest, publishProblems } from './publishing.cts';
import { projectManifest } from './repository.cts';

const changelog = readFileSync(join(__dirname, '../CHANGELOG.md'), 'utf8');
const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
const problems = publishProblems(projectManifest<PublishManifest>(), {
	changelog,
	readme,
	env: process.env,
});
// On other machines, n8n's release tool replaces CHANGELOG.md with a list of commits.
if (process.argv.includes('--release') && process.env.GITHUB_ACTIONS !== 'true') {
	problems.push(
		'Versions are published by .github/workflows/publish.yml. Push the tag of the version.',
	);
}
for (const problem of problems) process.stderr.write(`Not published: ${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
