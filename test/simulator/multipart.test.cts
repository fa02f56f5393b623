import FormData from 'form-data';
import { parseMultipart } from './multipart.cts';

function form(...names: string[]): { type: string; body: Buffer } {
	const data = new FormData();
	for (const name of names) {
		data.append(name, Buffer.from(`content of ${name}\r\n`), {
			filename: 'Müller „Vertrag“.pdf',
			contentType: 'application/pdf',
		});
	}
	return { type: String(data.getHeaders()['content-type']), body: data.getBuffer() };
}

test('returns the parts with their bytes and original headers', async () => {
	const { type, body } = form('first', 'second');
	const parts = await parseMultipart(type, body);
	expect([...parts.keys()]).toEqual(['first', 'second']);
	expect(parts.get('second')).toEqual({
		name: 'second',
		fileName: 'Müller „Vertrag“.pdf',
		contentType: 'application/pdf',
		content: Buffer.from('content of second\r\n'),
		headers: {
			'content-disposition': 'form-data; name="second"; filename="Müller „Vertrag“.pdf"',
			'content-type': 'application/pdf',
		},
	});
});

test.each([
	['without a boundary', 'multipart/form-data', 0, /Boundary not found/],
	['that is truncated', undefined, 10, /Unexpected end/],
	['without its last part', undefined, 150, /Unexpected end/],
])('rejects a body %s', async (_name, contentType, missing, reason) => {
	const { type, body } = form('first');
	const truncated = body.subarray(0, body.length - missing);
	const message: unknown = expect.stringMatching(reason);
	await expect(parseMultipart(contentType ?? type, truncated)).rejects.toMatchObject({
		status: 400,
		message,
	});
});

test('rejects two parts with the same name', async () => {
	const { type, body } = form('first', 'first');
	await expect(parseMultipart(type, body)).rejects.toMatchObject({ status: 400 });
});

test.each(['Content-Type: text/plain', 'Content-Disposition: form-data', 'X-Name: first'])(
	'rejects a part without a name that only has the header %j',
	async (header) => {
		const body = Buffer.from(`--x\r\n${header}\r\n\r\ncontent\r\n--x--\r\n`);
		await expect(parseMultipart('multipart/form-data; boundary=x', body)).rejects.toMatchObject({
			status: 400,
			message: 'A part has no name',
		});
	},
);

test('returns no parts for an empty form', async () => {
	const body = Buffer.from('--x--\r\n');
	expect(await parseMultipart('multipart/form-data; boundary=x', body)).toEqual(new Map());
});
