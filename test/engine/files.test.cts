import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

import axios from 'axios';
import FormData from 'form-data';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import {
	API_KEY,
	locator,
	NODE_NAME,
	outputOf,
	runNode,
	runWorkflow,
	type RunOptions,
} from './harness.cts';
import { inSimulatedTime } from './time.cts';
import { canCheckHosts } from './versions.cts';

const JPEG = Buffer.from('ffd8ffe000104a4649460001', 'hex');
const PDF = Buffer.from('%PDF-1.4 a contract\r\n--not-the-end--\r\n');

let simulator: Simulator;
let ids: number[];
beforeAll(async () => {
	simulator = await startSimulator({ customers: 40 });
	const customers = await run({ resource: 'customer', operation: 'getCustomers', returnAll: true });
	ids = customers.map(({ json }) => Number(json.id));
});
beforeEach(() => simulator.reset());
afterEach(() => nock.cleanAll());
afterAll(async () => {
	nock.restore();
	await simulator.close();
});

const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

async function run(parameters: INodeParameters, options: Partial<RunOptions> = {}) {
	return await runNode({ parameters, credential: credential(), ...options });
}

function binary(content: Buffer, facts: Partial<IBinaryData>): IBinaryData {
	return { data: content.toString('base64'), mimeType: 'application/pdf', ...facts };
}

