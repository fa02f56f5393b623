/** Fills the IDs into the placeholders of an API path. */

const PLACEHOLDER = /\{(\w+)\}/g;

/** @returns the placeholders' names in order: `['customerId']` for `/v1/customers/{customerId}` */
export function placesOf(template: string): string[] {
	return [...template.matchAll(PLACEHOLDER)].map(([, name]) => name);
}

/** @returns the placeholder's name when the value is a single one, such as `'{customerId}'` */
export function placeIn(value: unknown): string | undefined {
	const [match] = typeof value === 'string' ? value.matchAll(PLACEHOLDER) : [];
	return match?.[0] === value ? match[1] : undefined;
}

/**
 * Replaces each placeholder with its value, encoded as one segment, so that an ID such as `../x` or
 * `1/2` cannot lead to another path.
 *
 * @param valueOf returns the value for a placeholder's name, or throws when there is none
 * @returns the path
 * @throws {RangeError} for a value that is empty, `.` or `..`: encoding does not change the last two,
 *   and URL parsers resolve them as steps in the path
 */
export function fillPath(template: string, valueOf: (name: string) => string): string {
	return template.replace(PLACEHOLDER, (_match, name: string) => {
		const value = valueOf(name);
		if (value === '' || value === '.' || value === '..') throw new RangeError(name);
		return encodeURIComponent(value);
	});
}
