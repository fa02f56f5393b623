import type { Call, Handlers } from '../call.cts';
import { operationById, resolve } from '../contract.cts';
import { asRecord } from '../json.cts';
import type { Money } from '../records.cts';
import { sample, samples } from '../sample.cts';
import { firstIdOf } from './other.cts';

/** The parts of an offer that the simulator reads. */
interface Offer {
	id: number;
	name: string;
	terms: Array<{ id: number; paymentFrequency: { price?: Money } }>;
}

/** Name and monthly price of each offer; the first payment is one month's price. */
const rates = [
	{ name: 'Basic', amount: 19.9 },
	{ name: 'Plus', amount: 29.95 },
	{ name: 'Flex, "no term"', amount: 49 },
] as const;
const FIRST_TERM = 1_580_000_001;
const MONTHS = [12, 24];

function termsOf(i: number): Offer['terms'] {
	const price = { amount: rates[i].amount, currency: 'EUR' };
	return MONTHS.map((value, k) => ({
		id: FIRST_TERM + i * MONTHS.length + k,
		term: { value, unit: 'MONTH' },
		paymentFrequency: {
			id: 1,
			type: 'RECURRING',
			term: { value: 1, unit: 'MONTH' },
			price,
			recurring: true,
			formattedPaymentFrequency: 'monthly',
		},
	}));
}

function makeOffers(filesUrl?: string): Offer[] {
	const { answer } = operationById('getMembershipOffers');
	const item = (answer && resolve(answer).items) ?? {};
	const firstId = firstIdOf('getMembershipOffers');
	const records = samples(item, 'offers', rates.length, firstId, { filesUrl });
	return records.map((record, i) => ({
		...asRecord(record),
		id: firstId + i,
		name: rates[i].name,
		terms: termsOf(i),
	}));
}

/** The offer with this term; undefined when no offer has it. */
export function offerOfTerm(termId: number | undefined): Offer | undefined {
	return makeOffers().find(({ terms }) => terms.some(({ id }) => id === termId));
}

function preview({ operation, world }: Call, termId: number): unknown {
	const price = offerOfTerm(termId)?.terms[0].paymentFrequency.price;
	const answer = sample(operation.answer ?? {}, `preview ${termId}`, { filesUrl: world.filesUrl });
	if (price === undefined) return answer;
	return { ...asRecord(answer), basePrice: price, paymentPreview: { dueOnSigningAmount: price } };
}

/** Handlers for membership offers and their previews. */
export const membershipHandlers: Handlers = {
	getMembershipOffers: ({ world }) => makeOffers(world.filesUrl),
	postMembershipPreview: (call) =>
		preview(call, call.input<{ contractOfferTermId: number }>().contractOfferTermId),
	postSignupPreview: (call) =>
		preview(
			call,
			call.input<{ contract: { contractOfferTermId: number } }>().contract.contractOfferTermId,
		),
};
