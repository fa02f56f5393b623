/**
 * The scope that an operation needs, to be named when PerfectGym Next refuses it; where there are
 * several, any one of them suffices. Source: `x-scopes` of the contract, checked by the contract test.
 */
export const scopes: Readonly<Record<string, readonly string[]>> = {
	getCustomers: ['CUSTOMER_READ'],
	getCustomersCheckinHistory: ['CHECKIN_READ'],
	getCustomerById: ['CUSTOMER_READ'],
	getCustomerBy: ['CUSTOMER_READ'],
	searchCustomers: ['CUSTOMER_READ'],
	getCustomersContracts: ['CUSTOMER_CONTRACT_READ', 'CUSTOMER_READ'],
	getCustomerMeasurement: ['CUSTOMER_MEASUREMENT_READ', 'CUSTOMER_READ'],
	getCustomerContractsBy: ['CUSTOMER_CONTRACT_READ', 'CUSTOMER_READ'],
	createCustomerWeighing: ['CUSTOMER_WRITE', 'CUSTOMER_WEIGHING_WRITE'],
	getBenefits: ['CUSTOMER_BENEFIT_READ', 'CUSTOMER_READ'],
	getBenefitsByCardNumber: ['CUSTOMER_BENEFIT_READ', 'CUSTOMER_READ'],
	useBenefit: ['CUSTOMER_WRITE', 'CUSTOMER_BENEFIT_WRITE'],
	getCustomerAccessCode: ['CUSTOMER_READ'],
	addAccessMediums: ['CUSTOMER_ACCESS_MEDIUM_WRITE'],
	updateAccessMediums: ['CUSTOMER_ACCESS_MEDIUM_WRITE'],
	deleteAccessMediums: ['CUSTOMER_ACCESS_MEDIUM_WRITE'],
	getDocuments: ['CUSTOMER_DOCUMENT_READ'],
	getDocumentById: ['CUSTOMER_DOCUMENT_READ'],
	setAccessRestriction: ['CUSTOMER_ACCESS_RESTRICTION_WRITE'],
	deleteAccessRestriction: ['CUSTOMER_ACCESS_RESTRICTION_WRITE'],
	createCustomer: ['CUSTOMER_WRITE'],
	getAdditionalInformationFields: ['ADDITIONAL_INFORMATION_READ'],
	setAdditionalInformationFieldAssignments: ['ADDITIONAL_INFORMATION_WRITE'],
	switchStudio: ['CUSTOMER_WRITE'],
	checkin: ['CHECKIN_WRITE'],
	checkout: ['CHECKIN_WRITE'],
	anonymiseCustomer: ['CUSTOMER_PRIVACY_WRITE'],
	leaveFamilyContract: ['FAMILY_CONTRACT_ASSIGNMENT_WRITE'],
};
