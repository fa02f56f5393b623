// The floor: what a person would write with axios and form-data for the same job. Prints the time of the
// work in ms, without that of loading Node and the libraries.
//
//   node script.js <JSON: { job, baseUrl, key, folder, connectionEach }>

const { createReadStream, createWriteStream, readdirSync } = require('node:fs');
const { Agent } = require('node:http');
const { join } = require('node:path');
const { pipeline } = require('node:stream/promises');
const axios = require('axios');
const FormData = require('form-data');

const { job, baseUrl, key, folder, connectionEach } = JSON.parse(process.argv[2]);
const FIRST_ID = 1_210_000_000;
/** As the node does. */
const DOWNLOADS_AT_ONCE = 4;
const UPLOADS_AT_ONCE = 1;
axios.defaults.httpAgent = new Agent({ keepAlive: !connectionEach });
const client = axios.create({ baseURL: baseUrl, headers: { 'x-api-key': key } });

async function readAll(sliceSize) {
	const records = [];
	for (let offset; ; ) {
		const { data } = await client.get('/v1/customers', { params: { sliceSize, offset } });
		records.push(...data.result);
		if (!data.hasNext) return records;
		offset = data.offset;
	}
}

async function inParallel(values, atOnce, work) {
	const left = [...values.entries()];
	const worker = async () => {
		for (let next = left.shift(); next; next = left.shift()) await work(next[1], next[0]);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return values.length;
}

const jobs = {
	readAll: async () => (await readAll(500)).length,
	upload: async () =>
		await inParallel(readdirSync(folder), UPLOADS_AT_ONCE, async (name, index) => {
			const form = new FormData();
			form.append('file', createReadStream(join(folder, name)), name);
			await client.post(`/v1/customers/${FIRST_ID + index}/documents`, form);
		}),
	download: async () =>
		await inParallel(await readAll(500), DOWNLOADS_AT_ONCE, async ({ id, imageUrl }) => {
			const { data } = await axios.get(imageUrl, { responseType: 'stream' });
			await pipeline(data, createWriteStream(join(folder, String(id))));
		}),
};

const started = performance.now();
// measure.js has put it there.
globalThis.measured(jobs[job]).then((items) => {
	process.stdout.write(JSON.stringify({ wallMs: performance.now() - started, items }));
});
