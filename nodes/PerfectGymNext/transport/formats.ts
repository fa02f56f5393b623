/** Checks values in a format that the contract names, before they are sent. */

import { UserInputError } from './errors';
import { isObject, shown } from './serialize';

/** The format of a property; `text` is a place in the path that does not take an ID. */
export type Format = 'country' | 'currency' | 'email' | 'language' | 'text' | 'uuid';

/** By path in query or body, such as `debtors[].currency`, or by the name of a place in the path. */
export type Formats = Readonly<Record<string, Format>>;

interface Rule {
	/** What the value must be, for messages. */
	expected: string;
	/** @returns the value as the API takes it, or undefined when it does not have the format */
	read(text: string): string | undefined;
}

/** Longer than any value of these formats: an email address has at most 254 characters. */
const MAX_LENGTH = 254;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The parts of an address, without blanks and control characters; the domain has a dot. */
const EMAIL = /^[^\s@\p{Cc}]{1,64}@[^\s@.\p{Cc}]+(?:\.[^\s@.\p{Cc}]+)+$/u;

const rules: Readonly<Record<Exclude<Format, 'text'>, Rule>> = {
	country: {
		expected: 'a two-letter country code (ISO 3166-1) such as DE',
		read: (text) => code(/^[A-Z]{2}$/, text.toUpperCase(), 'region'),
	},
	currency: {
		expected: 'a three-letter currency code (ISO 4217) such as EUR',
		read: (text) => code(/^[A-Z]{3}$/, text.toUpperCase(), 'currency'),
	},
	email: {
		expected: 'an email address such as name@email.com',
		read: (text) => (EMAIL.test(text) ? text : undefined),
	},
	language: {
		expected: 'a two-letter language code (ISO 639-1) such as de',
		read: (text) => code(/^[a-z]{2}$/, text.toLowerCase(), 'language'),
	},
	uuid: {
		expected: 'a UUID such as 095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		read: (text) => (UUID.test(text) ? text : undefined),
	},
};

/**
 * @param formats of the operation
 * @param sent the query, or the body
 * @param nameOf returns how the user sees the property at a path
 * @param isFixed whether the values go out as they are; letters of codes are otherwise corrected
 * @throws {UserInputError} for text that does not have its format
 */
export function checkFormats(
	formats: Formats,
	sent: unknown,
	nameOf: (path: string) => string,
	isFixed = false,
): void {
	for (const [path, format] of Object.entries(formats)) {
		if (format === 'text') continue;
		const { expected, read } = rules[format];
		visit(sent, path.split('.'), (text) => {
			const value = text.length <= MAX_LENGTH ? read(text) : undefined;
			if (value !== undefined) return isFixed ? text : value;
			throw new UserInputError(`"${nameOf(path)}" must be ${expected}, but it is "${shown(text)}"`);
		});
	}
}

/** Replaces the texts at a path. Other values are left to the API. */
function visit(object: unknown, [step, ...rest]: string[], replace: (text: string) => string) {
	const name = step.replace('[]', '');
	// A body that is a list begins with `[]`.
	if (name === '') {
		if (Array.isArray(object)) object.forEach((entry) => visit(entry, rest, replace));
		return;
	}
	if (!isObject(object) || !Object.hasOwn(object, name)) return;
	const value = object[name];
	if (Array.isArray(value)) {
		for (const [index, entry] of value.entries()) {
			if (rest.length > 0) visit(entry, rest, replace);
			else if (typeof entry === 'string') value[index] = replace(entry);
		}
	} else if (rest.length > 0) {
		visit(value, rest, replace);
	} else if (typeof value === 'string') {
		object[name] = replace(value);
	}
}

/** @returns the code when it has its form and is known to Unicode's data, where Node has that data */
function code(
	form: RegExp,
	text: string,
	type: 'currency' | 'language' | 'region',
): string | undefined {
	if (!form.test(text)) return undefined;
	const names = new Intl.DisplayNames(['en'], { type, fallback: 'none' });
	const example = { currency: 'EUR', language: 'de', region: 'DE' }[type];
	const isKnown = names.of(text) !== undefined || names.of(example) === undefined;
	return isKnown ? text : undefined;
}
