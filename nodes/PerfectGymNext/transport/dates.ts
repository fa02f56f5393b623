/** Converts the dates and times of a workflow to the forms that the API takes. */

import { getGlobalState } from 'n8n-workflow';

/** The longest form has 35 characters, besides the name of a zone. Longer text is not searched. */
const MAX_LENGTH = 100;
/** Postgres writes an offset of whole hours as `+00`. */
const ISO =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** Time zones differ from UTC by at most 14 hours. */
const OFFSET = /^(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)$/i;
/** How JSON writes a JavaScript date. */
const JSON_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** In n8n's settings: the zone of the instance. */
const INSTANCE_ZONES = ['', 'DEFAULT'];
const FALLBACK_ZONE = 'UTC';
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
const MS_PER_DAY = 86_400_000;

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
 * A moment stands for the day in the workflow's time zone, unless it is midnight in UTC, as date
 * columns and date pickers give it. Text with an offset, and a Luxon date, stand for the day that
 * they name, unless they are midnight in the workflow's time zone. The text that JSON makes of a
 * JavaScript date is a moment too, so that both give the same day.
 *
 * @param value an ISO date or date-time, `31.12.2026`, a Luxon or JavaScript date, a timestamp in
 *   ms or s, or a spreadsheet's day number
 * @param zone the workflow's time zone: an IANA name, or the instance's where it is empty or `DEFAULT`
 * @returns `YYYY-MM-DD`
 * @throws {RangeError} when the value is not a date
 */
export function toDate(value: unknown, zone: string): string {
	const moment = read(value, zone);
	if (moment.time === undefined || moment.offset === undefined) return moment.date;
	const instant = Date.parse(`${moment.date}T${moment.time}${moment.offset}`);
	return isMoment(value) ? dayOfMoment(instant, zone) : dayOfText(moment.date, instant, zone);
}

function isMoment(value: unknown): boolean {
	if (typeof value === 'string') return value.length < MAX_LENGTH && JSON_DATE.test(value.trim());
	return typeof value === 'number' || value instanceof Date;
}

function dayOfMoment(instant: number, zone: string): string {
	if (instant % MS_PER_DAY === 0) return new Date(instant).toISOString().slice(0, 10);
	return readInstant(instant, zone).date;
}

function dayOfText(written: string, instant: number, zone: string): string {
	const local = new Date(instant + offsetMinutes(instant, zone) * MS_PER_MINUTE).toISOString();
	return /^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/.test(local) ? local.slice(0, 10) : written;
}

/**
 * @param value as for {@link toDate}; a date alone means midnight
 * @param zone the workflow's time zone (IANA name), for values without an offset
 * @returns ISO 8601 with an offset, such as `2026-11-22T18:30:00+01:00`
 * @throws {RangeError} when the value is not a date
 */
export function toDateTime(value: unknown, zone: string): string {
	const { date, time = '00:00:00', offset } = read(value, zone);
	return offset === undefined ? withOffset(date, time, zone) : `${date}T${time}${offset}`;
}

/**
 * @param value a date that is about to be sent; JSON that a user writes can hold anything
 * @returns ms since 1970; NaN for anything that is not a date
 */
export function instantOf(value: unknown): number {
	return typeof value === 'string' && value.length <= MAX_LENGTH ? Date.parse(value) : Number.NaN;
}

/** Compares as text, which the API's dates (`YYYY-MM-DD`) allow. */
export function isBefore(one: unknown, other: unknown): boolean {
	return typeof one === 'string' && typeof other === 'string' && one < other;
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
	if (text.length > MAX_LENGTH) throw new RangeError('not a date');
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
	return { date, time, offset: offset === undefined ? undefined : plainOffset(offset) };
}

/** @returns `Z` or `+HH:MM` */
function plainOffset(offset: string): string {
	if (offset.toUpperCase() === 'Z') return 'Z';
	const minutes = offset.slice(3).replace(':', '');
	return `${offset.slice(0, 3)}:${minutes === '' ? '00' : minutes}`;
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

/**
 * When clocks go back, a local time occurs twice: it is read as the first. When they go forward, a
 * local time does not occur: it is moved forward by the hour that is missing. Luxon does the same,
 * except that its choice between two times depends on the current season.
 *
 * @param local a date-time without an offset
 * @returns the date-time with the zone's UTC offset
 */
function withOffset(date: string, time: string, zone: string): string {
	const asUtc = Date.parse(`${date}T${time}Z`);
	const before = offsetMinutes(asUtc - MS_PER_DAY, zone);
	const after = offsetMinutes(asUtc + MS_PER_DAY, zone);
	for (const minutes of [before, after]) {
		if (offsetMinutes(asUtc - minutes * MS_PER_MINUTE, zone) === minutes) {
			return `${date}T${time}${offsetText(minutes)}`;
		}
	}
	const moved = readInstant(asUtc - before * MS_PER_MINUTE, zone);
	return `${moved.date}T${moved.time}${moved.offset}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format is slow to build. There are as many as time zones in the workflows of the process. */
function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const timeZone = INSTANCE_ZONES.includes(zone) ? instanceZone() : zone;
	const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
	formats.set(zone, format);
	return format;
}

/** n8n passes `DEFAULT` and empty text of a workflow's settings on, and names its own zone here. */
function instanceZone(): string {
	return getGlobalState().defaultTimezone || FALLBACK_ZONE;
}

function offsetMinutes(milliseconds: number, zone: string): number {
	const parts = formatOf(zone).formatToParts(milliseconds);
	const name = parts.find(({ type }) => type === 'timeZoneName');
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
