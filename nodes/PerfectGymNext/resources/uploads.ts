import { sendAs } from '../transport/request';

/** A document of a customer: any file, as the part `file`. */
export const sendDocument = sendAs({ file: { part: 'file' } });

/** The picture of a customer. */
export const sendImage = sendAs({ file: { part: 'image', types: ['image/jpeg', 'image/png'] } });

/** The fields of an idle period as JSON, and a document that proves its reason. */
export const sendWithDocument = sendAs({
	file: {
		jsonPart: 'data',
		part: 'document',
		types: ['image/jpeg', 'image/png', 'application/pdf', 'image/heic'],
		optional: true,
	},
});
