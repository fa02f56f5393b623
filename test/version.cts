/** Tells whether a version such as `2.40.5` is older than another one, such as `2.28`; patches do not count. */
export function isBefore(version: string, limit: string): boolean {
	const [ownMajor, ownMinor] = version.split('.').map(Number);
	const [major, minor] = limit.split('.').map(Number);
	return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
