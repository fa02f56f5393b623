import {
	bytesAsContent,
	type Form,
	formOf,
} from '../../../nodes/PerfectGymNext/transport/multipart';

/** Node's own parser, which follows the Fetch standard. */
async function parse(form: Form): Promise<FormData> {
	const headers = { 'content-type': form.contentType };
	return await new Response(await bytesOf(form), { headers }).formData();
}

async function bytesOf(form: Form): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of form.read()) pieces.push(piece);
	const bytes = Buffer.concat(pieces);
	expect(bytes).toHaveLength(form.size);
	return bytes;
}

const json = { startDate: '2024-10-24', temporalUnit: 'MONTH', termValue: 1, reasonId: 1 };

function idlePeriod(fileName: string, content: Buffer) {
	return formOf([
		{
			name: 'data',
			contentType: 'application/json',
			content: bytesAsContent(Buffer.from(JSON.stringify(json))),
		},
		{
			name: 'document',
			contentType: 'application/pdf',
			fileName,
			content: bytesAsContent(content),
		},
	]);
}

test("writes the bytes of the vendor's curl example", async () => {
	const form = idlePeriod('file', Buffer.from('%PDF'));
	const boundary = form.contentType.replace('multipart/form-data; boundary=', '');
	expect((await bytesOf(form)).toString()).toBe(
		[
			`--${boundary}`,
			'Content-Disposition: form-data; name="data"',
			'Content-Type: application/json',
			'',
			'{"startDate":"2024-10-24","temporalUnit":"MONTH","termValue":1,"reasonId":1}',
			`--${boundary}`,
			'Content-Disposition: form-data; name="document"; filename="file"',
			'Content-Type: application/pdf',
			'',
			'%PDF',
			`--${boundary}--`,
			'',
		].join('\r\n'),
	);
});

test.each([
	['Müller „Vertrag“.pdf', 'Müller „Vertrag“.pdf'],
	['a "quoted" name.pdf', 'a %22quoted%22 name.pdf'],
	['two\r\nlines.pdf', 'two%0D%0Alines.pdf'],
	['a\nbreak.pdf', 'a%0D%0Abreak.pdf'],
	['100 % \\ ; name.pdf', '100 % \\ ; name.pdf'],
])('writes the name %j as browsers do', async (fileName, written) => {
	const form = idlePeriod(fileName, Buffer.from('x'));
	expect((await bytesOf(form)).toString()).toContain(`; filename="${written}"\r\n`);
	const file = (await parse(form)).get('document');
	expect(file).toBeInstanceOf(Blob);
});

test('keeps every byte, even line breaks and text that looks like a boundary', async () => {
	const content = Buffer.concat([
		Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256)),
		Buffer.from('\r\n------PerfectGymNext--\r\n'),
	]);
	const form = await parse(idlePeriod('a.pdf', content));
	const file = form.get('document') as File;
	expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
	expect([file.name, file.type]).toEqual(['a.pdf', 'application/pdf']);
});

test('has the same bytes each time it is read', async () => {
	const form = idlePeriod('a.pdf', Buffer.from('%PDF'));
	expect(await bytesOf(form)).toEqual(await bytesOf(form));
});

test('has a new boundary in each form', () => {
	const forms = Array.from({ length: 20 }, () => formOf([]));
	expect(new Set(forms.map(({ contentType }) => contentType)).size).toBe(20);
});
