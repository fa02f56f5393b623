import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testStudioKey, testStudioKeys } from './credentialTest';
import { listSearch, loadOptions } from './pickLists';
import { operations, properties } from './properties';
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
		// Writes the API's operation names as text such as "Get customers" or "Preview membership". The
		// first replacements correct the names that would read oddly.
		subtitle:
			'={{ $parameter["operation"].replace(/^post(.+)(Preview|Purchase)$/, "$2$1").replace(/^create(Customer.+)Amendment$/, "change$1").replace(/^(create.+)Amendment$/, "$1").replace("cancelClassSlotById", "cancelClassBooking").replace(/^getAll$/, "getTags").replace(/^userSession$/, "createPaymentSession").replace(/^check(in|out)$/, "check$1Customer").replace(/Customers([A-Z])/, "Customer$1").replace(/By$/, "ByIdentifier").replace(/By(Customer)?Id$/, "").replace(/([A-Z])/g, " $1").trim().toSentenceCase().replace(/heck(in|out)/, "heck-$1").replace(" api ", " API ") }}',
		description:
			'Read and change customers and more in PerfectGym Next, the gym-management software',
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
		requestDefaults: {},
		requestOperations: { pagination: toolRequestOf(operations) },
		properties: [...properties],
	};

	customOperations = customOperationsOf(operations);

	methods = {
		credentialTest: { testStudioKey, testStudioKeys },
		listSearch,
		loadOptions,
	};
}
