import type { INodeProperties } from 'n8n-workflow';

/** What a person should know before an operation replaces, clears or ends something. */
export const notices: INodeProperties[] = [
	notice(
		'additionalInformationNotice',
		['setAdditionalInformationFieldAssignments'],
		'Clears the fields that you leave out. Update Additional Information keeps them.',
	),
	notice(
		'anonymizeNotice',
		['anonymiseCustomer'],
		'Removes the personal data of an archived customer for good. Nobody can restore it.',
	),
	notice(
		'debtCollectionNotice',
		['updateDebtCollection'],
		'Enter the complete current state: amounts are totals, a block you leave out ends, and a closed case stays closed.',
	),
	notice(
		'finalNotice',
		[
			'bookCustomerPayment',
			'confirmTransfer',
			'createContractWithdrawalAmendment',
			'leaveFamilyContract',
			'postOnlineOfferPurchase',
			'redeemCheckinVoucher',
			'switchMembership',
			'useBenefit',
		],
		'This node has no operation to undo this.',
	),
	notice('imageNotice', ['updateImage'], "Replaces the customer's current picture."),
	// PerfectGym does not document whether these operations keep what is left out.
	notice(
		'leftOutNotice',
		[
			'createCustomerAddressDataAmendment',
			'createCustomerContactDataAmendment',
			'createCustomerMasterDataAmendment',
			'updateCommunicationPreferences',
		],
		'PerfectGym may clear what you leave out, so enter everything that should stay.',
	),
	notice(
		'studioTagsNotice',
		['updateStudioTags'],
		"Replaces all of the studio's tags: tags you leave out are removed.",
	),
];

function notice(name: string, operation: string[], text: string): INodeProperties {
	return {
		displayName: text,
		name,
		type: 'notice',
		default: '',
		displayOptions: { show: { operation } },
	};
}
