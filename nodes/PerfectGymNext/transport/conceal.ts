/** Hides the API key in text from outside, which may repeat the request. */

const MASK = '***';
/** A shorter part of a key says too little to be hidden, and could be an ordinary word. */
const MIN_PART_LENGTH = 8;
/** In base64, three bytes become four characters, so a key looks different at each of three offsets. */
const BASE64_OFFSETS = [0, 1, 2];

/**
 * Call it before the text is cut, since a cut could leave the beginning of the key. The time is
 * proportional to the length of the text: cut it to a bounded length that is far beyond what is shown.
 *
 * @param apiKey without it, nothing is hidden
 * @returns the text without the key, and without parts of it from 8 characters on; also not
 *   percent-encoded, escaped in JSON or HTML, or in base64
 */
export function conceal(text: string, apiKey: string): string {
	if (apiKey === '') return text;
	const length = Math.min(MIN_PART_LENGTH, apiKey.length);
	const parts = partsOf(apiKey, length);
	const pieces: string[] = [];
	let shownFrom = 0;
	for (let at = 0; at + length <= text.length; at++) {
		if (!parts.has(text.slice(at, at + length))) continue;
		// A part that overlaps or follows the last one extends it.
		if (at > shownFrom || pieces.length === 0) pieces.push(text.slice(shownFrom, at), MASK);
		shownFrom = at + length;
	}
	return pieces.join('') + text.slice(shownFrom);
}

/** All parts of the given length of the key, in every form. */
function partsOf(apiKey: string, length: number): Set<string> {
	const parts = new Set<string>();
	for (const form of formsOf(apiKey)) {
		for (let at = 0; at + length <= form.length; at++) parts.add(form.slice(at, at + length));
	}
	return parts;
}

function formsOf(apiKey: string): string[] {
	const bytes = Buffer.from(apiKey);
	const percentEncoded = [...bytes]
		.map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
		.join('');
	const base64 = BASE64_OFFSETS.map((offset) => base64At(bytes, offset));
	return [
		apiKey,
		apiKey.toLowerCase(),
		apiKey.toUpperCase(),
		// Half of a surrogate pair cannot be encoded; `bytes` have a replacement for it.
		encodeURIComponent(bytes.toString()),
		percentEncoded,
		percentEncoded.toUpperCase(),
		JSON.stringify(apiKey).slice(1, -1),
		escapeHtml(apiKey),
		...base64,
		...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
	].filter((form) => form.length >= Math.min(MIN_PART_LENGTH, apiKey.length));
}

/** The characters of base64 that depend on the key alone, when `offset` other bytes come before it. */
function base64At(bytes: Buffer, offset: number): string {
	const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
	const first = offset === 0 ? 0 : offset + 1;
	const last = Math.floor(((offset + bytes.length) * 8) / 6);
	return text.slice(first, last);
}

function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
