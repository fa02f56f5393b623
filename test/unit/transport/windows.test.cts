import fc from 'fast-check';

import { RequestFault } from '../../../nodes/PerfectGymNext/transport/fault';
import { followWindows, needsWindows } from '../../../nodes/PerfectGymNext/transport/windows';

const TODAY = '2026-11-24';
const WINDOWS = { from: 'fromDate', to: 'toDate', days: 365, id: 'checkinId' };
const ALL = { limit: Infinity, most: 100_000 };
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

/** Gives the visits of a window as the API does, and refuses one that is too long. */
function history(visits: Visit[], countsLastDay = true) {
	const asked: Array<[string, string]> = [];
	return {
		asked,
		async list(query: Record<string, unknown>) {
			const [from, to] = [String(query.fromDate), String(query.toDate)];
			asked.push([from, to]);
			if (Date.parse(to) - Date.parse(from) > 365 * MS_PER_DAY) throw new Error('too long');
			return visits.filter(({ day }) => day >= from && (countsLastDay ? day <= to : day < to));
		},
	};
}

test.each([
	['no dates and a limit', {}, 50, false],
	['no dates and Return All', {}, Infinity, true],
	['a last day and Return All', { toDate: TODAY }, Infinity, true],
	['365 days', { fromDate: dayBefore(365), toDate: TODAY }, Infinity, false],
	['366 days', { fromDate: dayBefore(366), toDate: TODAY }, 50, true],
	['a first day long ago', { fromDate: '2020-01-01' }, 50, true],
])('%s', (_what, query, limit, expected) => {
	expect(needsWindows(query, WINDOWS, { ...ALL, limit }, TODAY)).toBe(expected);
});

test('reads the newest window first, and the oldest no further back than the first day', async () => {
	const { list, asked } = history([]);
	await followWindows(list, { fromDate: '2024-06-01' }, WINDOWS, ALL, TODAY);
	expect(asked).toEqual([
		['2025-11-24', '2026-11-24'],
		['2024-11-24', '2025-11-24'],
		['2024-06-01', '2024-11-24'],
	]);
});

test('goes back over four years without a visit, and ends after five', async () => {
	const near = history(visitsAt([10, 4.5 * 365]));
	expect(await followWindows(near.list, {}, WINDOWS, ALL, TODAY)).toHaveLength(2);
	expect(near.asked).toHaveLength(10);
	const far = history(visitsAt([10, 7 * 365]));
	expect(await followWindows(far.list, {}, WINDOWS, ALL, TODAY)).toHaveLength(1);
});

test.each([true, false])(
	'comes out without gaps or doubles, whether the last day counts (%s) or not',
	async (countsLastDay) => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3000 })), async (days) => {
				const visits = visitsAt(days);
				const query = { fromDate: dayBefore(3000), toDate: TODAY };
				const { list } = history(visits, countsLastDay);
				const found = (await followWindows(list, query, WINDOWS, ALL, TODAY)) as Visit[];
				expect(found.map(({ checkinId }) => checkinId).sort()).toEqual(
					visits.map(({ checkinId }) => checkinId).sort(),
				);
			}),
		);
	},
);

test('asks for no further window once the limit is reached', async () => {
	const { list, asked } = history(visitsAt([1, 2, 400, 800]));
	const query = { fromDate: dayBefore(1500) };
	const want = { ...ALL, limit: 3 };
	expect(await followWindows(list, query, WINDOWS, want, TODAY)).toHaveLength(3);
	expect(asked).toHaveLength(2);
});

test('ends with a message when there are more records than n8n takes', async () => {
	const { list } = history(visitsAt([1, 2, 400]));
	const query = { fromDate: dayBefore(1500) };
	await expect(followWindows(list, query, WINDOWS, { ...ALL, most: 2 }, TODAY)).rejects.toThrow(
		RequestFault,
	);
});
