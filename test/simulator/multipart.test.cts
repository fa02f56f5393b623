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
	return { type: data.getHeaders()['content-type'], body: data.getBuffer() };
}

test('gives the parts with their bytes and their headers as they came', async () => {
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
	['that is cut off', undefined, 10, /Unexpected end/],
	['that lacks its last part', undefined, 150, /Unexpected end/],
])('refuses a body %s', async (_how, contentType, missing, reason) => {
	const { type, body } = form('first');
	const whole = body.subarray(0, body.length - missing);
	await expect(parseMultipart(contentType ?? type, whole)).rejects.toMatchObject({
		status: 400,
		message: expect.stringMatching(reason),
	});
});

test('refuses a part that comes twice', async () => {
	const { type, body } = form('first', 'first');
	await expect(parseMultipart(type, body)).rejects.toMatchObject({ status: 400 });
});

test.each(['Content-Type: text/plain', 'Content-Disposition: form-data', 'X-Name: first'])(
	'refuses a part that has no more of a name than %j',
	async (header) => {
		const body = Buffer.from(`--x\r\n${header}\r\n\r\ncontent\r\n--x--\r\n`);
		await expect(parseMultipart('multipart/form-data; boundary=x', body)).rejects.toMatchObject({
			status: 400,
			message: 'A part has no name',
		});
	},
);

test('finds nothing in a form without parts', async () => {
	const body = Buffer.from('--x--\r\n');
	expect(await parseMultipart('multipart/form-data; boundary=x', body)).toEqual(new Map());
});
