import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import './minimumVersion';

import { testStudioKey, testStudioKeys } from './credentialTest';
import { authenticationParameters } from './parameters/authentication';
import { listSearch } from './pickLists';
import { pollingParameters, subtitle } from './polling/parameters';
import { poll } from './polling/poll';
import { getWatchableFields } from './polling/watchableFields';

/** The trigger that asks PerfectGym Next what has changed. It needs no webhooks. */
export class PerfectGymNextPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PerfectGym Next Polling Trigger',
		name: 'perfectGymNextPollingTrigger',
		icon: {
			light: 'file:../../icons/perfectGymNext.svg',
			dark: 'file:../../icons/perfectGymNext.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle,
		description:
			'Find new and changed customers, class slots and more in PerfectGym Next, the gym management software, without webhooks',
		eventTriggerDescription: '',
		activationMessage:
			'Your workflow now starts when a poll finds a change. The first poll only remembers what is there.',
		defaults: { name: 'PerfectGym Next Polling Trigger' },
		polling: true,
		inputs: [],
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
		properties: [...authenticationParameters, ...pollingParameters],
	};

	methods = {
		credentialTest: { testStudioKey, testStudioKeys },
		listSearch: { searchConfiguredStudios: listSearch.searchConfiguredStudios },
		loadOptions: { getWatchableFields },
	};

	/** n8n keeps the state that this changes when it starts the execution for the items. */
	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
