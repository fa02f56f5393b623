/** What has to be true before a version is published. */

import { type AddressManifest, PLACEHOLDER, repositoryAddress } from './repository.cts';

/** What the README says until the package can be installed by its name. */
const NOT_YET = 'is not on npm yet';

/** The parts of package.json that matter for publishing. */
export interface PublishManifest extends AddressManifest {
	version: string;
	author: { email: string };
}

/** Where the check runs. */
export interface PublishContext {
	/** The text of CHANGELOG.md. */
	changelog: string;
	/** The text of README.md. */
	readme: string;
	/** Environment variables. GitHub sets `GITHUB_REF_TYPE` and `GITHUB_REF_NAME` in a workflow. */
	env: Record<string, string | undefined>;
}

/** @returns what to change before this version can be published; empty if it can be published */
export function publishProblems(
	manifest: PublishManifest,
	{ changelog, readme, env }: PublishContext,
): string[] {
	const { version, author } = manifest;
	const isPrerelease = version.includes('-');
	const date = changelog
		.split('\n')
		.find((line) => line.startsWith(`## ${version} (`))
		?.slice(`## ${version} `.length);
	const tag = env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME : undefined;
	return [
		...addressProblems(manifest),
		...(author.email.endsWith('.example')
			? [
					`"author.email" in package.json is the placeholder ${author.email}. Enter an address that somebody reads.`,
				]
			: []),
		...(readme.includes(NOT_YET)
			? [`README.md says that the package "${NOT_YET}". Remove that paragraph.`]
			: []),
		...(isPrerelease || /^\(\d{4}-\d\d-\d\d\)$/.test(date ?? '')
			? []
			: [
					`CHANGELOG.md has no heading "## ${version} (YYYY-MM-DD)". Enter the date of the release there.`,
				]),
		...(tag === undefined || tag === `v${version}`
			? []
			: [
					`The tag is ${tag}, but "version" in package.json is ${version}. Tag the commit that has the version.`,
				]),
	];
}

function addressProblems(manifest: AddressManifest): string[] {
	try {
		if (repositoryAddress(manifest) !== PLACEHOLDER) return [];
		return [
			`"repository.url" in package.json is the placeholder ${PLACEHOLDER}.git. Enter the address of the public repository, and run "npm run generate".`,
		];
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
}
