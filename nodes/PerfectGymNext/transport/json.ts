/** Parses JSON and keeps the digits of whole numbers that a JavaScript number would round. */

/** The smallest whole number that a JavaScript number may round has this many digits. */
const ROUNDED_DIGITS = 16;
/** What stands before a number. Digits in a text, such as an IBAN, mostly follow something else. */
const BEFORE_NUMBER = /[\s:,[-]/;
const QUOTE = '"';
const BACKSLASH = '\\';
const MINUS = '-';
const ZERO = 48;
const NINE = 57;

/**
 * @returns the parsed value; a whole number beyond 2^53 is the text of its digits
 * @throws {SyntaxError} for text that is not JSON
 */
export function parseJson(text: string): unknown {
	const value: unknown = JSON.parse(text);
	return mayHoldLongNumber(text) ? JSON.parse(quoteLongNumbers(text)) : value;
}

/**
 * Every answer goes through this, so it looks at one character in 16: a number of 16 digits has one
 * there. A regular expression takes more than twice as long.
 *
 * @returns false when JSON does not hold a whole number beyond 2^53
 */
export function mayHoldLongNumber(json: string): boolean {
	for (let at = ROUNDED_DIGITS - 1; at < json.length; at += ROUNDED_DIGITS) {
		if (!isDigit(json, at)) continue;
		let start = at;
		while (isDigit(json, start - 1)) start--;
		let end = at + 1;
		while (isDigit(json, end)) end++;
		if (end - start >= ROUNDED_DIGITS && BEFORE_NUMBER.test(json[start - 1])) return true;
		// These digits have been looked at.
		at = end - 1;
	}
	return false;
}

/** @returns valid JSON in which whole numbers beyond 2^53 stand in quotation marks */
function quoteLongNumbers(json: string): string {
	const pieces: string[] = [];
	let copied = 0;
	for (let at = 0; at < json.length; ) {
		const start = at;
		if (json[at] === QUOTE) {
			at = endOfText(json, at);
		} else if (json[at] === MINUS || isDigit(json, at)) {
			at = endOfNumber(json, at);
			const number = json.slice(start, at);
			if (isRoundedWhole(number)) {
				pieces.push(json.slice(copied, start), QUOTE, number, QUOTE);
				copied = at;
			}
		} else {
			at++;
		}
	}
	return pieces.join('') + json.slice(copied);
}

/** @param start of the opening quotation mark. @returns the index after the closing one */
function endOfText(json: string, start: number): number {
	for (let at = start + 1; ; at++) {
		if (json[at] === BACKSLASH) at++;
		else if (json[at] === QUOTE) return at + 1;
	}
}

function endOfNumber(json: string, start: number): number {
	let at = start + 1;
	while (isDigit(json, at) || '+-.eE'.includes(json[at] ?? ' ')) at++;
	return at;
}

function isDigit(json: string, at: number): boolean {
	const code = json.charCodeAt(at);
	return code >= ZERO && code <= NINE;
}

function isRoundedWhole(number: string): boolean {
	const isWhole = !['.', 'e', 'E'].some((mark) => number.includes(mark));
	return isWhole && !Number.isSafeInteger(Number(number));
}
