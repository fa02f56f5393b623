import type { Call, Handlers } from '../call.cts';
import { operationById } from '../contract.cts';
import { addDays, addMonths, daysBetween } from '../dates.cts';
import { conflict, invalid, notFound } from '../errors.cts';
import type { IdlePeriod } from '../records.cts';
import { sample } from '../sample.cts';
import { storeFile } from './files.cts';

interface IdlePeriodInput {
	startDate: string;
	temporalUnit?: 'DAY' | 'WEEK' | 'MONTH';
	termValue?: number;
	unlimited?: boolean;
	reasonId?: number;
	/** Only sent when a period is shortened. */
	endDate?: string;
}

/** The end date that the API returns for an unlimited period. */
const NO_END = '9999-12-31';

const reasons = [
	{ id: 1, name: 'Holiday', documentRequired: false },
	{ id: 2, name: 'Illness, "certified"', documentRequired: true },
];

interface Configuration {
	temporalUnit: 'DAY' | 'WEEK' | 'MONTH';
	maxTerms: number;
	freeTerms: { value: number };
}

const DAYS_OF = { DAY: 1, WEEK: 7, MONTH: 30 };

/** The idle period settings, the same for all contracts. */
function configuration({ studio }: Call): Configuration {
	const known = { firstPossibleStartDate: studio.today(), idlePeriodReasons: reasons };
	const { operationId, answer = {} } = operationById('getIdlePeriodConfig');
	return sample(answer, operationId, { known }) as Configuration;
}

/** The terms that a contract has left after its idle periods. */
function remaining(call: Call): object {
	const { temporalUnit: unit, maxTerms, freeTerms } = configuration(call);
	const used = call.studio
		.idlePeriodsOf(call.id('contractId'))
		.map(({ startDate, endDate }) => daysBetween(startDate, endDate) + 1)
		.reduce((sum, days) => sum + Math.ceil(days / (DAYS_OF[unit] + 1)), 0);
	const left = (value: number) => ({ value: Math.max(0, value - used), unit });
	return { remainingMaxTerms: left(maxTerms), remainingFreeTerms: left(freeTerms.value) };
}

function endOf(input: IdlePeriodInput): string | undefined {
	const { startDate, temporalUnit, termValue, unlimited, endDate } = input;
	if (unlimited) return NO_END;
	if (endDate !== undefined) return endDate;
	if (temporalUnit === undefined || termValue === undefined) return undefined;
	if (temporalUnit === 'MONTH') return addDays(addMonths(startDate, termValue), -1);
	return addDays(startDate, termValue * (temporalUnit === 'WEEK' ? 7 : 1) - 1);
}

/** The validation status of a period; `own` is the existing period in a change. */
function verdict(call: Call, input: IdlePeriodInput, own?: IdlePeriod): string {
	const others = call.studio.idlePeriodsOf(call.id('contractId'));
	const end = endOf(input);
	if (end === undefined) return 'IDLEPERIOD_TERMVALUE_MISSING';
	if (end < input.startDate) return 'IDLEPERIOD_ENDDATE_BEFORE_STARTDATE';
	const overlaps = others.some(
		(other) => other !== own && other.startDate <= end && input.startDate <= other.endDate,
	);
	if (overlaps) return 'IDLEPERIOD_OVERLAPPING';
	return own === undefined ? 'IDLEPERIOD_CREATABLE' : 'IDLEPERIOD_UPDATABLE';
}

/** The fields of a period, from a request. @throws ApiError 400, 404, 409 */
function fieldsOf(call: Call, own?: IdlePeriod): Omit<IdlePeriod, 'id'> {
	const input = call.input<IdlePeriodInput>();
	const status = verdict(call, input, own);
	if (status === 'IDLEPERIOD_OVERLAPPING') throw conflict(status, 'data.startDate');
	const end = endOf(input);
	if (end === undefined || end < input.startDate) throw invalid(status, 'data.termValue');
	const reason = reasons.find(({ id }) => id === input.reasonId);
	if (reason === undefined) throw notFound('Idle period reason', Number(input.reasonId));
	const file = call.files.get('document');
	return {
		startDate: input.startDate,
		endDate: end,
		reason: reason.name,
		fee: { amount: 5.5, currency: 'EUR' },
		...(file === undefined ? {} : { documentUrl: storeFile(call, 'idle-periods', file) }),
		state: 'PENDING_VERIFICATION',
		unlimited: input.unlimited === true,
		idlePeriodReason: reason,
	};
}

function find(call: Call): IdlePeriod {
	const id = call.id('idlePeriodId');
	const found = call.studio.idlePeriodsOf(call.id('contractId')).find((period) => period.id === id);
	if (found === undefined) throw notFound('Idle period', id);
	return found;
}

/** Handlers for idle periods. */
export const idlePeriodHandlers: Handlers = {
	getIdlePeriodConfig: configuration,
	getRemainingIdlePeriods: remaining,
	validateIdlePeriodRequest: (call) => ({
		validationStatus: verdict(call, call.input<IdlePeriodInput>()),
	}),
	getIdlePeriods(call) {
		const today = call.studio.today();
		const periods = call.studio.idlePeriodsOf(call.id('contractId'));
		return {
			pastIdlePeriods: periods.filter(({ endDate }) => endDate < today),
			currentAndUpcomingIdlePeriods: periods.filter(({ endDate }) => endDate >= today),
		};
	},
	createIdlePeriodAmendment(call) {
		const period: IdlePeriod = { id: call.studio.newId(), ...fieldsOf(call) };
		call.studio.idlePeriodsOf(call.id('contractId')).push(period);
		return period;
	},
	getIdlePeriodById: find,
	updateIdlePeriod(call) {
		const period = find(call);
		return Object.assign(period, fieldsOf(call, period));
	},
	withdrawIdlePeriod(call) {
		const period = find(call);
		const periods = call.studio.idlePeriodsOf(call.id('contractId'));
		periods.splice(periods.indexOf(period), 1);
		return { success: 'true' };
	},
};
