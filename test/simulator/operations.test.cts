import { contractOperations } from '../contract/contract.cts';
import { operationById, operations, resolve, type Operation } from './contract.cts';
import { addDays } from './dates.cts';
import { asRecord, numberIn } from './json.cts';
import { sample } from './sample.cts';
import { startSimulator, type Simulator } from './server.cts';
import { request, get } from './testClient.cts';
import { answerProblem, errorProblem } from './validation.cts';

const CUSTOMER = 1_210_000_001;
const FORMER_MEMBER = 1_210_000_011;
const CONTRACT = 1_310_000_010;
const CLASS = 1_510_000_001;
const APPOINTMENT = 1_520_000_001;

let simulator: Simulator;
let lastNumber = 0;

beforeAll(async () => {
	simulator = await startSimulator({
		studios: [
			{ name: 'One', apiKey: 'key-one' },
			{ name: 'Two', apiKey: 'key-two', customers: 0 },
		],
		customers: 60,
		now: () => Date.UTC(2026, 2, 20, 6),
	});
});
afterAll(() => simulator.close());

/** A new number in each call. */
function uniqueNumber(): number {
	lastNumber += 1;
	return lastNumber;
}

async function freeSlot(): Promise<number> {
	const path = `/v1/classes/${CLASS}/slots`;
	const { result } = await get<{ result: Array<{ id: number }> }>(simulator, path);
	return result[uniqueNumber() % 3].id;
}

async function freeTimes(): Promise<{ startDateTime: string; endDateTime: string }> {
	const path = `/v1/appointments/bookable/${APPOINTMENT}/slots`;
	const [slot] = await get<Array<{ startDateTime: string; endDateTime: string }>>(simulator, path);
	return { startDateTime: slot.startDateTime, endDateTime: slot.endDateTime };
}

function form(data: object | undefined, files: Record<string, string>): FormData {
	const body = new FormData();
	if (data) body.set('data', new Blob([JSON.stringify(data)], { type: 'application/json' }));
	for (const [name, type] of Object.entries(files)) {
		body.set(name, new Blob(['sample'], { type }), `${name}.bin`);
	}
	return body;
}

/** A new idle period that does not overlap with the others. */
function idlePeriod(): object {
	const startDate = addDays('2027-01-01', uniqueNumber() * 40);
	return { startDate, temporalUnit: 'WEEK', termValue: 2, reasonId: 1 };
}

/** Bodies that must fit existing records; all others are generated from their schema. */
const bodies: Record<string, () => unknown> = {
	bookAppointmentBooking: async () => ({
		customerId: CUSTOMER,
		bookableAppointmentId: APPOINTMENT,
		...(await freeTimes()),
	}),
	bookClassSlot: async () => ({
		customerId: CUSTOMER + uniqueNumber(),
		classSlotId: await freeSlot(),
	}),
	setAdditionalInformationFieldAssignments: () => [
		{ additionalInformationFieldId: 1_540_000_001, value: 'true' },
	],
	addAccessMediums: () => ({ type: 'CARD_NUMBER', value: String(7_000_000 + uniqueNumber()) }),
	setAccessRestriction: () => ({ reason: 'Sample', startDate: '2026-01-01' }),
	createExport: () => ({
		fromDate: '2026-01-01',
		toDate: '2026-01-31',
		exportFormat: 'SINGLE',
		exportFileFormat: 'CSV',
	}),
	switchStudio: () => ({ targetStudioId: 1_100_000_002, switchDate: '2026-03-20' }),
	switchMembership: () => ({
		configId: 1,
		membershipOfferTermId: 1,
		sourceContractId: CONTRACT,
		startDate: '2026-05-01',
	}),
	createIdlePeriodAmendment: () => form(idlePeriod(), { document: 'application/pdf' }),
	updateIdlePeriod: () => form(idlePeriod(), {}),
	uploadDocument: () => form(undefined, { file: 'application/pdf' }),
	updateImage: () => form(undefined, { image: 'image/png' }),
};
bodies.addAccessMedium = bodies.addAccessMediums;
bodies.validateForAppointmentBooking = bodies.bookAppointmentBooking;
bodies.validateForAppointmentBookingForTrialOffers = bodies.bookAppointmentBooking;
bodies.bookAppointmentForTrialOffer = bodies.bookAppointmentBooking;
bodies.validateClassSlot = bodies.bookClassSlot;
bodies.validateClassSlotForTrialOffers = bodies.bookClassSlot;
bodies.bookClassSlotForTrialOffers = bodies.bookClassSlot;

async function bodyFor(operation: Operation): Promise<unknown> {
	if (operation.body === undefined) return undefined;
	const createBody = bodies[operation.operationId];
	return createBody ? await createBody() : sample(operation.body.schema, operation.operationId);
}

/** Runs a POST operation that another one needs first, and returns the id in its answer. */
async function prepare(operationId: string, path: string, idName: string): Promise<number> {
	const body = await bodyFor(operationById(operationId));
	const record = await get<Record<string, number>>(simulator, path, { method: 'POST', body });
	return record[idName];
}

async function bookingFor({ path }: Operation): Promise<number> {
	if (path.startsWith('/v1/appointments')) {
		const book = '/v1/appointments/booking/book';
		return await prepare('bookAppointmentBooking', book, 'bookingId');
	}
	return await prepare('bookClassSlot', '/v1/classes/booking/book', 'bookingId');
}

async function firstOf(path: string, idName: string): Promise<number> {
	const list = await get<unknown>(simulator, path);
	const records: unknown = Array.isArray(list) ? list : asRecord(list).result;
	if (!Array.isArray(records)) throw new Error(`${path} does not return a list`);
	return numberIn(records[0], idName);
}

