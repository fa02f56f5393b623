import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	needsDateRanges,
	readDateRanges,
} from '../../../nodes/PerfectGymNext/transport/dateRanges';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const TODAY = '2026-11-24';
const RANGES = { from: 'fromDate', to: 'toDate', days: 365, id: 'checkinId' };
const MS_PER_DAY = 86_400_000;

interface Visit {
	checkinId: number;
	day: string;
}

function dayBefore(days: number): string {
	return new Date(Date.parse(TODAY) - days * MS_PER_DAY).toISOString().slice(0, 10);
}

function visitsAt(daysAgo: number[]): Visit[] {
	return daysAgo.map((days, index) => ({ checkinId: index + 1, day: dayBefore(days) }));
}

type ReadRange = (query: IDataObject) => AsyncIterable<unknown[]>;

/** Returns the visits of a range in pages as the API does, and refuses a range that is too long. */
function history(visits: Visit[], includesLastDay = true, pageSize = Infinity) {
	const requested: Array<[string, string]> = [];
	const readRange: ReadRange = async function* (query) {
		const { fromDate: from, toDate: to } = query as { fromDate: string; toDate: string };
		requested.push([from, to]);
		if (Date.parse(to) - Date.parse(from) > 365 * MS_PER_DAY) throw new Error('too long');
		const found = visits.filter(
			({ day }) => day >= from && (includesLastDay ? day <= to : day < to),
		);
		const pages = Math.max(1, Math.ceil(found.length / pageSize));
		for (let page = 0; page < pages; page++) {
			yield await Promise.resolve(
				pages === 1 ? found : found.slice(page * pageSize, (page + 1) * pageSize),
			);
		}
	};
	return { requested, readRange };
}

/** Reads all ranges. @returns the records of all pages */
async function collect(
	readRange: ReadRange,
	query: IDataObject,
	limit = Infinity,
): Promise<Visit[]> {
	const visits: Visit[] = [];
	for await (const page of readDateRanges(readRange, query, RANGES, limit, TODAY)) {
		visits.push(...(page as Visit[]));
	}
	return visits;
}

const idsOf = (visits: Visit[]) => visits.map(({ checkinId }) => checkinId);

test.each([
	['no dates and a limit', {}, 50, false],
	['no dates and Return All', {}, Infinity, true],
	['a last day and Return All', { toDate: TODAY }, Infinity, true],
	['365 days', { fromDate: dayBefore(365), toDate: TODAY }, Infinity, false],
	['366 days', { fromDate: dayBefore(366), toDate: TODAY }, 50, true],
	['a first day long ago', { fromDate: '2020-01-01' }, 50, true],
])('whether %s need several ranges: %j with limit %p', (_what, query, limit, expected) => {
	expect(needsDateRanges(query, RANGES, limit, TODAY)).toBe(expected);
});

test('reads the newest range first, and the oldest one from the first day', async () => {
	const { readRange, requested } = history([]);
	await collect(readRange, { fromDate: '2024-06-01' });
	expect(requested).toEqual([
		['2025-11-24', '2026-11-24'],
		['2024-11-24', '2025-11-24'],
		['2024-06-01', '2024-11-24'],
	]);
});

test('sends the other filters with each range', async () => {
	const queries: IDataObject[] = [];
	const { readRange } = history([]);
	const query = { fromDate: dayBefore(400), studioId: 5 };
	await collect((range) => {
		queries.push(range);
		return readRange(range);
	}, query);
	expect(queries.map(({ studioId }) => studioId)).toEqual([5, 5]);
});

test('without a first day, continues after four empty years and ends after five', async () => {
	const near = history(visitsAt([10, 4.5 * 365]));
	expect(await collect(near.readRange, {})).toHaveLength(2);
	expect(near.requested).toHaveLength(10);
	const far = history(visitsAt([10, 7 * 365]));
	expect(await collect(far.readRange, {})).toHaveLength(1);
});

test.each([true, false])(
	'returns each record once, whether the API includes the last day (%s) or not',
	async (includesLastDay) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 1, max: 3000 })),
				fc.constantFrom(1, 3, Infinity),
				async (days, pageSize) => {
					const visits = visitsAt(days);
					const query = { fromDate: dayBefore(3000), toDate: TODAY };
					const { readRange } = history(visits, includesLastDay, pageSize);
					const found = await collect(readRange, query);
					expect(idsOf(found).sort()).toEqual(idsOf(visits).sort());
				},
			),
		);
	},
);

test('does not request another range once the limit is reached', async () => {
	const { readRange, requested } = history(visitsAt([1, 2, 400, 800]));
	const query = { fromDate: dayBefore(1500) };
	expect(await collect(readRange, query, 3)).toHaveLength(3);
	expect(requested).toHaveLength(2);
});

test('stops within a range once the limit is reached', async () => {
	let pages = 0;
	const { readRange } = history(visitsAt([1, 2, 3, 4, 5, 6]), true, 2);
	const counted: ReadRange = async function* (query) {
		for await (const page of readRange(query)) {
			pages++;
			yield page;
		}
	};
	expect(idsOf(await collect(counted, { fromDate: dayBefore(1500) }, 3))).toEqual([1, 2, 3]);
	expect(pages).toBe(2);
});

test('keeps every record without an id, equal ones too, and returns those of a shared day once', async () => {
	const days: Record<string, unknown[]> = {};
	const visit = { studio: 'Downtown' };
	const query = { fromDate: dayBefore(400), toDate: TODAY };
	const shared = dayBefore(365);
	days[TODAY] = [visit, visit, null, 5];
	days[shared] = [{ studio: 'Airport' }];
	const readRange: ReadRange = async function* ({ fromDate, toDate }) {
		const inRange = Object.keys(days).filter(
			(day) => day >= (fromDate as string) && day <= (toDate as string),
		);
		yield await Promise.resolve(inRange.flatMap((day) => days[day]));
	};
	expect(await collect(readRange, query)).toEqual([visit, visit, null, 5, { studio: 'Airport' }]);
});
