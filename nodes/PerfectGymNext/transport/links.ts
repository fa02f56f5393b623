/** Finds the links to files in a record. */

/** A link to a file, and its position in the record. */
export interface Link {
	/** For example `includedModules[0].imageUrl`. */
	field: string;
	url: string;
	/** The file's name in the record. */
	fileName?: string;
}

const LIST = '[]';

/**
 * @param record a record of an answer
 * @param paths of the fields that can be links, such as `includedModules[].imageUrl`
 * @returns the links that the record has, in the order of the paths
 */
export function linksIn(record: unknown, paths: readonly string[]): Link[] {
	return paths.flatMap((path) => [...follow(record, path.split('.'), '')]);
}

function* follow(value: unknown, [step, ...rest]: string[], at: string): Generator<Link> {
	if (typeof value !== 'object' || value === null) return;
	const isList = step.endsWith(LIST);
	const name = isList ? step.slice(0, -LIST.length) : step;
	const inner = get(value, name);
	const field = at === '' ? name : `${at}.${name}`;
	if (isList) {
		if (!Array.isArray(inner)) return;
		for (const [index, entry] of inner.entries()) {
			yield* follow(entry, rest, `${field}[${index}]`);
		}
	} else if (rest.length > 0) {
		yield* follow(inner, rest, field);
	} else if (typeof inner === 'string' && inner.trim() !== '') {
		const fileName = get(value, 'fileName');
		yield { field, url: inner.trim(), ...(typeof fileName === 'string' && { fileName }) };
	}
}

function get(object: object, name: string): unknown {
	return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}
