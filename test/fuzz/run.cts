/** What the fuzz tests of the action node share. */

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { ASSIGNMENTS } from '../../nodes/PerfectGymNext/transport/additionalInformation';
import { fillingsOf } from '../contract/filling.cts';
import type { Rules } from './invariants.cts';

/** The address of the studio. */
export const ORIGIN = 'https://acme.open-api.perfectgym.com';
/** Nothing waits for the rate limit, or to be sent again. */
export const NO_WAITING: INodeParameters = { maxWait: 0 };
/** A list without records. */
export const EMPTY_LIST = { result: [], hasNext: false, offset: '0' };

const data = Buffer.from('a file').toString('base64');
const file = { data, mimeType: 'image/jpeg', fileName: 'a.jpg' };
/** The files of an item, in every field that a filling names. */
export const files: INodeExecutionData['binary'] = { data: file, Alpha: file };

/** @returns what an operation may do */
export function rulesOf({ operation, download }: INodeParameters): Rules {
	const { method, template, plan } = operations.get(operation as string);
	return {
		origin: ORIGIN,
		endpoints: [
			{ method, template },
			...(readsFields(operation as string) || plan.merge ? [FIELDS] : []),
			...(plan.merge ? [operations.get(plan.merge.read)] : []),
		],
		isWrite: method !== 'GET' && plan.isRead !== true,
		fetchesFiles: download === true,
	};
}

/** The names of additional information are read beside the records that have some. */
export const FIELDS = operations.get('getAdditionalInformationFields');

function readsFields(operation: string): boolean {
	return operations.get(operation).fields.includes(ASSIGNMENTS);
}

/** @returns the fillings of an operation, with options that let nothing wait */
export function withoutWaiting(
	resource: string,
	operation: string,
	filling: 'required' | 'everything',
): INodeParameters[] {
	return fillingsOf(resource, operation, filling).map((parameters) => ({
		...parameters,
		options: NO_WAITING,
	}));
}