function sha256(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

function itemWith(files: Record<string, IBinaryData>): INodeExecutionData {
	return { json: {}, binary: files };
}

/** The parameters that upload a document. */
const upload = (more: INodeParameters = {}) => ({
	resource: 'customer',
	operation: 'uploadDocument',
	customerId: locator(ids[0]),
	...more,
});
/** The parameters that change the image of a customer. */
const setImage = (more: INodeParameters = {}) => ({
	resource: 'customer',
	operation: 'updateImage',
	customerId: locator(ids[0]),
	...more,
});
/** The parameters that create an idle period, with a document if the item has one. */
const createIdlePeriod = (more: INodeParameters = {}) => ({
	resource: 'membershipSelfService',
	operation: 'createIdlePeriodAmendment',
	contractId: locator('1310000010'),
	specifyBody: 'json',
	jsonBody: { startDate: '2030-05-01', temporalUnit: 'MONTH', termValue: 1, reasonId: 2 },
	...more,
});

/** @returns the message of the error with which a task fails */
async function messageOf(task: Promise<unknown>): Promise<string> {
	const error: Error = await task.then(
		() => new Error('nothing failed'),
		(reason: Error) => reason,
	);
	return error.message;
}

describe('sends the same as a hand-written client with axios and form-data', () => {
	/** Sends a form as a developer would without the node. */
	async function byHand(method: string, path: string, form: FormData) {
		await axios.request({
			method,
			url: `${simulator.baseUrl}${path}`,
			headers: { 'x-api-key': simulator.apiKey, ...form.getHeaders() },
			data: form,
			proxy: false,
		});
	}

	/** @returns the parts of the only request, and what its headers say about them */
	function sent() {
		expect(simulator.requests).toHaveLength(1);
		const [{ method, url, headers, parts }] = simulator.requests;
		const [type, boundary] = String(headers['content-type']).split('; boundary=');
		expect(boundary.length).toBeGreaterThan(20);
		const length = Number(headers['content-length']);
		return { method, url, type, parts, lengthWithoutBoundary: length - 4 * boundary.length };
	}

	test.each([
		['Müller „Vertrag“.pdf', 'Müller „Vertrag“.pdf'],
		['a "quoted" name.pdf', 'a "quoted" name.pdf'],
		['two\nlines\u0000.pdf', 'two lines.pdf'],
		['plain.pdf', 'plain.pdf'],
	])('a document named %j, as %j', async (fileName, sentName) => {
		await run(upload({ description: 'Müller & Söhne' }), {
			items: [itemWith({ data: binary(PDF, { fileName }) })],
		});
		const node = sent();
		simulator.clearRequests();

		const form = new FormData();
		form.append('file', PDF, { filename: sentName, contentType: 'application/pdf' });
		const query = new URLSearchParams({ description: 'Müller & Söhne' });
		await byHand('POST', `/v1/customers/${ids[0]}/documents?${query.toString()}`, form);
		const hand = sent();
		const same = { url: '', lengthWithoutBoundary: 0 };
		expect({ ...node, ...same }).toEqual({ ...hand, ...same });
		expect(new URL(node.url, 'http://a').searchParams.toString()).toBe(query.toString());
	});

	test('an idle period with a document: JSON with its type and without a name, then the file', async () => {
		await run(createIdlePeriod(), {
			items: [itemWith({ data: binary(JPEG, { fileName: 'note.jpg', mimeType: 'image/jpeg' }) })],
		});
		const node = sent();
		simulator.reset();

		const form = new FormData();
		const json = { startDate: '2030-05-01', temporalUnit: 'MONTH', termValue: 1, reasonId: 2 };
		form.append('data', JSON.stringify(json), { contentType: 'application/json' });
		form.append('document', JPEG, { filename: 'note.jpg', contentType: 'image/jpeg' });
		await byHand('POST', '/v1/memberships/1310000010/self-service/idle-periods', form);
		const hand = sent();
		expect({ ...node, lengthWithoutBoundary: 0 }).toEqual({ ...hand, lengthWithoutBoundary: 0 });
		expect(node.parts?.map(({ headers }) => headers)).toEqual([
			{ 'content-disposition': 'form-data; name="data"', 'content-type': 'application/json' },
			{
				'content-disposition': 'form-data; name="document"; filename="note.jpg"',
				'content-type': 'image/jpeg',
			},
		]);
	});
});

describe('sends the parts that the operation takes', () => {
	test('a document of any type, with its description', async () => {
		const [{ json }] = await run(upload({ description: 'Signed' }), {
			items: [
				itemWith({ data: binary(PDF, { fileName: 'a.docx', mimeType: 'application/msword' }) }),
			],
		});
		expect(json).toEqual({ id: expect.any(Number) as number });
		expect(simulator.requests[0].query).toEqual({ description: 'Signed' });
		expect(simulator.requests[0].parts).toMatchObject([
			{ name: 'file', fileName: 'a.docx', contentType: 'application/msword', size: PDF.length },
		]);
	});

	test.each([
		['image/jpeg', 'image.jpg'],
		['image/png', 'image.png'],
	])('an image without a name: %s is sent as %s', async (mimeType, fileName) => {
		await run(setImage(), { items: [itemWith({ data: binary(JPEG, { mimeType }) })] });
		expect(simulator.requests[0].parts).toMatchObject([
			{ name: 'image', fileName, contentType: mimeType },
		]);
	});

	test('an image with a name and a type that the user sets, from another field', async () => {
		await run(
			setImage({
				binaryPropertyName: 'photo',
				options: { fileName: 'me.png', mimeType: 'image/png' },
			}),
			{ items: [itemWith({ photo: binary(JPEG, { mimeType: 'application/octet-stream' }) })] },
		);
		expect(simulator.requests[0].parts).toMatchObject([
			{ fileName: 'me.png', contentType: 'image/png' },
		]);
	});

	test('a file of unknown type with the type of its name', async () => {
		const facts = { mimeType: 'application/octet-stream', fileName: 'note.heic' };
		await run(createIdlePeriod(), { items: [itemWith({ data: binary(JPEG, facts) })] });
		expect(simulator.requests[0].parts?.[1]).toMatchObject({ contentType: 'image/heic' });
	});

	test('a file with line breaks in its base64 text', async () => {
		const text = PDF.toString('base64').replace(/.{8}/g, '$&\n');
		await run(upload(), {
			items: [itemWith({ data: { ...binary(PDF, { fileName: 'a.pdf' }), data: text } })],
		});
		expect(simulator.requests[0].parts).toMatchObject([{ size: PDF.length, sha256: sha256(PDF) }]);
	});

	test.each([98_303, 98_304, 98_305, 200_000])(
		'a file of %d bytes in the item, in pieces',
		async (size) => {
			const content = randomBytes(size);
			await run(upload(), { items: [itemWith({ data: binary(content, { fileName: 'a.pdf' }) })] });
			expect(simulator.requests[0].parts).toMatchObject([{ size, sha256: sha256(content) }]);
		},
	);

	test('a file with more base64 text after its end', async () => {
		const text = `${PDF.toString('base64').replace(/=*$/, '=')}${PDF.toString('base64')}`;
		await run(upload(), {
			items: [itemWith({ data: { ...binary(PDF, { fileName: 'a.pdf' }), data: text } })],
		});
		const size = Buffer.from(text, 'base64').length;
		expect(simulator.requests[0].parts).toMatchObject([{ size }]);
	});

	test('an idle period without a document, for an item without files and for an empty field name', async () => {
		await run(createIdlePeriod());
		simulator.reset();
		await run(createIdlePeriod({ binaryPropertyName: '' }), {
			items: [itemWith({ data: binary(JPEG, {}) })],
		});
		expect(simulator.requests[0].parts).toMatchObject([
			{ name: 'data', contentType: 'application/json', fileName: undefined },
		]);
	});

	test('a changed idle period with a document', async () => {
		const [created] = await run(createIdlePeriod());
		await run(
			{
				resource: 'membershipSelfService',
				operation: 'updateIdlePeriod',
				contractId: locator('1310000010'),
				idlePeriodId: locator(Number(created.json.id)),
				specifyBody: 'json',
				jsonBody: { startDate: '2030-05-01', endDate: '2030-05-20', reasonId: 2 },
			},
			{ items: [itemWith({ data: binary(PDF, { fileName: 'note.pdf' }) })] },
		);
		expect(simulator.requests[1]).toMatchObject({ method: 'PUT', status: 200 });
		expect(simulator.requests[1].parts?.map(({ name }) => name)).toEqual(['data', 'document']);
	});
});

describe('refuses before anything is sent, and lists the files of the item, a file that is', () => {
	const note = binary(PDF, { fileName: 'note.pdf' });
	const text = binary(Buffer.from('hello'), { fileName: 'a.txt', mimeType: 'text/plain' });

	test.each([
		[
			'missing',
			() => upload({ binaryPropertyName: 'photo' }),
			itemWith({ note, text }),
			'"Input Binary Field" names "photo", but the item has no such file; the item has "note" (note.pdf, application/pdf), "text" (a.txt, text/plain)',
		],
		[
			'missing from an item without any',
			upload,
			{ json: {} },
			'"Input Binary Field" names "data", but the item has no such file; the item has no binary field',
		],
		[
			'not named',
			() => upload({ binaryPropertyName: '' }),
			itemWith({ note }),
			'"Input Binary Field" is missing; the item has "note" (note.pdf, application/pdf)',
		],
		[
			'empty',
			upload,
			itemWith({ data: binary(Buffer.alloc(0), { fileName: 'a.pdf' }) }),
			'The file in "data" ("Input Binary Field") is empty; the item has "data" (a.pdf, application/pdf)',
		],
		[
			'of another type',
			setImage,
			itemWith({ data: note }),
			'The file in "data" ("Input Binary Field") is of the type application/pdf, but only image/jpeg, image/png can be sent; the item has "data" (note.pdf, application/pdf)',
		],
		[
			'of another type, for an idle period',
			createIdlePeriod,
			itemWith({ data: text }),
			'The file in "data" ("Input Binary Field") is of the type text/plain, but only image/jpeg, image/png, application/pdf, image/heic can be sent; the item has "data" (a.txt, text/plain)',
		],
		[
			'named for an idle period, but missing',
			() => createIdlePeriod({ binaryPropertyName: 'note' }),
			{ json: {} },
			'"Input Binary Field" names "note", but the item has no such file; the item has no binary field',
		],
	])('%s', async (_what, parameters, item, message) => {
		expect(await messageOf(run(parameters(), { items: [item] }))).toBe(message);
		expect(simulator.requests).toEqual([]);
	});

	test('refuses a media type that is not valid', async () => {
		const parameters = upload({ options: { mimeType: 'pdf' } });
		expect(await messageOf(run(parameters, { items: [itemWith({ data: note })] }))).toBe(
			'"Media Type" must be a type such as image/jpeg, but it is "pdf"',
		);
	});

	test('sends none of several items when the second has no file', async () => {
		const items = [itemWith({ data: note }), { json: {} }, itemWith({ data: note })];
		await messageOf(run(upload(), { items }));
		expect(simulator.requests).toEqual([]);
	});
});

test('sends the same bytes again after a 429, under the same boundary', async () => {
	simulator.injectFault({ kind: 'rateLimit', operationId: 'uploadDocument', retryAfter: 1 });
	const bodies: string[] = [];
	const { server, credential } = await startRecorder(bodies, [429, 200]);
	const { outcome } = await inSimulatedTime(
		async () =>
			await run(upload(), {
				items: [itemWith({ data: binary(PDF, { fileName: 'a.pdf' }) })],
				credential,
			}),
	);
	await new Promise((resolve) => server.close(resolve));
	expect(outcome.status).toBe('fulfilled');
	expect(bodies).toHaveLength(2);
	expect(bodies[0]).toBe(bodies[1]);
});

/**
 * Starts a server that records type, length and hash of each body, and answers with one status after
 * the other.
 */
async function startRecorder(bodies: string[], statuses: number[]) {
	const server = createServer((request, response) => {
		const hash = createHash('sha256');
		request.on('data', (chunk: Buffer) => hash.update(chunk));
		request.on('end', () => {
			const { 'content-type': type, 'content-length': length } = request.headers;
			bodies.push(`${type} ${length} ${hash.digest('hex')}`);
			const status = statuses[bodies.length - 1];
			response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
			response.end(JSON.stringify({ id: 1, errorMessage: 'Too many' }));
		});
	});
	return { server, credential: await listen(server) };
}

/** Starts a server. @returns the credential for it */
async function listen(server: Server): Promise<{ baseUrl: string; apiKey: string }> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { baseUrl: `http://127.0.0.1:${port}`, apiKey: API_KEY };
}

