import type { Call, Handlers } from '../call.cts';
import { conflict, invalid, notFound } from '../errors.cts';
import type { AccessMedium, AccessRestriction, Customer } from '../records.cts';
import { customerBy } from './customers.cts';

/** How many times a customer can use each benefit. */
const benefits: Readonly<Record<string, number>> = {
	SAUNA: 2,
	DRINKS: 100,
	TOWEL: 5,
	SOLARIUM: 0,
};

function customerOf(call: Call): Customer {
	return call.studio.customer(call.id('customerId'));
}

function rejectTaken(call: Call, { type, value }: AccessMedium, own?: AccessMedium): void {
	const isTaken = call.studio.customers.some((customer) =>
		customer.accessMediums?.some(
			(medium) => medium !== own && medium.type === type && medium.value === value,
		),
	);
	if (isTaken) throw conflict('The access medium is in use', 'value');
}

/** Sets the media, and updates the card numbers to match. */
function setMediums(customer: Customer, mediums: AccessMedium[]): void {
	customer.accessMediums = mediums;
	customer.cardNumbers = mediums
		.filter(({ type }) => type === 'CARD_NUMBER')
		.map(({ value }) => String(value));
}

function addMedium(call: Call): AccessMedium {
	const customer = customerOf(call);
	const { type, value } = call.input<AccessMedium>();
	if (type === undefined) throw invalid('type is missing', 'type');
	if (value === undefined) throw invalid('value is missing', 'value');
	if (type === 'CARD_NUMBER' && !/^\d{1,20}$/.test(value)) {
		throw invalid('A card number has up to 20 digits', 'value');
	}
	const medium = { id: call.studio.newId(), type, value };
	rejectTaken(call, medium);
	setMediums(customer, [...(customer.accessMediums ?? []), medium]);
	return medium;
}

function findMedium(call: Call): AccessMedium {
	const id = call.id('accessMediumId');
	const found = customerOf(call).accessMediums?.find((medium) => medium.id === id);
	if (found === undefined) throw notFound('Access medium', id);
	return found;
}

function benefitUseKey(call: Call, customer: number, key: string): string {
	return `${call.studio.place.studioId} ${customer} ${key}`;
}

function benefitsOf(call: Call, { id }: Customer): Array<{ key: string; valid: boolean }> {
	const { key: wanted } = call.query;
	return Object.entries(benefits)
		.filter(([key]) => !Array.isArray(wanted) || wanted.includes(key))
		.map(([key, allowed]) => ({
			key,
			valid: (call.studio.benefitUses.get(benefitUseKey(call, id, key)) ?? 0) < allowed,
		}));
}

function useBenefit(call: Call): void {
	const { id } = customerOf(call);
	const key = String(call.text('benefitKey'));
	if (!Object.hasOwn(benefits, key)) throw notFound('Benefit', key);
	const name = benefitUseKey(call, id, key);
	const uses = call.studio.benefitUses.get(name) ?? 0;
	if (uses >= benefits[key]) throw conflict('The benefit is used up');
	call.studio.benefitUses.set(name, uses + 1);
}

/** Handlers for access media, access restrictions and benefits. */
export const accessHandlers: Handlers = {
	addAccessMediums: addMedium,
	addAccessMedium: addMedium,
	updateAccessMediums(call) {
		const medium = findMedium(call);
		const { value = medium.value } = call.input<{ value?: string }>();
		rejectTaken(call, { ...medium, value }, medium);
		medium.value = value;
		const customer = customerOf(call);
		setMediums(customer, customer.accessMediums ?? []);
		return medium;
	},
	deleteAccessMediums(call) {
		const medium = findMedium(call);
		const customer = customerOf(call);
		setMediums(
			customer,
			(customer.accessMediums ?? []).filter((other) => other !== medium),
		);
	},
	setAccessRestriction(call) {
		const restriction = call.input<AccessRestriction>();
		const { startDate, endDate } = restriction;
		if (startDate !== undefined && endDate !== undefined && endDate < startDate) {
			throw invalid('endDate lies before startDate', 'endDate');
		}
		const customer = customerOf(call);
		customer.accessRestrictions = [restriction];
		customer.accessRefusal = true;
		return restriction;
	},
	deleteAccessRestriction(call) {
		const customer = customerOf(call);
		if (!customer.accessRestrictions?.length) {
			throw notFound('Access restriction of customer', customer.id);
		}
		customer.accessRestrictions = [];
		customer.accessRefusal = false;
	},
	getBenefits: (call) => benefitsOf(call, customerOf(call)),
	getBenefitsByCardNumber: (call) => benefitsOf(call, customerBy(call)),
	useBenefit,
};
