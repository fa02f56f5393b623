import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testStudioKey } from './methods/credentialTest';
import { getOutputFields } from './methods/outputFields';
import {
	searchAccessMediums,
	searchAdditionalInformationFields,
	searchBenefits,
	searchContracts,
	searchCustomers,
	searchDocuments,
	searchStudios,
} from './methods/pickLists';
import { bodyParameters } from './parameters/body';
import { customerParameters } from './parameters/customer';
import { identifierParameters } from './parameters/identifier';
import { optionsParameters } from './parameters/options';
import { outputParameters } from './parameters/output';
import { pagingParameters } from './parameters/paging';
import { customerChecks, customerFields, customerOperations } from './resources/customer';
import { answerFields } from './resources/answerFields';
import { scopes } from './resources/scopes';
import { declare } from './transport/declarations';
import { send } from './transport/request';

export class PerfectGymNext implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PerfectGym Next',
		name: 'perfectGymNext',
		icon: {
			light: 'file:../../icons/perfectGymNext.svg',
			dark: 'file:../../icons/perfectGymNext.dark.svg',
		},
		group: ['transform'],
		version: 1,
		// "Get customers": operations have the API's names as their values.
		subtitle: '={{ $parameter["operation"].replace(/([A-Z])/g, " $1").toSentenceCase() }}',
		description:
			'Read and change customers and more in PerfectGym Next, the gym-management software',
		defaults: { name: 'PerfectGym Next' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'perfectGymNextApi', required: true, testedBy: 'testStudioKey' }],
		requestDefaults: {},
		requestOperations: { pagination: send },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Customer', value: 'customer' }],
				default: 'customer',
				// Always shown, so that every request goes through our transport.
				routing: { send: { paginate: true } },
			},
			...customerOperations,
			...customerParameters,
			...identifierParameters,
			...pagingParameters,
			...bodyParameters,
			...customerFields,
			...outputParameters,
			...optionsParameters,
		],
	};

	methods = {
		credentialTest: { testStudioKey },
		loadOptions: { getOutputFields },
		listSearch: {
			searchAccessMediums,
			searchAdditionalInformationFields,
			searchBenefits,
			searchContracts,
			searchCustomers,
			searchDocuments,
			searchStudios,
		},
	};

	constructor() {
		const { properties } = this.description;
		declare({ parameters: properties, scopes, fields: answerFields, checks: customerChecks });
	}
}