describe('a file that n8n keeps outside the item', () => {
	const content = randomBytes(300_000);
	const file = { ...binary(PDF, { fileName: 'a.pdf' }), id: 'elsewhere:1', data: 'elsewhere' };
	const opened: Readable[] = [];
	afterEach(() => {
		jest.restoreAllMocks();
		opened.length = 0;
	});

	/** Makes n8n's storage return these chunks. */
	function store(chunks: () => Iterable<Buffer>, fileSize = content.length): void {
		jest.spyOn(BinaryDataService.prototype, 'getMetadata').mockResolvedValue({ fileSize });
		jest.spyOn(BinaryDataService.prototype, 'getAsStream').mockImplementation(() => {
			const stream = Readable.from(chunks());
			opened.push(stream);
			return Promise.resolve(stream);
		});
	}

	const send = async (options: Partial<RunOptions> = {}) =>
		await run(upload(), { items: [itemWith({ data: file })], ...options });

	test.each([
		['in one chunk, as a database does', content.length],
		['in many', 1000],
	])('is sent byte by byte %s', async (_how, size) => {
		store(function* () {
			for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
		});
		await send();
		const [{ headers, parts }] = simulator.requests;
		expect(parts).toMatchObject([{ size: content.length, sha256: sha256(content) }]);
		expect(Number(headers['content-length'])).toBeGreaterThan(content.length);
		expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
	});

	test('is read again for another attempt', async () => {
		store(() => [content]);
		const bodies: string[] = [];
		const { server, credential } = await startRecorder(bodies, [429, 200]);
		await inSimulatedTime(async () => await send({ credential }));
		await new Promise((resolve) => server.close(resolve));
		expect(bodies).toHaveLength(2);
		expect(bodies[0]).toBe(bodies[1]);
		expect(opened).toHaveLength(2);
	});

	test.each([
		['shorter', content.length + 1, `has 300000 bytes, but n8n says that it has 300001`],
		['longer', content.length - 1, `has more than 299999 bytes, but n8n says that it has 299999`],
	])('is not sent when it is %s than n8n says', async (_how, size, message) => {
		store(() => [content], size);
		expect(await messageOf(send())).toBe(`The file in "data" ${message}`);
		expect(simulator.requests).toEqual([]);
	});

	test.each([
		[
			'cannot be found',
			() => {
				const gone = new Error('connect ECONNREFUSED 10.0.0.5:9000');
				jest.spyOn(BinaryDataService.prototype, 'getMetadata').mockRejectedValue(gone);
			},
		],
		[
			'cannot be read to its end',
			() =>
				store(function* () {
					yield content.subarray(0, 1000);
					throw new Error('connect ECONNREFUSED 10.0.0.5:9000');
				}),
		],
	])('is not sent when it %s, and the message says why', async (_how, prepare) => {
		prepare();
		const error = await send().catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			message: 'The file in "data" cannot be read from n8n\'s storage',
			description: 'connect ECONNREFUSED 10.0.0.5:9000',
		});
		expect(simulator.requests).toEqual([]);
	});

	describe('when the answer comes before the whole file is sent', () => {
		const SIZE = 2 ** 30;
		let server: Server;
		let bytesRead: number;
		// nock collects a whole body before it sends anything.
		beforeEach(() => nock.restore());
		afterEach(async () => {
			nock.activate();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		});

		/** Sends to a server that answers with one status after the other, and then reads the rest. */
		async function sendTo(statuses: number[], pause = 0): Promise<string> {
			bytesRead = 0;
			store(function* () {
				for (;;) {
					bytesRead += content.length;
					yield content;
				}
			}, SIZE);
			server = createServer((request, response) => {
				setTimeout(() => {
					const status = statuses.shift() ?? 500;
					response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
					response.end(JSON.stringify({ id: 1, errorMessage: `Answer ${status}` }));
					request.resume();
				}, pause);
			});
			return await messageOf(send({ credential: await listen(server) }));
		}

		test('it is closed, and only as much is read as the connection takes', async () => {
			expect(await sendTo([413], 200)).toContain('Answer 413');
			expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
			expect(bytesRead).toBeGreaterThan(0);
			expect(bytesRead).toBeLessThan(SIZE / 50);
		});

		test('the file of each attempt is closed', async () => {
			await sendTo([429, 413]);
			expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true]);
		});
	});
});

