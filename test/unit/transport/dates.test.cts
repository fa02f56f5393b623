import fc from 'fast-check';
import { DateTime } from 'luxon';
import { getGlobalState, setGlobalState } from 'n8n-workflow';

import { toDate, toDateTime } from '../../../nodes/PerfectGymNext/transport/dates';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const KOLKATA = 'Asia/Kolkata';
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const MS_PER_DAY = 86_400_000;
const ZONES = [BERLIN, NEW_YORK, KOLKATA, 'UTC', 'Australia/Lord_Howe', 'Pacific/Kiritimati'];
const zones = fc.constantFrom(...ZONES);
/** Whole seconds between 1930 and 2099, in ms. */
const instants = fc
	.integer({ min: Date.UTC(1930, 0) / 1000, max: Date.UTC(2099, 11) / 1000 })
	.map((seconds) => seconds * 1000);

function daysIn(year: number, month: number): number {
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return month === 2 && isLeap ? 29 : DAYS_IN_MONTH[month - 1];
}

function two(number: number): string {
	return String(number).padStart(2, '0');
}

/** @returns the local time in a zone */
function wallClock(sent: string, zone: string): string {
	return DateTime.fromISO(sent, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
}

/** Values of all types that an expression can return, none of them a date or a time. */
const NO_DATES = [
	...[undefined, null, '', '   ', true, {}, [], ['2026-06-15'], NaN, Infinity],
	...[0, -1, 2000, 2026, 9999, 80_001, 20_260_131],
	...[new Date(NaN), DateTime.invalid('unparsable')],
	...['tomorrow', '2026', '2026-06', '15/06/2026', '06-15-2026', '2026-6-5', '20260615', '1.1.26'],
	...['2026-02-30', '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10'],
	...['30.02.2026', '31.4.2026', '0.1.2026', '1.13.2026', '2026-01-00', '2026-02-30T10:00:00'],
	...['2026-06-15x', 'x2026-06-15', '2026-06-15 nonsense', '2026-06-15T', '2026-06-15T10'],
	...['2026-06-15T24:00:00', '2026-06-15T10:60:00', '2026-06-15T10:00:60'],
];

describe('a date', () => {
	test.each([
		['2026-12-31', '2026-12-31'],
		[' 2026-12-31 ', '2026-12-31'],
		['2024-02-29', '2024-02-29'],
		['31.12.2026', '2026-12-31'],
		['1.2.2026', '2026-02-01'],
		['29.02.2024', '2024-02-29'],
		['2026-12-31T23:30:00', '2026-12-31'],
		['2026-12-31 23:30', '2026-12-31'],
		['2026-12-31T23:30:00Z', '2026-12-31'],
		['2026-12-31T23:30:00-11:00', '2026-12-31'],
		['2027-01-01T00:30:00+14:00', '2027-01-01'],
		['2022-06-15T23:59:59.999+02:00[Europe/Berlin]', '2022-06-15'],
		['2022-06-15T23:59:59Z[UTC]', '2022-06-15'],
		['2022-06-15T23:59:59[Europe/Berlin]', '2022-06-15'],
	])('written as %s is sent as %s in any time zone', (text, day) => {
		for (const zone of [BERLIN, NEW_YORK, KOLKATA, 'UTC']) expect(toDate(text, zone)).toBe(day);
	});

	test('is accepted for every day of two centuries, and for no other day', () => {
		const wrong: string[] = [];
		for (let year = 1900; year <= 2100; year++) {
			for (let month = 1; month <= 12; month++) {
				for (let day = 1; day <= 31; day++) {
					const text = `${year}-${two(month)}-${two(day)}`;
					let outcome: string | undefined;
					try {
						outcome = toDate(text, BERLIN);
					} catch {
						outcome = undefined;
					}
					if (outcome !== (day <= daysIn(year, month) ? text : undefined)) wrong.push(text);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	test('from Luxon is the day in its own zone', () => {
		const evening = DateTime.fromISO('2026-12-31T23:30:00', { zone: NEW_YORK });
		expect(toDate(evening, BERLIN)).toBe('2026-12-31');
	});

	test.each([
		[new Date('2026-12-31T23:30:00Z'), BERLIN, '2027-01-01'],
		[new Date('2026-12-31T23:30:00Z'), NEW_YORK, '2026-12-31'],
		[Date.UTC(2026, 11, 31, 23, 30), BERLIN, '2027-01-01'],
		[Date.UTC(2026, 11, 31, 23, 30) / 1000, BERLIN, '2027-01-01'],
		[Date.UTC(2026, 11, 31, 23, 30), 'UTC', '2026-12-31'],
		[-5_000_000_000, 'UTC', '1811-07-23'],
		[Date.UTC(1972, 0, 1), 'UTC', '1972-01-01'],
		[Date.UTC(1968, 0, 1), 'UTC', '1968-01-01'],
		[Date.UTC(1950, 5, 15), 'UTC', '1950-06-15'],
	])('from the moment %p is read in the zone %s', (moment, zone, day) => {
		expect(toDate(moment, zone)).toBe(day);
	});

	test('from any moment is the day in the zone of the workflow', () => {
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				fc.pre(instant % MS_PER_DAY !== 0);
				const day = DateTime.fromMillis(instant, { zone }).toISODate();
				expect(toDate(new Date(instant), zone)).toBe(day);
			}),
		);
	});

	test('from a JavaScript date is the same as from the text that JSON makes of it', () => {
		const midnights = fc.integer({ min: -10_000, max: 40_000 }).map((days) => days * MS_PER_DAY);
		fc.assert(
			fc.property(fc.oneof(instants, midnights), zones, (instant, zone) => {
				const date = new Date(instant);
				expect(toDate(date.toISOString(), zone)).toBe(toDate(date, zone));
			}),
		);
	});

	test.each(ZONES)('from midnight in the zone %s is the day there, in any form', (zone) => {
		for (const day of ['1990-05-17', '2026-01-01', '2026-07-01']) {
			const midnight = DateTime.fromISO(day, { zone });
			const forms = [
				...[midnight.toJSDate(), midnight.toMillis(), midnight.toJSDate().toISOString()],
				...[midnight.toISO(), midnight.toUTC().toISO({ suppressMilliseconds: true })],
				...[midnight.toUTC(), midnight.setZone('Asia/Tokyo').toISO()],
			];
			expect(forms.map((form) => toDate(form, zone))).toEqual(forms.map(() => day));
		}
	});

	test.each(ZONES)('from midnight in UTC stays that day in the zone %s', (zone) => {
		const day = '1990-05-17';
		const midnight = new Date(`${day}T00:00:00Z`);
		const forms = [midnight, midnight.getTime(), midnight.toISOString(), `${day}T00:00:00Z`];
		expect(forms.map((form) => toDate(form, zone))).toEqual(forms.map(() => day));
	});
});

describe('a time', () => {
	test.each([
		['2026-11-22T18:30:00+01:00', '2026-11-22T18:30:00+01:00'],
		['2026-11-22T18:30:00-0530', '2026-11-22T18:30:00-05:30'],
		['2026-11-22T18:30:00Z', '2026-11-22T18:30:00Z'],
		['2026-11-22 18:30:00+00', '2026-11-22T18:30:00+00:00'],
		['2026-11-22 18:30:00.123-05', '2026-11-22T18:30:00.123-05:00'],
		['2026-11-22T18:30:00+14:00', '2026-11-22T18:30:00+14:00'],
		['2026-11-22t18:30:00z', '2026-11-22T18:30:00Z'],
		['2026-11-22 18:30 +01:00', '2026-11-22T18:30:00+01:00'],
		['2026-11-22T18:30+01:00', '2026-11-22T18:30:00+01:00'],
		['2026-11-22T18:30:00.123456+01:00', '2026-11-22T18:30:00.123456+01:00'],
		['2022-06-15T23:59:59.999+02:00[Europe/Berlin]', '2022-06-15T23:59:59.999+02:00'],
	])('with an offset keeps it: %s', (text, sent) => {
		expect(toDateTime(text, NEW_YORK)).toBe(sent);
		expect(toDateTime(text, BERLIN)).toBe(sent);
	});

	test('from Luxon keeps its offset', () => {
		const time = DateTime.fromISO('2026-07-01T18:30:00', { zone: NEW_YORK });
		expect(toDateTime(time, BERLIN)).toBe('2026-07-01T18:30:00.000-04:00');
	});

	test.each([
		['2026-01-15T18:30:00', BERLIN, '2026-01-15T18:30:00+01:00'],
		['2026-07-15T18:30:00', BERLIN, '2026-07-15T18:30:00+02:00'],
		['2026-07-15T18:30:00[Europe/Berlin]', BERLIN, '2026-07-15T18:30:00+02:00'],
		['2026-07-15 18:30', BERLIN, '2026-07-15T18:30:00+02:00'],
		['2026-07-15T18:30:00,25', BERLIN, '2026-07-15T18:30:00.25+02:00'],
		['2026-01-15T18:30:00', NEW_YORK, '2026-01-15T18:30:00-05:00'],
		['2026-07-15T18:30:00', NEW_YORK, '2026-07-15T18:30:00-04:00'],
		['2026-01-15T18:30:00', KOLKATA, '2026-01-15T18:30:00+05:30'],
		['2026-07-15T18:30:00', 'UTC', '2026-07-15T18:30:00+00:00'],
	])('%s without an offset gets the offset of %s at that time', (text, zone, sent) => {
		expect(toDateTime(text, zone)).toBe(sent);
	});

	test.each([
		['the last second of standard time', '2026-03-29T01:59:59', BERLIN, '+01:00'],
		['the first second of summer time', '2026-03-29T03:00:00', BERLIN, '+02:00'],
		['the last unambiguous second of summer time', '2026-10-25T01:59:59', BERLIN, '+02:00'],
		['the first unambiguous second of standard time', '2026-10-25T03:00:00', BERLIN, '+01:00'],
		['the last second of standard time', '2026-03-08T01:59:59', NEW_YORK, '-05:00'],
		['the first second of summer time', '2026-03-08T03:00:00', NEW_YORK, '-04:00'],
		['the last unambiguous second of summer time', '2026-11-01T00:59:59', NEW_YORK, '-04:00'],
		['the first unambiguous second of standard time', '2026-11-01T02:00:00', NEW_YORK, '-05:00'],
	])('has the right offset at %s: %s in %s has %s', (_which, text, zone, offset) => {
		expect(toDateTime(text, zone)).toBe(`${text}${offset}`);
	});

	test.each([
		['2026-10-25T02:00:00', BERLIN, '+02:00'],
		['2026-10-25T02:59:59', BERLIN, '+02:00'],
		['2026-11-01T01:00:00', NEW_YORK, '-04:00'],
		['2026-11-01T01:59:59', NEW_YORK, '-04:00'],
		['2026-04-05T01:45:00', 'Australia/Lord_Howe', '+11:00'],
	])('that occurs twice is the first of the two: %s in %s has %s', (text, zone, offset) => {
		expect(toDateTime(text, zone)).toBe(`${text}${offset}`);
		expect(wallClock(toDateTime(text, zone), zone)).toBe(text);
	});

	test.each([
		['2026-03-29T02:00:00', BERLIN, '2026-03-29T03:00:00+02:00'],
		['2026-03-29T02:30:00', BERLIN, '2026-03-29T03:30:00+02:00'],
		['2026-03-08T02:59:59', NEW_YORK, '2026-03-08T03:59:59-04:00'],
		['2026-10-04T02:15:00', 'Australia/Lord_Howe', '2026-10-04T02:45:00+11:00'],
	])('that does not occur is moved forward, as by Luxon: %s in %s is %s', (text, zone, sent) => {
		expect(toDateTime(text, zone)).toBe(sent);
		const luxon = DateTime.fromISO(text, { zone });
		expect(luxon.toISO({ suppressMilliseconds: true })).toBe(sent);
	});

	test('without an offset is the local time of the zone', () => {
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const shown = DateTime.fromMillis(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
				expect(wallClock(toDateTime(shown, zone), zone)).toBe(shown);
			}),
		);
	});

	test('from a moment stays that moment, in the local time of the zone', () => {
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const sent = toDateTime(new Date(instant), zone);
				expect(DateTime.fromISO(sent).toMillis()).toBe(instant);
				expect(sent.slice(0, 19)).toBe(wallClock(sent, zone));
				if (Math.abs(instant) >= 1e12) expect(toDateTime(instant / 1000, zone)).toBe(sent);
			}),
		);
	});

	test.each([
		[Date.UTC(2026, 6, 15, 16, 30), '2026-07-15T18:30:00+02:00'],
		[Date.UTC(2026, 6, 15, 16, 30) / 1000, '2026-07-15T18:30:00+02:00'],
	])('can be a timestamp in ms or s: %d', (timestamp, sent) => {
		expect(toDateTime(timestamp, BERLIN)).toBe(sent);
	});

	test.each([
		['2026-07-15', '2026-07-15T00:00:00+02:00'],
		['15.7.2026', '2026-07-15T00:00:00+02:00'],
		['2026-01-15', '2026-01-15T00:00:00+01:00'],
	])('from a day alone is midnight: %s', (text, sent) => {
		expect(toDateTime(text, BERLIN)).toBe(sent);
	});
});

