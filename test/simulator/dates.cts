/** Milliseconds in a day. */
export const DAY = 86_400_000;
const HOUR = 3_600_000;

/** 01:00 UTC on the last Sunday of a month (0-based), in ms. Clocks change then in Berlin. */
function lastSunday(year: number, month: number): number {
	const lastDay = new Date(Date.UTC(year, month + 1, 0, 1));
	return lastDay.getTime() - lastDay.getUTCDay() * DAY;
}

const summerTimes = new Map<number, readonly [begin: number, end: number]>();

function berlinOffset(ms: number): number {
	const year = new Date(ms).getUTCFullYear();
	let summer = summerTimes.get(year);
	if (summer === undefined) {
		summer = [lastSunday(year, 2), lastSunday(year, 9)];
		summerTimes.set(year, summer);
	}
	return ms >= summer[0] && ms < summer[1] ? 2 : 1;
}

/** A time (ms) in the vendor's format, e.g. `2022-06-15T23:59:59.999+02:00[Europe/Berlin]`. */
export function zoned(ms: number): string {
	const offset = berlinOffset(ms);
	const local = new Date(ms + offset * HOUR).toISOString().slice(0, -1);
	return `${local}+0${offset}:00[Europe/Berlin]`;
}

/** The date of a time (ms) in Berlin, `YYYY-MM-DD`. */
export function dateOf(ms: number): string {
	return zoned(ms).slice(0, 10);
}

/** Midnight in Berlin of a `YYYY-MM-DD` date, in ms. */
export function startOf(date: string): number {
	const midnight = Date.parse(`${date}T00:00:00Z`);
	return midnight - berlinOffset(midnight - HOUR) * HOUR;
}

/** Adds a number of days, which can be negative, to a `YYYY-MM-DD` date. */
export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/**
 * Adds a number of months, which can be negative, to a `YYYY-MM-DD` date. A day that the month does
 * not have becomes its last day.
 */
export function addMonths(date: string, months: number): string {
	const [year, month, day] = date.split('-').map(Number);
	const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
	return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
		.toISOString()
		.slice(0, 10);
}

/** The number of days from one `YYYY-MM-DD` date to another. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/**
 * Parses a date-time of the API to ms; NaN when it is not valid. The zone in brackets is optional.
 * Without an offset or Z it is Berlin time.
 */
export function instant(text: string): number {
	const bare = text.replace(/\[[^\]]*\]$/, '');
	if (/(Z|[+-]\d\d:\d\d)$/.test(bare)) return Date.parse(bare);
	const asUtc = Date.parse(`${bare}Z`);
	return asUtc - berlinOffset(asUtc - HOUR) * HOUR;
}
