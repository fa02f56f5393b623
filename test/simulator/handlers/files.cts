import type { Call, Handlers } from '../call.cts';
import { chunkByIndex } from '../chunks.cts';
import { invalid, notFound } from '../errors.cts';
import type { Part } from '../multipart.cts';
import type { CustomerDocument } from '../records.cts';

/** Stores an uploaded file under a new name in `folder`, and returns its URL. */
export function storeFile(
	call: Call,
	folder: string,
	{ contentType, content, fileName }: Part,
): string {
	const name = `${folder}/${call.studio.newId()}`;
	call.world.files.set(name, { contentType, content, fileName });
	return `${call.world.filesUrl}/${name}`;
}

function filePart(call: Call, name: string): Part {
	const part = call.files.get(name);
	if (part === undefined) throw invalid(`${name} is missing`, name);
	return part;
}

/** Handlers for documents and images of customers. */
export const fileHandlers: Handlers = {
	getDocuments: (call) =>
		chunkByIndex(
			call.studio.documentsOf(call.id('customerId')),
			call.text('offset'),
			call.id('sliceSize'),
		),
	getDocumentById(call) {
		const id = call.id('id');
		const found = call.studio
			.documentsOf(call.id('customerId'))
			.find((document) => document.id === id);
		if (found === undefined) throw notFound('Document', id);
		return found;
	},
	uploadDocument(call) {
		const documents = call.studio.documentsOf(call.id('customerId'));
		const file = filePart(call, 'file');
		const description = call.text('description');
		const document: CustomerDocument = {
			id: call.studio.newId(),
			url: storeFile(call, 'documents', file),
			fileName: file.fileName ?? 'document',
			...(description === undefined ? {} : { description }),
		};
		documents.push(document);
		return { id: document.id };
	},
	updateImage(call) {
		const customer = call.studio.customer(call.id('customerId'));
		const image = filePart(call, 'image');
		if (!['image/jpeg', 'image/png'].includes(image.contentType)) {
			throw invalid('Only JPEG and PNG pictures are taken', 'image');
		}
		customer.imageUrl = storeFile(call, 'images', image);
		return { imageUrl: customer.imageUrl };
	},
};