describe('the year 9999', () => {
	const LAST_MOMENT = Date.UTC(9999, 11, 31, 22, 59, 59);

	test.each(['9999-12-31', '31.12.9999', '9999-12-31T23:59:59', '9999-12-31T23:59:59Z'])(
		'is accepted as %s',
		(text) => {
			expect(toDate(text, BERLIN)).toBe('9999-12-31');
		},
	);

	test.each([[LAST_MOMENT], [new Date(LAST_MOMENT)]])(
		'is accepted up to its last second in the zone: %p',
		(moment) => {
			expect(toDate(moment, BERLIN)).toBe('9999-12-31');
			expect(toDateTime(moment, BERLIN)).toBe('9999-12-31T23:59:59+01:00');
		},
	);

	test('gets the offset of the zone', () => {
		expect(toDateTime('9999-12-31T23:59:59', BERLIN)).toBe('9999-12-31T23:59:59+01:00');
		expect(toDateTime('9999-12-31', BERLIN)).toBe('9999-12-31T00:00:00+01:00');
	});
});

describe('the serial number of a day in a spreadsheet', () => {
	/** @returns the days since 1899-12-30, as spreadsheets count them */
	function sheetDay(ms: number): number {
		return (ms - Date.UTC(1899, 11, 30)) / 86_400_000;
	}

	test.each([
		[10_000, '1927-05-18'],
		[25_569, '1970-01-01'],
		[36_526, '2000-01-01'],
		[36_526.75, '2000-01-01'],
		[46_387, '2026-12-31'],
		[80_000, '2119-01-11'],
	])('is the same day in any time zone: %d', (number, day) => {
		for (const zone of [BERLIN, NEW_YORK, KOLKATA, 'UTC']) expect(toDate(number, zone)).toBe(day);
	});

	test.each([
		[36_526, '2000-01-01T00:00:00+01:00'],
		[36_526.75, '2000-01-01T18:00:00+01:00'],
		[36_708.75, '2000-07-01T18:00:00+02:00'],
	])('is a local time of the zone: %d', (number, sent) => {
		expect(toDateTime(number, BERLIN)).toBe(sent);
	});

	test('is exact to the minute, although it is a fraction of a day', () => {
		const wrong: string[] = [];
		for (let minute = 0; minute < 24 * 60; minute++) {
			const shown = Date.UTC(2026, 6, 15, 0, minute);
			const text = new Date(shown).toISOString().slice(0, 19);
			if (toDateTime(sheetDay(shown), 'UTC').slice(0, 19) !== text) wrong.push(text);
		}
		expect(wrong.slice(0, 5)).toEqual([]);
	});
});

