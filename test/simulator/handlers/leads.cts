import type { Call, Handlers } from '../call.cts';
import { zoned } from '../dates.cts';
import { conflict } from '../errors.cts';
import { randomFrom, uuid } from '../random.cts';
import type { Customer, Language } from '../records.cts';
import { rejectDuplicate } from './customers.cts';

interface LeadPerson {
	thirdPartyId?: string;
	firstname: string;
	lastname: string;
	email: string;
	gender?: string;
	dateOfBirth?: string;
	telephone?: string;
	language?: Language;
}

interface LeadAddress {
	street: string;
	houseNumber?: string;
	zipCode: string;
	city: string;
	countryCode?: string;
}

interface LeadInput {
	leadCustomer: LeadPerson;
	address?: LeadAddress;
}

interface TrialLeadInput {
	leadCustomerData: LeadPerson & { address?: LeadAddress };
}

function isKnown({ studio }: Call, { email }: LeadPerson): boolean {
	return studio.customers.some((customer) => customer.email?.toLowerCase() === email.toLowerCase());
}

function verdict(call: Call, person: LeadPerson): string {
	return isKnown(call, person) ? 'DUPLICATE_CUSTOMER' : 'POSSIBLE';
}

function create(call: Call, person: LeadPerson, address: LeadAddress | undefined): Customer {
	const { studio } = call;
	if (isKnown(call, person)) throw conflict('DUPLICATE_CUSTOMER', 'email');
	rejectDuplicate(studio, person.thirdPartyId, 'thirdPartyId');
	const { thirdPartyId, gender, dateOfBirth, telephone, language } = person;
	const { countryCode, ...place } = address ?? {};
	return studio.addCustomer({
		...place,
		...(countryCode === undefined ? {} : { country: countryCode }),
		firstName: person.firstname,
		lastName: person.lastname,
		email: person.email,
		...(thirdPartyId === undefined ? {} : { thirdPartyId }),
		...(gender === undefined ? {} : { gender }),
		...(dateOfBirth === undefined ? {} : { dateOfBirth }),
		...(telephone === undefined ? {} : { phonePrivateMobile: telephone }),
		...(language === undefined ? {} : { preferredLanguage: language }),
		status: 'PROSPECT',
		accessRefusal: false,
		cardNumbers: [],
		accessMediums: [],
		createdDateTime: zoned(studio.now()),
	});
}

/** The studio's settings for leads; one field is inactive. */
const config = {
	addressMode: 'OPTIONAL',
	dateOfBirthMode: 'OPTIONAL',
	genderMode: 'INACTIVE',
	telephoneMode: 'OPTIONAL',
	additionalInformation: [
		{
			additionalFieldId: 1_542_000_001,
			name: 'Found us through',
			type: 'LIST',
			allowMultiSelection: true,
			selectionValues: ['Radio', 'Friends'],
			mode: 'MANDATORY',
		},
		{
			additionalFieldId: 1_542_000_002,
			name: 'Größe (shirt)',
			type: 'TEXT',
			allowMultiSelection: false,
			mode: 'OPTIONAL',
		},
		{
			additionalFieldId: 1_542_000_003,
			name: 'Fax',
			type: 'TEXT',
			allowMultiSelection: false,
			mode: 'INACTIVE',
		},
	],
	communicationPreferences: [
		{
			messageCategory: 'NEWSLETTER',
			channels: [{ communicationChannel: 'EMAIL', customerOverridable: true, active: false }],
		},
	],
};

/** Handlers for leads. */
export const leadHandlers: Handlers = {
	getLeadConfig: () => config,
	validateForLeadCreation: (call) => ({
		status: verdict(call, call.input<LeadInput>().leadCustomer),
	}),
	createLead(call) {
		const { leadCustomer, address } = call.input<LeadInput>();
		const { id, customerNumber } = create(call, leadCustomer, address);
		return {
			id: call.studio.newId(),
			customerId: id,
			uuid: uuid(randomFrom(id)),
			customerNumber,
		};
	},
	validateForLeadCustomerCreation: (call) => ({
		validationStatus: verdict(call, call.input<TrialLeadInput>().leadCustomerData),
	}),
	createLeadCustomer(call) {
		const { address, ...person } = call.input<TrialLeadInput>().leadCustomerData;
		return { leadCustomerId: create(call, person, address).id };
	},
};
