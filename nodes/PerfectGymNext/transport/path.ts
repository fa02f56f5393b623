/** Fills the ids into a path of the API. */

const PLACE = /\{(\w+)\}/g;

/** The names of the places in a path, in order: `['customerId']` for `/v1/customers/{customerId}`. */
export function placesOf(template: string): string[] {
	return [...template.matchAll(PLACE)].map(([, name]) => name);
}

/** @returns the name of the place that a value consists of, if it is one: `'{customerId}'` */
export function placeIn(value: unknown): string | undefined {
	const [place] = typeof value === 'string' ? value.matchAll(PLACE) : [];
	return place?.[0] === value ? place[1] : undefined;
}

/**
 * Fills each place with its value, encoded as one segment, so that an id such as `../x` or `1/2`
 * cannot lead to another path.
 *
 * @param valueOf gives the value of a place by its name; it throws when there is none
 * @throws {RangeError} for a value that is empty, `.` or `..`: no encoding keeps the last two apart
 *   from a step in the path
 */
export function fillPath(template: string, valueOf: (name: string) => string): string {
	return template.replace(PLACE, (_place, name: string) => {
		const value = valueOf(name);
		if (value === '' || value === '.' || value === '..') throw new RangeError(name);
		return encodeURIComponent(value);
	});
}