describe('downloads the files that answers link to', () => {
	const contracts = (more: INodeParameters = {}) => ({
		resource: 'customer',
		operation: 'getCustomersContracts',
		customerId: locator(ids[0]),
		download: true,
		...more,
	});
	const listed = (more: INodeParameters = {}) => ({
		resource: 'customer',
		operation: 'getCustomers',
		returnAll: true,
		download: true,
		...more,
	});
	const bytesOf = (file: IBinaryData | undefined) => Buffer.from(file?.data ?? '', 'base64');

	test('a contract, with name, type and size, and without the key', async () => {
		const [{ json, binary: files, pairedItem }] = await run(contracts());
		expect(Object.keys(files ?? {})).toEqual(['data']);
		expect(files?.data).toMatchObject({
			fileName: `${json.id as number}.pdf`,
			mimeType: 'application/pdf',
			fileExtension: 'pdf',
			fileSize: expect.stringMatching(/^\d+ B$/) as unknown,
		});
		expect(bytesOf(files?.data).toString()).toMatch(/^%PDF/);
		expect(pairedItem).toEqual({ item: 0 });
		expect(simulator.fileRequests.map(({ hasKey }) => hasKey)).toEqual([false]);
	});

	test('an uploaded file, byte by byte, with its name in the studio', async () => {
		const fileName = 'Müller „Vertrag“.pdf';
		await run(upload(), { items: [itemWith({ data: binary(PDF, { fileName }) })] });
		const documents = await run({
			resource: 'customer',
			operation: 'getDocuments',
			customerId: locator(ids[0]),
			returnAll: true,
			download: true,
			outputBinaryPropertyName: 'file',
		});
		const last = documents.at(-1)?.binary?.file;
		expect(last).toMatchObject({ fileName, mimeType: 'application/pdf' });
		expect(bytesOf(last).equals(PDF)).toBe(true);
	});

	test('nothing when the option is off', async () => {
		const [item] = await run(contracts({ download: false }));
		expect(item).not.toHaveProperty('binary');
		expect(simulator.fileRequests).toEqual([]);
	});

	test('all files of a list, four at a time', async () => {
		// Long enough for four requests to arrive, on a slow machine too.
		simulator.injectFault({ kind: 'slow', path: '/files/', delayMs: 300, times: 4 });
		const items = await run(listed({ output: 'selected', outputFields: ['firstName'] }));
		const linked = items.filter(({ binary: files }) => files);
		expect(linked.length).toBe(simulator.fileRequests.length);
		expect(linked.length).toBeGreaterThan(10);
		expect(Math.max(...simulator.fileRequests.map(({ concurrency }) => concurrency))).toBe(4);
		for (const { binary: files } of linked) {
			expect(files?.data).toMatchObject({ mimeType: 'image/gif', fileName: 'imageUrl.gif' });
		}
	});

	test('at most one file for a limit of 1', async () => {
		await run(listed({ returnAll: false, limit: 1 }));
		expect(simulator.fileRequests.length).toBeLessThan(2);
	});

	test('several files of one record, each into its own field', async () => {
		const items = [itemWith({ data: binary(PDF, { fileName: 'note.pdf' }) })];
		for (const startDate of ['2030-05-01', '2030-08-01']) {
			const jsonBody = { startDate, temporalUnit: 'MONTH', termValue: 1, reasonId: 2 };
			await run(createIdlePeriod({ jsonBody }), { items });
		}
		const [{ binary: files = {} }] = await run({
			resource: 'membershipSelfService',
			operation: 'getIdlePeriods',
			contractId: locator('1310000010'),
			download: true,
		});
		expect(Object.keys(files)).toEqual([
			'data_currentAndUpcomingIdlePeriods_0_documentUrl',
			'data_currentAndUpcomingIdlePeriods_1_documentUrl',
		]);
	});

	test('tries again after errors that pass', async () => {
		simulator.injectFault({ kind: 'unavailable', path: '/files/' });
		simulator.injectFault({ kind: 'brokenConnection', path: '/files/' });
		const { outcome } = await inSimulatedTime(async () => await run(contracts()));
		expect(outcome).toMatchObject({ status: 'fulfilled' });
		expect(simulator.fileRequests).toHaveLength(3);
	});

	test('the error of an expired link names the file', async () => {
		simulator.setLinkLifetime(0);
		expect(await messageOf(run(contracts()))).toBe(
			'The file in "signedDocumentUrl" could not be downloaded: the link has expired or is refused (status 403)',
		);
	});

	test('with continue on fail, the item stays and has the reason', async () => {
		simulator.setLinkLifetime(0);
		const result = await runWorkflow({
			parameters: contracts(),
			credential: credential(),
			onError: 'continueErrorOutput',
		});
		const [good, bad] = outputOf(result, NODE_NAME);
		expect(bad).toEqual([]);
		expect(good[0].json).toMatchObject({
			id: expect.any(Number) as number,
			downloadError: expect.stringContaining(
				'"signedDocumentUrl" could not be downloaded',
			) as string,
		});
		expect(good[0]).not.toHaveProperty('binary');
	});

	describe('in flat output', () => {
		test('every row has a column for the reason, also when no file is missing', async () => {
			const items = await run(listed({ output: 'flat' }));
			expect(items).toHaveLength(ids.length);
			const columns = Object.keys(items[0].json);
			expect(columns.at(-1)).toBe('downloadError');
			for (const { json } of items) {
				expect(json.downloadError).toBeNull();
				expect(Object.keys(json)).toEqual(columns);
			}
		});

		test('the rows of files that are there have the column too when another is missing', async () => {
			simulator.injectFault({ kind: 'status', status: 404, path: '/files/', times: 1 });
			const items = await run(listed({ output: 'flat' }), { onError: 'continueRegularOutput' });
			expect(items).toHaveLength(ids.length);
			const columns = Object.keys(items[0].json);
			for (const { json } of items) expect(Object.keys(json)).toEqual(columns);
			const reasons = items.map(({ json }) => json.downloadError).filter((one) => one !== null);
			expect(reasons).toEqual([expect.stringContaining('"imageUrl" could not be downloaded')]);
		});

		test('no row has the column when no files are downloaded', async () => {
			const items = await run(listed({ output: 'flat', download: false }));
			for (const { json } of items) expect(json).not.toHaveProperty('downloadError');
		});
	});

	test('without a column for the reason in full output, when no file is missing', async () => {
		for (const { json } of await run(listed())) expect(json).not.toHaveProperty('downloadError');
	});

	test('to a field that an object cannot have, nothing is fetched', async () => {
		expect(await messageOf(run(contracts({ outputBinaryPropertyName: '__proto__' })))).toBe(
			'"Put Output File in Field" must not be __proto__',
		);
		expect(simulator.requests).toEqual([]);
	});

	test('no file that is too large', async () => {
		const large = Buffer.alloc(3_000_000, 1);
		await run(upload(), { items: [itemWith({ data: binary(large, { fileName: 'big.pdf' }) })] });
		const documents = (options: INodeParameters) =>
			run({
				resource: 'customer',
				operation: 'getDocuments',
				customerId: locator(ids[0]),
				returnAll: true,
				download: true,
				options,
			});
		expect(await messageOf(documents({ maxFileSize: 2.5 }))).toBe(
			'The file in "url" (big.pdf) could not be downloaded: it is larger than 2.5 MB',
		);
		expect(bytesOf((await documents({ maxFileSize: 3 })).at(-1)?.binary?.data)).toHaveLength(
			3_000_000,
		);
	});
});

