import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import './minimumVersion';

import { testStudioKey, testStudioKeys } from './credentialTest';
import { listSearch, loadOptions, resourceMapping } from './pickLists';
import { operations, properties, subtitle } from './properties';
import { customOperationsOf, toolRequestOf } from './transport/nodeHooks';

/** The node that reads and changes data in PerfectGym Next. */
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
		subtitle,
		description:
			'Work with customers, classes, memberships and more in PerfectGym Next, the gym management software',
		defaults: { name: 'PerfectGym Next' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'perfectGymNextApi',
				required: true,
				testedBy: 'testStudioKey',
				displayOptions: { show: { authentication: ['studio'] } },
			},
			{
				name: 'perfectGymNextStudiosApi',
				required: true,
				testedBy: 'testStudioKeys',
				displayOptions: { show: { authentication: ['studios'] } },
			},
		],
		// Only the editor evaluates these expressions, when it shows the node.
		hints: [
			{
				message: 'Gets members only. For prospects, add the filter <b>Status</b>.',
				displayCondition:
					'={{ $parameter.operation === "getCustomers" && !$parameter.customersFilters?.customerStatus }}',
				location: 'outputPane',
			},
			{
				message:
					'No value comes from the input. Unless <b>Execute Once</b> is on in the settings, the node does the same for each input item.',
				displayCondition:
					'={{ $input.all().length > 1 && !$rawParameter.binaryPropertyName && !/\\$(json|binary|input|item|node|\\()/.test(JSON.stringify($rawParameter)) }}',
				location: 'outputPane',
			},
		],
		requestDefaults: {},
		requestOperations: { pagination: toolRequestOf(operations) },
		properties: [...properties],
	};

	customOperations = customOperationsOf(operations);

	methods = {
		credentialTest: { testStudioKey, testStudioKeys },
		listSearch,
		loadOptions,
		resourceMapping,
	};
}
