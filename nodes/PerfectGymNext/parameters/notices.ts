import type { INodeProperties } from 'n8n-workflow';

/** What a person should know before an operation replaces, clears or ends something. */
export const notices: INodeProperties[] = [
	{
		displayName: 'Clears the fields that you leave out. Update Additional Information keeps them.',
		name: 'additionalInformationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['setAdditionalInformationFieldAssignments'] } },
	},
	{
		displayName:
			'Removes the personal data of an archived customer for good. Nobody can restore it.',
		name: 'anonymizeNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['anonymiseCustomer'] } },
	},
	{
		displayName:
			'Enter the complete current state: amounts are totals, a block you leave out ends, and a closed case stays closed.',
		name: 'debtCollectionNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['updateDebtCollection'] } },
	},
	{
		displayName: 'This node has no operation to undo this.',
		name: 'finalNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				operation: [
					'bookCustomerPayment',
					'confirmTransfer',
					'createContractWithdrawalAmendment',
					'leaveFamilyContract',
					'postOnlineOfferPurchase',
					'redeemCheckinVoucher',
					'switchMembership',
					'useBenefit',
				],
			},
		},
	},
	{
		displayName: "Replaces the customer's current picture.",
		name: 'imageNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['updateImage'] } },
	},
	{
		// PerfectGym does not document whether these operations keep what is left out.
		displayName: 'PerfectGym may clear what you leave out, so enter everything that should stay.',
		name: 'leftOutNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				operation: [
					'createCustomerAddressDataAmendment',
					'createCustomerContactDataAmendment',
					'createCustomerMasterDataAmendment',
					'updateCommunicationPreferences',
				],
			},
		},
	},
	{
		displayName: 'Replaces all tags of the studio: tags you leave out are removed.',
		name: 'studioTagsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['updateStudioTags'] } },
	},
];
