// A small server that answers like the API, in a process of its own and with prepared answers, so that
// a benchmark measures n8n rather than the simulator. Prints its port and then one JSON line for each
// line on its standard input: what was requested since the last.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** What the server has seen. */
export interface Seen {
	requests: number;
	/** The peak number of requests in flight at once. */
	peakConcurrency: number;
	/** The number of returned status 429. */
	rejected: number;
	/** The number of connections that were opened. */
	connections: number;
	/** The bytes of all request bodies. */
	bytes: number;
	/** Between the first and the last request, in ms. */
	spanMs: number;
}

/** What the server is to do, as JSON in its first argument. */
export interface ApiSettings {
	/** How long an answer takes, in ms. Default: 0. */
	delayMs?: number;
	customers: number;
	/** Requests to one endpoint in any `windowMs`. Default: no limit. */
	limit?: number;
	/** Default: a minute. */
	windowMs?: number;
	/** The status that the first request for a chunk gets, by the offset of the chunk. */
	failing?: Record<string, number>;
	/** The header Retry-After of these answers, in seconds. Default: none. */
	retryAfter?: number;
	/** Gives each customer a link to an image of this many bytes. */
	imageBytes?: number;
}

const {
	delayMs = 0,
	customers,
	limit,
	windowMs = 60_000,
	failing = {},
	retryAfter,
	imageBytes,
} = JSON.parse(process.argv[2]) as ApiSettings;
const FIRST_ID = 1_210_000_000;

const nothingSeen = () => ({
	requests: 0,
	peakConcurrency: 0,
	rejected: 0,
	connections: 0,
	bytes: 0,
	first: 0,
	last: 0,
});
let seen = nothingSeen();
let inFlight = 0;
/** The times of the requests of the last window, by endpoint. */
const arrivals = new Map<string, number[]>();
/** What is left of `failing`. */
let yetToFail = { ...failing };
const image = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(imageBytes ?? 0)]);

function customer(index: number) {
	return {
		id: FIRST_ID + index,
		customerNumber: `M-${10_000 + index}`,
		firstName: 'Kim',
		lastName: `Example ${index}`,
		dateOfBirth: '1990-05-17',
		gender: 'UNISEX',
		email: `member${index}@gym.example`,
		phonePrivateMobile: '+49 30 1234567',
		language: { languageCode: 'de', countryCode: 'DE' },
		street: 'Teststrasse',
		houseNumber: String(index % 200),
		city: 'Berlin',
		zipCode: '10115',
		country: 'DE',
		studioId: 1,
		customerStatus: 'MEMBER',
		createdDateTime: '2024-03-01T09:15:00+01:00[Europe/Berlin]',
		imageUrl: null,
		accessMediums: [{ id: index, type: 'CARD_NUMBER', value: `00${index}` }],
		additionalInformationFieldAssignments: [{ additionalInformationFieldId: 7, value: 'yes' }],
	};
}

/** Prepared, so that the server needs little of the processor. */
let records: string[] = [];

function isOverLimit(endpoint: string, now: number): boolean {
	if (limit === undefined) return false;
	const recent = (arrivals.get(endpoint) ?? []).filter((time) => time > now - windowMs);
	arrivals.set(endpoint, recent);
	if (recent.length >= limit) return true;
	recent.push(now);
	return false;
}

function answer({ pathname, searchParams }: URL): string | Buffer {
	const [, id, below] = /^\/v1\/customers\/(\d+)(\/\w+)?$/.exec(pathname) ?? [];
	const index = (Number(id) - FIRST_ID) % customers;
	if (below === '/contracts') return `[${contract(index)}]`;
	if (below !== undefined) return '{"id":1}';
	if (id !== undefined) return records[index];
	if (pathname.startsWith('/files/')) return image;
	if (pathname === '/v1/customers/additional-information-fields') return '[]';
	const from = Number(searchParams.get('offset') ?? 0);
	const to = Math.min(customers, from + Number(searchParams.get('sliceSize') ?? 100));
	const result = records.slice(from, to).join(',');
	return `{"result":[${result}],"offset":"${to}","hasNext":${to < customers}}`;
}

function contract(index: number): string {
	return JSON.stringify({
		id: FIRST_ID + index,
		contractStatus: 'ACTIVE',
		rateName: 'Basic',
		startDate: '2024-03-01',
		contractVolumeInformation: { monthlyRecurringCosts: 29.9 },
	});
}

/** The status that a request gets instead of an answer. */
function failure({ pathname, searchParams }: URL, now: number): number | undefined {
	if (isOverLimit(pathname.replace(/\d+/g, ''), now)) return 429;
	const offset = searchParams.get('offset') ?? '0';
	const status = yetToFail[offset];
	delete yetToFail[offset];
	return status;
}

const server = createServer((request, response) => {
	const now = performance.now();
	seen.requests++;
	seen.first ||= now;
	seen.last = now;
	inFlight++;
	seen.peakConcurrency = Math.max(seen.peakConcurrency, inFlight);
	response.once('close', () => inFlight--);
	request.on('data', ({ length }: Buffer) => (seen.bytes += length));
	const url = new URL(request.url ?? '', 'http://localhost');
	const status = failure(url, now);
	request.once('end', () => {
		if (status !== undefined) {
			if (status === 429) seen.rejected++;
			response.writeHead(status, {
				'content-type': 'application/json',
				...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
			});
			response.end('{}');
			return;
		}
		setTimeout(() => {
			const body = answer(url);
			const type = typeof body === 'string' ? 'application/json' : 'image/jpeg';
			response.writeHead(200, { 'content-type': type }).end(body);
		}, delayMs);
	});
});
server.on('connection', () => seen.connections++);

server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	records = Array.from({ length: customers }, (_, index) => {
		const imageUrl = `http://127.0.0.1:${port}/files/${index}`;
		return JSON.stringify({ ...customer(index), ...(imageBytes !== undefined && { imageUrl }) });
	});
	process.stdout.write(`${port}\n`);
});

createInterface({ input: process.stdin })
	.on('line', () => {
		const { first, last, ...counts } = seen;
		const report: Seen = { ...counts, spanMs: last - first };
		process.stdout.write(`${JSON.stringify(report)}\n`);
		seen = nothingSeen();
		yetToFail = { ...failing };
		arrivals.clear();
	})
	.once('close', () => process.exit());