describe('a value that is not a date', () => {
	test.each(NO_DATES.map((value) => [value]))('is refused: %p', (value) => {
		expect(() => toDate(value, BERLIN)).toThrow(RangeError);
		expect(() => toDateTime(value, BERLIN)).toThrow(RangeError);
	});

	test.each(['+99:99', '+24:00', '-15:00', '-05:60', '+15', '+1'])(
		'is refused because of the offset %s',
		(offset) => {
			expect(() => toDateTime(`2026-06-15T10:00:00${offset}`, BERLIN)).toThrow(RangeError);
		},
	);

	test.each([
		['in microseconds', Date.UTC(2026, 5, 15) * 1000],
		['in the year 10000', Date.UTC(10_000, 0)],
		['in the year 10000 of the zone', Date.UTC(9999, 11, 31, 23)],
		['in the year 99999', Date.UTC(99_999, 5)],
		['before the year 0', Date.UTC(-5, 0)],
	])('is refused when its year does not have four digits: a timestamp %s', (_what, value) => {
		expect(() => toDate(value, BERLIN)).toThrow(RangeError);
		expect(() => toDateTime(value, BERLIN)).toThrow(RangeError);
		expect(() => toDateTime(new Date(value), BERLIN)).toThrow(RangeError);
	});

	test.each(['10000-01-01', '+010000-01-01', '31.12.10000', '10000-01-01T00:00:00Z'])(
		'is refused when its year does not have four digits: %s',
		(text) => {
			expect(() => toDate(text, BERLIN)).toThrow(RangeError);
			expect(() => toDateTime(text, BERLIN)).toThrow(RangeError);
		},
	);
});

describe('the time zone of the instance', () => {
	const { defaultTimezone } = getGlobalState();
	beforeAll(() => setGlobalState({ defaultTimezone: KOLKATA }));
	afterAll(() => setGlobalState({ defaultTimezone }));

	test.each(['DEFAULT', ''])('is used where the settings of the workflow say %j', (zone) => {
		expect(toDateTime('2026-01-15T18:30:00', zone)).toBe('2026-01-15T18:30:00+05:30');
		expect(toDate(new Date('2026-01-15T20:00:00Z'), zone)).toBe('2026-01-16');
	});
});
