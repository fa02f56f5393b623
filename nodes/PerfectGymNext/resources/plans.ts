/** The request plans of operations that need more than one request with one answer. */

import { ASSIGNMENTS } from '../transport/additionalInformation';
import type { RequestPlan } from '../transport/plan';

/** A POST that changes nothing, such as a search. */
export const readOnly: RequestPlan = { isRead: true };

/** The list of customers, in chunks of 50 to 500 records. */
export const chunksOf500: RequestPlan = { sliceSizes: { min: 50, max: 500 } };

/** A list in chunks of 10 to 100 records. */
export const chunksOf100: RequestPlan = { sliceSizes: { min: 10, max: 100 } };

/** A list in chunks of up to 50 records. */
export const chunksOf50: RequestPlan = { sliceSizes: { min: 1, max: 50 } };

/** A customer's check-ins. One request covers at most 365 days. */
export const checkinDateRanges: RequestPlan = {
	sliceSizes: { min: 1, max: 50 },
	dateRanges: { from: 'fromDate', to: 'toDate', days: 365, id: 'checkinId' },
};

/** A write with a body that the contract does not describe. */
export const undescribedBody: RequestPlan = { takesJson: true };

/** A custom request. */
export const customRequest: RequestPlan = { isCustom: true };

/** A customer's document: a file of any type. */
export const documentUpload: RequestPlan = { file: { part: 'file' } };

/** A customer's picture. */
export const imageUpload: RequestPlan = {
	file: { part: 'image', types: ['image/jpeg', 'image/png'] },
};

/** Some of a customer's additional information. The API replaces all of it. */
export const mergedInformation: RequestPlan = {
	merge: {
		replaces: 'setAdditionalInformationFieldAssignments',
		read: 'getCustomerById',
		list: ASSIGNMENTS,
		key: 'additionalInformationFieldId',
	},
};

/** An idle period: its fields as JSON, and optionally a document that proves its reason. */
export const optionalDocumentUpload: RequestPlan = {
	file: {
		jsonPart: 'data',
		part: 'document',
		types: ['image/jpeg', 'image/png', 'application/pdf', 'image/heic'],
		optional: true,
	},
};
