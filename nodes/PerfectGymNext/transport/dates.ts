/** Converts the dates and times of a workflow to the forms that the API takes. */

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** Time zones differ from UTC by at most 14 hours. */
const OFFSET = /^(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/i;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
/** Spreadsheets count days: 10,000 is in 1927, 80,000 is in 2119, and 25,569 is 1970-01-01. */
const MIN_SHEET_DAY = 10_000;
const MAX_SHEET_DAY = 80_000;
const SHEET_EPOCH_DAYS = 25_569;
const SECONDS_PER_DAY = 86_400;
const MS_PER_SECOND = 1000;
/** Timestamps in seconds have had ten digits since 2001. */
const MIN_SECONDS = 1_000_000_000;
/** Smaller timestamps are in seconds: this number of seconds would be in the year 2286. */
const MIN_MILLISECONDS = 10_000_000_000;
const MS_PER_MINUTE = 60_000;

/** The parts of a date or a date-time. */
interface Moment {
	/** `YYYY-MM-DD`, as it was written. */
	date: string;
	/** `HH:MM:SS`, with fractions if there were any. */
	time?: string;
	/** `Z` or `+HH:MM`. */
	offset?: string;
}

/**
 * @param value an ISO date or date-time, `31.12.2026`, a Luxon or JavaScript date, a timestamp in
 *   ms or s, or a spreadsheet's day number
 * @param zone the workflow's time zone (IANA name), in which JavaScript dates and timestamps are read
 * @returns `YYYY-MM-DD`, the day as it was written, not converted to another time zone
 * @throws {RangeError} when the value is not a date
 */
export function toDate(value: unknown, zone: string): string {
	return read(value, zone).date;
}

/**
 * @param value as for {@link toDate}; a date alone means midnight
 * @param zone the workflow's time zone (IANA name), for values without an offset
 * @returns ISO 8601 with an offset, such as `2026-11-22T18:30:00+01:00`
 * @throws {RangeError} when the value is not a date
 */
export function toDateTime(value: unknown, zone: string): string {
	const { date, time = '00:00:00', offset } = read(value, zone);
	return `${date}T${time}${offset ?? offsetOfLocal(`${date}T${time}`, zone)}`;
}

function read(value: unknown, zone: string): Moment {
	if (value instanceof Date) return readInstant(value.getTime(), zone);
	if (typeof value === 'number') return readNumber(value, zone);
	if (hasToIso(value)) return readText(value.toISO() ?? '');
	if (typeof value === 'string') return readText(value);
	throw new RangeError('not a date');
}

/**
 * Reads a spreadsheet's day number or a timestamp.
 *
 * @throws {RangeError} for other numbers, such as 2026 or 20260131, because any reading is a guess
 */
function readNumber(value: number, zone: string): Moment {
	if (value >= MIN_SHEET_DAY && value <= MAX_SHEET_DAY) {
		const seconds = Math.round((value - SHEET_EPOCH_DAYS) * SECONDS_PER_DAY);
		const moment = new Date(seconds * MS_PER_SECOND).toISOString();
		const hasTime = !Number.isInteger(value);
		return { date: moment.slice(0, 10), ...(hasTime && { time: moment.slice(11, 19) }) };
	}
	if (Math.abs(value) < MIN_SECONDS) throw new RangeError('not a date');
	return readInstant(Math.abs(value) < MIN_MILLISECONDS ? value * MS_PER_SECOND : value, zone);
}

function hasToIso(value: unknown): value is { toISO(): string | null } {
	return typeof value === 'object' && value !== null && 'toISO' in value;
}

function readText(text: string): Moment {
	// The API itself writes `2022-06-15T23:59:59.999+02:00[Europe/Berlin]`.
	const plain = text.trim().replace(/\[[^\]]*\]$/, '');
	const dotted = DOTTED.exec(plain);
	if (dotted) return { date: calendarDate(dotted[3], dotted[2], dotted[1]) };

	const iso = ISO.exec(plain);
	if (!iso) throw new RangeError('not a date');
	const [, year, month, day, hour, minute, second = '00', fraction, offset] = iso;
	const date = calendarDate(year, month, day);
	if (hour === undefined) return { date };
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
		throw new RangeError('not a time');
	}
	if (offset !== undefined && !OFFSET.test(offset)) throw new RangeError('not an offset');
	const time = `${hour}:${minute}:${second}${fraction ? `.${fraction}` : ''}`;
	return { date, time, offset: offset?.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') };
}

function calendarDate(year: string, month: string, day: string): string {
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const parsed = new Date(`${date}T00:00:00Z`);
	if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) {
		throw new RangeError('no such day');
	}
	return date;
}

function readInstant(milliseconds: number, zone: string): Moment {
	if (!Number.isFinite(new Date(milliseconds).getTime())) throw new RangeError('not a date');
	const minutes = offsetMinutes(milliseconds, zone);
	const local = new Date(milliseconds + minutes * MS_PER_MINUTE).toISOString();
	// Years with more than four digits have a sign. A timestamp in microseconds leads to one.
	if (!/^\d{4}-/.test(local)) throw new RangeError('not a date');
	return { date: local.slice(0, 10), time: local.slice(11, 19), offset: offsetText(minutes) };
}

/** @returns the zone's UTC offset at a local time; the second step is for times near a clock change */
function offsetOfLocal(local: string, zone: string): string {
	const asUtc = new Date(`${local}Z`).getTime();
	const guess = offsetMinutes(asUtc, zone);
	return offsetText(offsetMinutes(asUtc - guess * MS_PER_MINUTE, zone));
}

function offsetMinutes(milliseconds: number, zone: string): number {
	const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	const name = format.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName');
	const match = /([+-])(\d{2}):(\d{2})/.exec(name?.value ?? '');
	if (!match) return 0;
	const minutes = Number(match[2]) * 60 + Number(match[3]);
	return match[1] === '-' ? -minutes : minutes;
}

function offsetText(minutes: number): string {
	const sign = minutes < 0 ? '-' : '+';
	const hours = Math.floor(Math.abs(minutes) / 60);
	return `${sign}${String(hours).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
}
