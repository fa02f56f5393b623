/** Distinguishes public hosts from hosts on a private network or on this machine. */

import { parseUrl } from './baseUrl';

/** IPv4 networks that are not public, with the length of their prefix in bits. */
const PRIVATE_V4: ReadonlyArray<readonly [network: number[], bits: number]> = [
	[[0, 0, 0, 0], 8],
	[[10, 0, 0, 0], 8],
	[[100, 64, 0, 0], 10],
	[[127, 0, 0, 0], 8],
	[[169, 254, 0, 0], 16],
	[[172, 16, 0, 0], 12],
	[[192, 0, 0, 0], 24],
	[[192, 0, 2, 0], 24],
	[[192, 88, 99, 0], 24],
	[[192, 168, 0, 0], 16],
	[[198, 18, 0, 0], 15],
	[[198, 51, 100, 0], 24],
	[[203, 0, 113, 0], 24],
	// Multicast, reserved, broadcast.
	[[224, 0, 0, 0], 3],
];
/** Suffixes of names that only a local network resolves. */
const PRIVATE_NAME =
	/(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
const V4 = /^\d+\.\d+\.\d+\.\d+$/;

/**
 * @param host as in a parsed URL, which writes every form of an IPv4 address (0x7f.1, 2130706433) as
 *   four numbers
 * @returns whether the host is on a private network or on this machine, without a DNS lookup
 */
export function isPrivateHost(host: string): boolean {
	const name = host.toLowerCase().replace(/\.$/, '');
	if (name.startsWith('[')) return isPrivateV6(groupsOf(name.slice(1, -1)));
	if (V4.test(name)) return isPrivateV4(name.split('.').map(Number));
	// A name without a dot is a host on the local network.
	return !name.includes('.') || PRIVATE_NAME.test(name);
}

/**
 * Works like {@link isPrivateHost}, for an address that a DNS lookup returned.
 *
 * @param address IPv4 or IPv6 in any notation, such as `::ffff:10.0.0.1` or `fe80::1%eth0`
 * @returns true for anything that is not an address, too
 */
export function isPrivateAddress(address: string): boolean {
	const [withoutZone] = address.split('%');
	const host = withoutZone.includes(':') ? `[${withoutZone}]` : withoutZone;
	const parsed = parseUrl(`https://${host}`)?.hostname;
	return parsed === undefined || isPrivateHost(parsed);
}

function isPrivateV4(bytes: number[]): boolean {
	const address = toNumber(bytes);
	return PRIVATE_V4.some(
		([network, bits]) => toNumber(network) >>> (32 - bits) === address >>> (32 - bits),
	);
}

function toNumber(bytes: number[]): number {
	return bytes.reduce((number, byte) => ((number << 8) | byte) >>> 0, 0);
}

function isPrivateV6(groups: number[]): boolean {
	const [first, second, ...others] = groups;
	// NAT64 (64:ff9b::/96) and mapped addresses (::ffff:0:0/96) lead to the IPv4 address that they
	// contain. Networks without IPv4 use NAT64 for all hosts on the internet.
	const isNat64 = first === 0x64 && second === 0xff9b && areZero(others.slice(0, 4));
	const isMapped = areZero(groups.slice(0, 5)) && groups[5] === 0xffff;
	if (isNat64 || isMapped) return isPrivateV4(bytesOf(groups.slice(6)));
	// Only 2000::/3 is public, except 2001::/23, 6to4 (no longer in use), and documentation.
	if (first >>> 13 !== 1 || first === 0x2002) return true;
	const isDocumentation = first === 0x3fff && second < 0x1000;
	return isDocumentation || (first === 0x2001 && (second < 0x200 || second === 0xdb8));
}

function areZero(groups: number[]): boolean {
	return groups.every((group) => group === 0);
}

function bytesOf(groups: number[]): number[] {
	return groups.flatMap((group) => [group >>> 8, group & 0xff]);
}

/** @returns the eight groups of an IPv6 address; `::` stands for the groups that are 0 */
function groupsOf(address: string): number[] {
	const [head, tail] = address
		.split('::')
		.map((part) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))));
	if (tail === undefined) return head;
	const missing = 8 - head.length - tail.length;
	return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}