/** A value for every path parameter: the id of an existing record. */
const ids: Record<string, (operation: Operation) => Promise<number | string> | number | string> = {
	customerId: ({ operationId }) => {
		if (operationId === 'anonymiseCustomer') return FORMER_MEMBER;
		// No other test uses the customer who switches to another studio.
		return operationId === 'switchStudio' ? CUSTOMER + 50 : CUSTOMER;
	},
	contractId: () => CONTRACT,
	classId: () => CLASS,
	classSlotId: freeSlot,
	bookableAppointmentId: () => APPOINTMENT,
	bookingId: bookingFor,
	benefitKey: () => 'SAUNA',
	accessMediumId: () =>
		prepare('addAccessMediums', `/v1/customers/${CUSTOMER}/access-mediums`, 'id'),
	idlePeriodId: () =>
		prepare(
			'createIdlePeriodAmendment',
			`/v1/memberships/${CONTRACT}/self-service/idle-periods`,
			'id',
		),
	id: ({ path }) => firstOf(path.replace('/{id}', '').replace('{customerId}', `${CUSTOMER}`), 'id'),
	membershipOfferId: () => firstOf('/v1/memberships/membership-offers', 'id'),
	configId: ({ path }) =>
		path.startsWith('/v1/trial')
			? 1
			: firstOf(`/v1/memberships/${CUSTOMER}/membership-switch/configs`, 'id'),
	offerId: () => firstOf('/v1/online-offers/purchasable', 'onlineOfferId'),
};

async function pathFor(operation: Operation): Promise<string> {
	let { path } = operation;
	for (const [placeholder, name] of path.matchAll(/\{(\w+)\}/g)) {
		const value = await (ids[name]?.(operation) ?? 1_234_567_890);
		path = path.replace(placeholder, encodeURIComponent(value));
	}
	return path;
}

function queryFor(operation: Operation): string {
	const required: Record<string, string> = { customerId: `${CUSTOMER}`, cardNumber: '3000000001' };
	const identified = operation.path.endsWith('/by') || operation.path.endsWith('/latest');
	const names = operation.parameters
		.filter((parameter) => parameter.in === 'query' && parameter.required)
		.map(({ name }) => name);
	if (identified) names.push('cardNumber');
	return names.map((name) => `${name}=${required[name]}`).join('&');
}

/** Requests that must come before an operation, by operationId. */
const before: Record<string, () => Promise<unknown>> = {
	checkout: () => get(simulator, `/v1/customers/${CUSTOMER}/checkin`, { method: 'POST', body: {} }),
	// The schema requires `cancelationStatus`, which has no value without a cancelation.
	getContractData: () =>
		get(simulator, `/v1/memberships/${CUSTOMER}/self-service/ordinary-contract-cancelation`, {
			method: 'POST',
			body: { contractId: CONTRACT, cancelationDate: '2028-12-31', cancelationReasonId: 1 },
		}),
	deleteAccessRestriction: () =>
		get(simulator, `/v1/customers/${CUSTOMER}/access-restrictions`, {
			method: 'PUT',
			body: { reason: 'Sample' },
		}),
};

// State from one test, e.g. an open visit, must not affect the others.
beforeEach(() => simulator.reset());

describe.each(operations.map((operation) => [operation.operationId, operation] as const))(
	'%s',
	(operationId, operation) => {
		it('answers a valid request as the contract requires', async () => {
			await before[operationId]?.();
			const path = await pathFor(operation);
			const body = await bodyFor(operation);
			const { method } = operation;
			const reply = await request(simulator, path, { method, body, query: queryFor(operation) });
			expect({ status: reply.status, text: reply.status === 200 ? '' : reply.text }).toEqual({
				status: 200,
				text: '',
			});
			expect(answerProblem(operation, reply.json)).toBeUndefined();
			expect(reply.headers.get('content-type')).toBe(
				operation.answer === undefined ? null : 'application/json; charset=utf-8',
			);
			expect(simulator.requests.at(-1)?.operationId).toBe(operationId);
		});

		it('rejects an unknown query parameter and names it', async () => {
			const path = await pathFor(operation);
			const query = [queryFor(operation), 'typo=1'].filter(Boolean).join('&');
			const reply = await request(simulator, path, { method: operation.method, query });
			expect(reply.status).toBe(400);
			expect(reply.json).toMatchObject({ reference: 'typo' });
			expect(errorProblem(reply.json)).toBeUndefined();
		});
	},
);

const withRequired = operations.filter(({ body }) => {
	const required = body && !body.multipart ? resolve(body.schema).required : undefined;
	return required !== undefined && required.length > 0;
});

it.each(withRequired.map((operation) => [operation.operationId, operation] as const))(
	'%s rejects an empty body and names a missing field',
	async (_operationId, operation) => {
		const path = await pathFor(operation);
		const reply = await request(simulator, path, { method: operation.method, body: {} });
		expect(reply.status).toBe(400);
		const { required } = resolve(operation.body?.schema ?? {});
		expect(required).toContain(asRecord(reply.json).reference);
	},
);

it('supports all operations of the contract, and knows which are chunked', () => {
	expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
		contractOperations.map(({ operationId }) => operationId).sort(),
	);
	const chunked = contractOperations.filter(({ parameters }) =>
		parameters.some(({ name }) => name === 'offset'),
	);
	expect(operations.filter(({ chunk }) => chunk).map(({ operationId }) => operationId)).toEqual(
		chunked.map(({ operationId }) => operationId),
	);
});
