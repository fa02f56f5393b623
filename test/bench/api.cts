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
	/** Between the first and the last request, in ms. */
	spanMs: number;
}

/** What the server is to do, as JSON in its first argument. */
export interface ApiSettings {
	/** How long an answer takes, in ms. Default: 0. */
	delayMs?: number;
	customers: number;
	/** Requests in any `windowMs`. Default: no limit. */
	limit?: number;
	/** Default: a minute. */
	windowMs?: number;
}

const {
	delayMs = 0,
	customers,
	limit,
	windowMs = 60_000,
} = JSON.parse(process.argv[2]) as ApiSettings;
const FIRST_ID = 1_210_000_000;

let seen = { requests: 0, peakConcurrency: 0, rejected: 0, first: 0, last: 0 };
let inFlight = 0;
let arrivals: number[] = [];

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
const records = Array.from({ length: customers }, (_, index) => JSON.stringify(customer(index)));

function isOverLimit(now: number): boolean {
	if (limit === undefined) return false;
	arrivals = arrivals.filter((time) => time > now - windowMs);
	if (arrivals.length >= limit) return true;
	arrivals.push(now);
	return false;
}

function answer(url: URL): string {
	const id = /^\/v1\/customers\/(\d+)$/.exec(url.pathname)?.[1];
	if (id !== undefined) return records[(Number(id) - FIRST_ID) % customers];
	const from = Number(url.searchParams.get('offset') ?? 0);
	const to = Math.min(customers, from + Number(url.searchParams.get('sliceSize') ?? 100));
	const result = records.slice(from, to).join(',');
	return `{"result":[${result}],"offset":"${to}","hasNext":${to < customers}}`;
}

const server = createServer((request, response) => {
	const now = performance.now();
	seen.requests++;
	seen.first ||= now;
	seen.last = now;
	inFlight++;
	seen.peakConcurrency = Math.max(seen.peakConcurrency, inFlight);
	response.once('close', () => inFlight--);
	if (isOverLimit(now)) {
		seen.rejected++;
		response.writeHead(429, { 'content-type': 'application/json' }).end('{}');
		return;
	}
	setTimeout(() => {
		const body = answer(new URL(request.url ?? '', 'http://localhost'));
		response.writeHead(200, { 'content-type': 'application/json' }).end(body);
	}, delayMs);
});

server.listen(0, '127.0.0.1', () => {
	process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

createInterface({ input: process.stdin })
	.on('line', () => {
		const { first, last, ...counts } = seen;
		const report: Seen = { ...counts, spanMs: last - first };
		process.stdout.write(`${JSON.stringify(report)}\n`);
		seen = { requests: 0, peakConcurrency: 0, rejected: 0, first: 0, last: 0 };
	})
	.once('close', () => process.exit());
