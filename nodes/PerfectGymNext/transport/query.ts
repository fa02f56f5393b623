/** Checks that a query fits into the address of a request. */

import type { IDataObject } from 'n8n-workflow';

import { UserInputError } from './errors';
import { refuseHalfCharacter } from './serialize';

/**
 * In characters, encoded. Servers and load balancers take an address of 8,000 to 16,000 characters (AWS
 * Elastic Load Balancing 16 K, Tomcat and CloudFront 8 K), and a longer one would hold n8n up.
 */
const MAX_LENGTH = 16_000;

/**
 * @param nameOf returns how the user sees a property of the query
 * @throws {UserInputError} that names the property with the text that does not fit
 */
export function checkQuery(query: IDataObject, nameOf: (property: string) => string): void {
	let length = 0;
	for (const [property, value] of Object.entries(query)) {
		for (const entry of Array.isArray(value) ? value : [value]) {
			length += encodedLength(String(entry), nameOf(property));
			if (length > MAX_LENGTH) throw tooLong(nameOf(property));
		}
	}
}

function encodedLength(text: string, name: string): number {
	// Encoded, it is not shorter.
	if (text.length > MAX_LENGTH) return text.length;
	refuseHalfCharacter(name, text);
	return encodeURIComponent(text).length;
}

function tooLong(name: string): UserInputError {
	return new UserInputError(
		`"${name}" is too long: an address takes at most ${MAX_LENGTH} characters`,
		'Send fewer values at a time.',
	);
}
