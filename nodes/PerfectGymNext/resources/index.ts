/** The resources of the node, and which operations show what they share. */

import type { INodeProperties } from 'n8n-workflow';

import type { OperationOption } from '../transport/operations';
import { contractName } from '../transport/operations';
import { ASSIGNMENTS } from '../transport/additionalInformation';
import { placeIn, placesOf } from '../transport/path';
import { isRead } from '../transport/plan';
import { own } from '../transport/serialize';
import { apiRequest } from './apiRequest';
import { appointment } from './appointment';
import { checkinVoucher } from './checkinVoucher';
import { classes } from './class';
import { contract, records } from './contract';
import { crossStudio } from './crossStudio';
import { customer } from './customer';
import { customerAccount } from './customerAccount';
import { customerCommunication } from './customerCommunication';
import { customerSelfService } from './customerSelfService';
import { device } from './device';
import { employee } from './employee';
import { finance } from './finance';
import { lead } from './lead';
import { memberList } from './memberList';
import { membership } from './membership';
import { membershipSelfService } from './membershipSelfService';
import { onlineOffer } from './onlineOffer';
import { payment } from './payment';
import type { Resource } from './resource';
import { studio } from './studio';
import { trialOffer } from './trialOffer';

/** In the order of the editor's list. */
export const resources: readonly Resource[] = [
	apiRequest,
	appointment,
	checkinVoucher,
	classes,
	crossStudio,
	customer,
	customerAccount,
	customerCommunication,
	customerSelfService,
	device,
	employee,
	finance,
	lead,
	memberList,
	membership,
	membershipSelfService,
	onlineOffer,
	payment,
	studio,
	trialOffer,
];

/** In an answer to a write, fewer fields are not worth a choice. */
const MAX_DONE_FIELDS = 10;

const options = resources.flatMap(({ operations }) => operations.options);
const fields = resources.flatMap((resource) => resource.fields ?? []);

/** The IDs that the paths and queries of operations name, each shown for these operations. */
export const ids: INodeProperties[] = resources
	.flatMap((resource) => resource.ids ?? [])
	.map((id) => ({ ...id, displayOptions: { show: { operation: operationsWith(id.name) } } }));

/** Every operation of the node. */
export const allOperations = operationsThat(() => true);

/** Operations that read a list in chunks. */
export const chunkedOperations = operationsThat(({ plan }) => plan?.sliceSizes !== undefined);

/** Operations that send a file. */
export const uploadOperations = operationsThat(({ plan }) => plan?.file !== undefined);

/** Operations that send JSON, which a person can enter as fields or as it is. */
export const jsonOperations = operationsThat(
	({ value, plan }) =>
		plan?.takesJson === true ||
		fields.some(
			({ displayOptions: { show } = {} }) =>
				show?.specifyBody !== undefined && show.operation?.includes(value),
		),
);

/**
 * Operations that return records whose output has a choice of forms. The answer to a write with up to
 * ten fields says little more than that it has been done.
 */
export const recordOperations = operationsThat((operation) => {
	const fields = fieldsOf(operation);
	return fields.length > (onlyReads(operation) ? 0 : MAX_DONE_FIELDS);
});

/** Operations that return records with the studio's own fields. */
export const studioFieldOperations = operationsThat((operation) =>
	fieldsOf(operation).includes(ASSIGNMENTS),
);

/** The operations that read records with links to files. A write has just sent the file that it links. */
export const linkOperations = operationsThat(
	(operation) => onlyReads(operation) && factsOf(operation).links !== undefined,
);

/** @returns the operations with this ID in their path or query, as `{customerId}` */
function operationsWith(name: string): string[] {
	return operationsThat(({ routing }) => {
		const { url, qs } = routing?.request ?? {};
		const queried = Object.values(qs ?? {}).map(placeIn);
		return [...placesOf(String(url)), ...queried].includes(name);
	});
}

function operationsThat(match: (operation: OperationOption) => boolean): string[] {
	return options
		.filter(match)
		.map(({ value }) => String(value))
		.sort();
}

function onlyReads({ routing, plan }: OperationOption): boolean {
	return isRead(routing?.request?.method, plan);
}

function fieldsOf(operation: OperationOption): readonly string[] {
	return records[factsOf(operation).record ?? ''] ?? [];
}

function factsOf(operation: OperationOption) {
	return own(contract, contractName(operation)) ?? {};
}
