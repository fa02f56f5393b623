import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type PublishManifest, publishProblems } from '../../scripts/publishing.cts';
import {
	addressedFiles,
	PLACEHOLDER,
	projectManifest,
	repositoryAddress,
	withAddress,
} from '../../scripts/repository.cts';

const OTHER = 'https://github.com/owner/name';
const manifest = projectManifest<PublishManifest>();

/** package.json as it has to be when version 1.2.0 is published from another repository. */
const publishable: PublishManifest = {
	...manifest,
	version: '1.2.0',
	author: { email: 'author@host.test' },
	repository: { url: `${OTHER}.git` },
};
const changelog = '# Changelog\n\n## 1.2.0 (2026-12-01)\n\n- A change.\n';
const readme = '# A package\n';

function read(path: string): string {
	return readFileSync(join(__dirname, '../..', path), 'utf8');
}

describe("the repository's address", () => {
	test.each([...addressedFiles(manifest)])('is the one of package.json in %s', (path, text) => {
		expect(read(path)).toBe(text);
	});

	test('is in the links that users follow', () => {
		const paths = [
			'.github/ISSUE_TEMPLATE/config.yml',
			'CODE_OF_CONDUCT.md',
			'CONTRIBUTING.md',
			'SECURITY.md',
			'credentials/PerfectGymNextApi.credentials.ts',
			'credentials/PerfectGymNextStudiosApi.credentials.ts',
			'nodes/PerfectGymNext/PerfectGymNext.node.json',
			'nodes/PerfectGymNext/PerfectGymNextPollingTrigger.node.json',
			'nodes/PerfectGymNext/PerfectGymNextTrigger.node.json',
			'package.json',
		];
		expect([...addressedFiles(manifest).keys()]).toEqual(expect.arrayContaining(paths));
		const address = repositoryAddress(manifest);
		expect(manifest).toMatchObject({ homepage: address, bugs: `${address}/issues` });
	});

	test('is nowhere the old one after it has changed', () => {
		const before = repositoryAddress(manifest);
		const changed = addressedFiles(publishable);
		expect([...changed.keys()]).toEqual([...addressedFiles(manifest).keys()]);
		for (const text of changed.values()) {
			// Only the URL that a person has just changed is not generated.
			expect(text.replace(`"url": "${before}.git"`, '')).not.toContain(before);
		}
	});

	test('replaces the one that was generated last, whatever its name is', () => {
		const homepage = 'https://github.com/owner/before';
		const text = withAddress(`${homepage}#credential`, { ...publishable, homepage });
		expect(text).toBe(`${OTHER}#credential`);
	});

	test('replaces that of any repository with the name of the package, and no other', () => {
		const text = [
			`git clone https://github.com/someone/${manifest.name}.git`,
			`https://github.com/n8n-io/n8n#readme`,
			`https://github.com/someone/${manifest.name}-docs`,
		];
		expect(withAddress(text.join('\n'), publishable).split('\n')).toEqual([
			`git clone ${OTHER}.git`,
			text[1],
			text[2],
		]);
	});
});

describe('publishing', () => {
	const context = { changelog, readme, env: {} };

	test('is allowed when nothing is a placeholder', () => {
		const env = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.2.0' };
		expect(publishProblems(publishable, { changelog, readme, env })).toEqual([]);
		const branch = { GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' };
		expect(publishProblems(publishable, { changelog, readme, env: branch })).toEqual([]);
		// As "npm pkg fix" writes it.
		const fixed = { ...publishable, repository: { url: `git+${OTHER}.git` } };
		expect(publishProblems(fixed, context)).toEqual([]);
		const prerelease = { ...publishable, version: '1.3.0-rc.0' };
		expect(publishProblems(prerelease, context)).toEqual([]);
	});

	test.each<[string, Partial<PublishManifest>, RegExp]>([
		[
			'the address of the repository is a placeholder',
			{ repository: { url: `${PLACEHOLDER}.git` } },
			/"repository\.url" in package\.json is the placeholder .*Enter the address .*npm run generate/,
		],
		[
			'the address of the repository has another form',
			{ repository: { url: 'git@github.com:owner/name.git' } },
			/must look like "https:\/\/github\.com\/OWNER\/NAME\.git"/,
		],
		[
			"the author's address is a placeholder",
			{ author: { email: 'someone@somewhere.example' } },
			/"author\.email" in package\.json is the placeholder .*Enter an address/,
		],
		[
			'the changelog has no date for the version',
			{ version: '1.2.1' },
			/CHANGELOG\.md has no heading "## 1\.2\.1 \(YYYY-MM-DD\)"/,
		],
	])('is refused while %s', (_, changed, message) => {
		const problems = publishProblems({ ...publishable, ...changed }, context);
		expect(problems).toEqual([expect.stringMatching(message)]);
	});

	test('is refused while the version is unreleased in the changelog', () => {
		const unreleased = { changelog: '## 1.2.0 (unreleased)\n', readme, env: {} };
		expect(publishProblems(publishable, unreleased)).toHaveLength(1);
	});

	test('is refused while the README says that the package is not on npm', () => {
		const unpublished = { ...context, readme: read('README.md') };
		expect(publishProblems(publishable, unpublished)).toEqual([
			expect.stringMatching(/README\.md says .* Remove that paragraph/),
		]);
	});

	test('is refused on a tag that is not the version', () => {
		const env = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.2.1' };
		expect(publishProblems(publishable, { changelog, readme, env })).toEqual([
			expect.stringContaining('The tag is v1.2.1, but "version" in package.json is 1.2.0'),
		]);
	});
});
