import { isPrivateAddress, isPrivateHost } from '../../../nodes/PerfectGymNext/transport/address';

/** The transport passes the host of a parsed URL. */
const isPrivate = (address: string) => isPrivateHost(new URL(address).hostname);

test.each([
	'https://localhost',
	'https://LOCALHOST.',
	'https://api.localhost',
	'https://printer',
	'https://nas.local',
	'https://metadata.google.internal',
	'https://router.lan',
	'https://0.0.0.0',
	'https://10.1.2.3',
	'https://100.64.0.0',
	'https://100.64.0.1',
	'https://100.127.255.255',
	'https://127.0.0.1',
	'https://127.1',
	'https://2130706433',
	'https://0x7f.0.0.1',
	'https://0177.0.0.1',
	'https://0x7f000001',
	'https://169.254.169.254',
	'https://172.16.0.1',
	'https://172.31.255.255',
	'https://192.168.0.1',
	'https://198.18.0.1',
	'https://224.0.0.1',
	'https://255.255.255.255',
	'https://[::]',
	'https://[::1]',
	'https://[::ffff:127.0.0.1]',
	'https://[::ffff:a00:1]',
	'https://[::127.0.0.1]',
	'https://[64:ff9b::10.0.0.1]',
	'https://[64:ff9b:1::8.8.8.8]',
	'https://[2002:7f00:1::]',
	'https://[2002:808:808::]',
	'https://[3fff::1]',
	'https://[fec0::1]',
	'https://192.88.99.1',
	'https://240.0.0.1',
	'https://[fc00::1]',
	'https://[fd12:3456::1]',
	'https://[fe80::1]',
	'https://[ff02::1]',
	'https://[2001:db8::1]',
	'https://[2001::1]',
])('%s is a private address', (address) => {
	expect(isPrivate(address)).toBe(true);
});

test.each([
	'https://files.example.com',
	'https://localhost.example.com',
	'https://8.8.8.8',
	'https://172.15.255.255',
	'https://172.32.0.1',
	'https://100.63.255.255',
	'https://100.128.0.0',
	'https://100.128.0.1',
	'https://192.169.0.1',
	'https://223.255.255.255',
	'https://[2606:4700:4700::1111]',
	'https://[2a00:1450:4001:81b::200e]',
	'https://[64:ff9b::8.8.8.8]',
	'https://[::ffff:8.8.8.8]',
])('%s is an address on the internet', (address) => {
	expect(isPrivate(address)).toBe(false);
});

describe('an address that a DNS lookup returned', () => {
	test.each([
		'::',
		'::1',
		'0.0.0.0',
		'10.0.0.1',
		'100.64.0.1',
		'169.254.169.254',
		'192.88.99.1',
		'224.0.0.1',
		'240.0.0.1',
		'::127.0.0.1',
		'::ffff:10.0.0.1',
		'64:ff9b::10.0.0.1',
		'64:ff9b::a9fe:a9fe',
		'2002:7f00:1::',
		'fc00::1',
		'fe80::1%eth0',
		'fec0::1',
		'ff02::1',
		'',
		'not an address',
	])('%s is private', (address) => {
		expect(isPrivateAddress(address)).toBe(true);
	});

	test.each(['8.8.8.8', '2606:4700:4700::1111', '64:ff9b::8.8.8.8', '::ffff:8.8.8.8'])(
		'%s is public',
		(address) => {
			expect(isPrivateAddress(address)).toBe(false);
		},
	);
});
