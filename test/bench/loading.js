// Loads node and credential files as n8n does, and prints what that took. Only files of `root` count: the
// libraries are loaded before. Started by editor.cts with one argument, JSON.

const { join } = require('node:path');

const { root, files, libraries } = JSON.parse(process.argv[2]);
for (const library of libraries) require(library);
const known = new Set(Object.keys(require.cache));

const before = process.cpuUsage();
const start = performance.now();
for (const file of files) {
	const [name] = file.split('/').at(-1).split('.');
	const { [name]: Loaded } = require(join(root, file));
	new Loaded();
}
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(before);

const loaded = Object.keys(require.cache).filter((file) => !known.has(file));
process.stdout.write(
	JSON.stringify({
		wallMs,
		cpuMs: (user + system) / 1000,
		own: loaded.filter((file) => file.startsWith(root)).length,
		libraries: loaded.filter((file) => !file.startsWith(root)),
	}),
);
