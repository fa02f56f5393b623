/** Dates and times in the forms that the API takes, from whatever form a workflow holds them in. */

const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** Clocks on Earth differ from UTC by 14 hours at most. */
const OFFSET = /^(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/i;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
/** Spreadsheets count days: 10,000 is in 1927, 80,000 in 2119, and 25,569 is 1970-01-01. */
const FIRST_SHEET_DAY = 10_000;
const LAST_SHEET_DAY = 80_000;
const SHEET_EPOCH_DAYS = 25_569;
const SECONDS_PER_DAY = 86_400;
const MS_PER_SECOND = 1000;
/** Seconds since 1970 have ten digits since 2001. */
const FIRST_SECONDS = 1_000_000_000;
/** Below this a number counts seconds, not milliseconds: as seconds it would be the year 2286. */
const FIRST_MILLISECONDS = 10_000_000_000;
const MS_PER_MINUTE = 60_000;

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
 *   ms or s, or the number by which a spreadsheet knows a day
 * @param zone the workflow's time zone (IANA name), in which a JavaScript date or a timestamp is read
 * @returns `YYYY-MM-DD`, the day as it was written: no shift into another time zone
 * @throws {RangeError} when it is no date
 */
export function toDate(value: unknown, zone: string): string {
	return read(value, zone).date;
}

/**
 * @param value as for {@link toDate}; a date alone means midnight
 * @param zone the workflow's time zone (IANA name), which gives the offset where the value has none
 * @returns ISO 8601 with an offset, such as `2026-11-22T18:30:00+01:00`
 * @throws {RangeError} when it is no date
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
	throw new RangeError('no date');
}

/** Anything else, 2026 or 20260131 for instance, would be read as something that nobody meant. */
function readNumber(value: number, zone: string): Moment {
	if (value >= FIRST_SHEET_DAY && value <= LAST_SHEET_DAY) {
		const seconds = Math.round((value - SHEET_EPOCH_DAYS) * SECONDS_PER_DAY);
		const moment = new Date(seconds * MS_PER_SECOND).toISOString();
		const hasTime = !Number.isInteger(value);
		return { date: moment.slice(0, 10), ...(hasTime && { time: moment.slice(11, 19) }) };
	}
	if (Math.abs(value) < FIRST_SECONDS) throw new RangeError('no date');
	return readInstant(Math.abs(value) < FIRST_MILLISECONDS ? value * MS_PER_SECOND : value, zone);
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
	if (!iso) throw new RangeError('no date');
	const [, year, month, day, hour, minute, second = '00', fraction, offset] = iso;
	const date = calendarDate(year, month, day);
	if (hour === undefined) return { date };
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
		throw new RangeError('no time');
	}
	if (offset !== undefined && !OFFSET.test(offset)) throw new RangeError('no offset');
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
	if (!Number.isFinite(new Date(milliseconds).getTime())) throw new RangeError('no date');
	const minutes = offsetMinutes(milliseconds, zone);
	const local = new Date(milliseconds + minutes * MS_PER_MINUTE).toISOString();
	// Years beyond four digits have a sign: a number that counts microseconds, say.
	if (!/^\d{4}-/.test(local)) throw new RangeError('no date');
	return { date: local.slice(0, 10), time: local.slice(11, 19), offset: offsetText(minutes) };
}

/** The offset that a zone's clocks have at a local time, which needs two steps around a change. */
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
