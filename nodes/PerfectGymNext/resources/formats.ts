import type { Formats } from '../transport/formats';

/** The formats of each operation's values, as the contract has them; a test compares them. */
export const formats: Readonly<Record<string, Formats>> = {
	bookCustomerPayment: {
		'amount.currency': 'currency',
	},
	createCustomer: {
		countryCode: 'country',
		countryOfBirth: 'country',
		email: 'email',
		'language.countryCode': 'country',
		'language.languageCode': 'language',
	},
	createCustomerAddressDataAmendment: {
		countryCode: 'country',
	},
	createCustomerContactDataAmendment: {
		email: 'email',
	},
	createCustomerMasterDataAmendment: {
		countryOfBirth: 'country',
	},
	createLead: {
		'address.countryCode': 'country',
		'leadCustomer.email': 'email',
		'leadCustomer.language.countryCode': 'country',
		'leadCustomer.language.languageCode': 'language',
	},
	createLeadCustomer: {
		'leadCustomerData.email': 'email',
		'leadCustomerData.language.countryCode': 'country',
		'leadCustomerData.language.languageCode': 'language',
	},
	getCrossStudioCustomerBy: {
		qrCodeUuid: 'uuid',
	},
	getCustomerBy: {
		qrCodeUuid: 'uuid',
	},
	getCustomerContractsBy: {
		qrCodeUuid: 'uuid',
	},
	getCustomerMeasurement: {
		qrCodeUuid: 'uuid',
	},
	getDebtCollectionBlockedDebts: {
		'debtId[]': 'uuid',
	},
	postSignupPreview: {
		'customer.countryCode': 'country',
		'customer.countryOfBirth': 'country',
		'customer.email': 'email',
		'customer.language.countryCode': 'country',
		'customer.language.languageCode': 'language',
	},
	redeemCheckinVoucher: {
		email: 'email',
	},
	searchCrossStudioCustomers: {
		email: 'email',
	},
	searchCustomers: {
		email: 'email',
	},
	signupMembership: {
		'customer.countryCode': 'country',
		'customer.countryOfBirth': 'country',
		'customer.email': 'email',
		'customer.language.countryCode': 'country',
		'customer.language.languageCode': 'language',
	},
	updateDebtCollection: {
		'debtors[].agencyCollectionCases[].debts[].currency': 'currency',
	},
	useBenefit: {
		benefitKey: 'text',
	},
	userSession: {
		finionPayCustomerId: 'uuid',
	},
	validateForLeadCreation: {
		'address.countryCode': 'country',
		'leadCustomer.email': 'email',
		'leadCustomer.language.countryCode': 'country',
		'leadCustomer.language.languageCode': 'language',
	},
	validateForLeadCustomerCreation: {
		'leadCustomerData.email': 'email',
		'leadCustomerData.language.countryCode': 'country',
		'leadCustomerData.language.languageCode': 'language',
	},
};
