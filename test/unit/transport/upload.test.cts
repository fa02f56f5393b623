import type { IBinaryData } from 'n8n-workflow';

import { operations } from '../../../nodes/PerfectGymNext/properties';
import { RequestError, UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import type { Form } from '../../../nodes/PerfectGymNext/transport/multipart';
import { ItemParameters, NodeParameters } from '../../../nodes/PerfectGymNext/transport/parameters';
import type { NodeRun } from '../../../nodes/PerfectGymNext/transport/types';
import { readUpload } from '../../../nodes/PerfectGymNext/transport/upload';
import { fakeRun } from '../fakes.cts';

const PLAN = { part: 'file' };

/** A file in the field `data` of an item. */
interface FileOfItem {
	binary: Partial<IBinaryData>;
	/** The bytes in n8n's storage, for a file that is not in the item. */
	stored?: Buffer;
	/** The size that n8n's storage states. */
	storedSize?: number;
}

/** Reads the upload of an item, as the node does before it sends anything. */
function readUploadOf({
	binary,
	stored = Buffer.from(''),
	storedSize = stored.length,
}: FileOfItem) {
	const file: IBinaryData = { data: '', mimeType: 'application/pdf', ...binary };
	const opened: string[] = [];
	const helpers = {
		getBinaryMetadata: () => Promise.resolve({ fileSize: storedSize }),
		getBinaryStream: (id: string) => {
			opened.push(id);
			return Promise.resolve([stored]);
		},
	};
	const run: NodeRun = {
		...fakeRun({
			parameters: { binaryPropertyName: 'data' },
			items: [{ json: {}, binary: { data: file } }],
		}),
		context: { helpers } as unknown as NodeRun['context'],
		getFile: () => file,
	};
	const parameters = new ItemParameters(new NodeParameters(run, operations), run.items[0]);
	return { upload: readUpload(run, parameters, PLAN, undefined), opened };
}

async function textOf(form: Form): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of form.read()) pieces.push(piece);
	return Buffer.concat(pieces).toString();
}

const EMPTY = /^The file in "data" \("[^"]+"\) is empty; the item has "data" \(application\/pdf\)$/;

describe('an empty file', () => {
	test.each([
		['without text in the item', { data: '' }],
		['with a size of 0 in the item', { data: 'filesystem-v2', id: 'filesystem-v2:1', bytes: 0 }],
	])('is an error before anything is sent: %s', (_how, binary) => {
		expect(() => readUploadOf({ binary })).toThrow(UserInputError);
		expect(() => readUploadOf({ binary })).toThrow(EMPTY);
	});

	test.each([
		['in the storage of an older n8n', { data: 'filesystem-v2', id: 'filesystem-v2:1' }],
		['in the storage, with another size in the item', { data: 's3', id: 's3:1', bytes: 4 }],
		['in the item, as a line break', { data: '\n' }],
		['in the item, as padding', { data: '==' }],
	])('is an error only when it is about to be sent: %s', async (_where, binary) => {
		const { upload, opened } = readUploadOf({ binary });
		await expect(upload.form()).rejects.toThrow(RequestError);
		await expect(upload.form()).rejects.toThrow(EMPTY);
		expect(opened).toEqual([]);
	});
});

describe('a file of one byte', () => {
	test.each([
		['in the item', { binary: { data: 'eA==' } }],
		['in the item, with a line break', { binary: { data: 'eA==\n' } }],
		['in the storage', { binary: { data: 's3', id: 's3:1' }, stored: Buffer.from('x') }],
	])('is sent: %s', async (_where, file) => {
		const form = await readUploadOf(file).upload.form();
		expect(await textOf(form)).toMatch(/\r\n\r\nx\r\n--/);
	});

	test('is opened in the storage only when it is sent', async () => {
		const file = { binary: { data: 's3', id: 's3:1' }, stored: Buffer.from('x') };
		const { upload, opened } = readUploadOf(file);
		const form = await upload.form();
		expect(opened).toEqual([]);
		await textOf(form);
		expect(opened).toEqual(['s3:1']);
	});
});

test.each([
	['fewer', 3, '2 bytes'],
	['more', 1, 'more than 1 bytes'],
])('a file with %s bytes than n8n states is an error', async (_what, storedSize, message) => {
	const file = { binary: { data: 's3', id: 's3:1' }, stored: Buffer.from('xy'), storedSize };
	const form = await readUploadOf(file).upload.form();
	await expect(textOf(form)).rejects.toThrow(
		`has ${message}, but n8n says that it has ${storedSize}`,
	);
});

test('nothing is sent beyond the size that n8n states', async () => {
	const file = { binary: { data: 's3', id: 's3:1' }, stored: Buffer.from('secret'), storedSize: 2 };
	const form = await readUploadOf(file).upload.form();
	let sent = '';
	const reading = (async () => {
		for await (const piece of form.read()) sent += piece.toString();
	})();
	await expect(reading).rejects.toThrow(RequestError);
	expect(sent).not.toContain('secret');
});

test.each(['constructor', 'toString', '__proto__'])(
	'a field that every object inherits is not a file: %s',
	(field) => {
		const run: NodeRun = {
			...fakeRun({ parameters: { binaryPropertyName: field }, items: [{ json: {}, binary: {} }] }),
			getFile: (name) => ({})[name] as unknown as IBinaryData,
		};
		const parameters = new ItemParameters(new NodeParameters(run, operations), run.items[0]);
		expect(() => readUpload(run, parameters, PLAN, undefined)).toThrow(
			`"Input Binary Field" names "${field}", but the item has no such file`,
		);
	},
);

test('the name of the file is cleaned, and cut', async () => {
	const name = `../a\u0000\u202e\n"b"${'x'.repeat(100_000)}.pdf`;
	const form = await readUploadOf({ binary: { data: 'eA==', fileName: name } }).upload.form();
	expect(await textOf(form)).toMatch(/filename="a %22b%22x{240,246}\.pdf"\r\n/);
});
