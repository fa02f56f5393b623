import type { INodeProperties } from 'n8n-workflow';

/** Which customer, and which of their contracts, documents and means of access. */
export const customerParameters: INodeProperties[] = [
	{
		displayName: 'Customer',
		name: 'customerId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'The customer, from a list that searches by name, email or customer number, or by ID',
		displayOptions: {
			show: {
				operation: [
					'addAccessMediums',
					'anonymiseCustomer',
					'checkin',
					'checkout',
					'createCustomerWeighing',
					'deleteAccessMediums',
					'deleteAccessRestriction',
					'getBenefits',
					'getCustomerAccessCode',
					'getCustomerById',
					'getCustomersCheckinHistory',
					'getCustomersContracts',
					'getDocumentById',
					'getDocuments',
					'setAccessRestriction',
					'setAdditionalInformationFieldAssignments',
					'switchStudio',
					'updateAccessMediums',
					'useBenefit',
				],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCustomers', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210656710',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'A customer ID has digits only' },
					},
				],
			},
		],
	},
	{
		displayName: 'Contract',
		name: 'contractId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The contract, from a list that searches by the name of the customer, or by ID',
		displayOptions: { show: { operation: ['leaveFamilyContract'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: 'searchContracts',
					searchable: true,
					searchFilterRequired: true,
				},
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210656710',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'A contract ID has digits only' },
					},
				],
			},
		],
	},
	{
		displayName: 'Access Medium',
		name: 'accessMediumId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The access medium of the customer, from a list or by ID',
		displayOptions: { show: { operation: ['deleteAccessMediums', 'updateAccessMediums'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchAccessMediums', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1234567890',
			},
		],
	},
	{
		displayName: 'Benefit',
		name: 'benefitKey',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The benefit of the customer, from a list or by its key',
		displayOptions: { show: { operation: ['useBenefit'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchBenefits', searchable: true },
			},
			{
				displayName: 'By Key',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. DRINKS',
			},
		],
	},
	{
		displayName: 'Document',
		name: 'documentId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The document of the customer, from a list or by ID',
		displayOptions: { show: { operation: ['getDocumentById'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchDocuments', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1234567890',
			},
		],
	},
];