test.each(['constructor', '__proto__'])('the field %s of an item is not a file', async (field) => {
	expect(await messageOf(run(upload({ binaryPropertyName: field })))).toBe(
		`"Input Binary Field" names "${field}", but the item has no such file; the item has no binary field`,
	);
});

describe('checks where links lead', () => {
	const HOST = 'https://acme.open-api.perfectgym.com';
	const get = {
		resource: 'customer',
		operation: 'getCustomerById',
		customerId: locator('7'),
		download: true,
		options: { allowUncheckedHosts: !canCheckHosts },
	};
	const download = async () => (await runNode({ parameters: get }))[0].binary?.data;

	/** Answers the read of the customer with this link. */
	function answerWith(imageUrl: string): void {
		nock(HOST).get('/v1/customers/7').reply(200, { id: 7, imageUrl });
	}

	test('follows redirects to another host, without the key', async () => {
		answerWith('https://files.example.com/a');
		const seen: Array<string | undefined> = [];
		const redirect = function (this: nock.ReplyFnContext) {
			seen.push(JSON.stringify(this.req.headers));
			return [302, '', { location: 'https://cdn.example.net/b/photo.png' }] as nock.ReplyFnResult;
		};
		nock('https://files.example.com').get('/a').reply(redirect);
		nock('https://cdn.example.net')
			.get('/b/photo.png')
			.reply(function () {
				seen.push(JSON.stringify(this.req.headers));
				return [200, JPEG, { 'content-type': 'image/png' }];
			});
		expect(await download()).toMatchObject({ mimeType: 'image/png', fileName: 'imageUrl.png' });
		expect(seen).toHaveLength(2);
		expect(seen.join()).not.toContain(API_KEY);
		expect(seen.join()).not.toContain('x-api-key');
	});

	test.each([
		['https://10.0.0.1/a', 'the link points to 10.0.0.1, an address in a private network'],
		['https://localhost/a', 'the link points to localhost, an address in a private network'],
		['https://[::1]/a', 'the link points to [::1], an address in a private network'],
		[
			'http://files.example.com/a',
			'the link points to http://files.example.com, which is not HTTPS',
		],
		['file:///etc/passwd', 'the link points to file://, which is not HTTPS'],
		['not a link', 'the link is not a valid URL'],
	])('refuses %s, and a redirect to it', async (address, reason) => {
		answerWith(address);
		expect(await messageOf(download())).toBe(
			`The file in "imageUrl" could not be downloaded: ${reason}`,
		);
		if (address === 'not a link') return;
		answerWith('https://files.example.com/a');
		nock('https://files.example.com').get('/a').reply(302, '', { location: address });
		expect(await messageOf(download())).toBe(
			`The file in "imageUrl" could not be downloaded: ${reason}`,
		);
	});

	test('stops after five redirects', async () => {
		answerWith('https://files.example.com/a');
		const location = 'https://files.example.com/a';
		nock('https://files.example.com').persist().get('/a').reply(302, '', { location });
		expect(await messageOf(download())).toContain('redirects more than 5 times');
	});

	test('stops at the size limit when the host does not state the size', async () => {
		answerWith('https://files.example.com/a');
		nock('https://files.example.com')
			.get('/a')
			.reply(200, () => Buffer.alloc(2_000_000));
		const parameters = { ...get, options: { ...get.options, maxFileSize: 1 } };
		expect(await messageOf(runNode({ parameters }))).toContain('it is larger than 1 MB');
	});
});
