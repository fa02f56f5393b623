import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The highest port number. */
export const MAX_PORT = 65_535;

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/**
 * Parses the options of a command and passes them to `read`. With `--help`, it prints `usage` and
 * ends the process.
 * @throws an Error that ends with `usage` when an option is unknown, or `read` throws
 */
export function readOptions<T extends Options, R>(
	usage: string,
	options: T,
	read: (values: Values<T>) => R,
	args = process.argv.slice(2),
): R {
	if (args.includes('--help')) {
		process.stdout.write(`${usage}\n`);
		process.exit(0);
	}
	try {
		return read(parseArgs({ options, args }).values);
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
	}
}

/** The number in the text of an option. @throws when it is not a whole number from `min` to `max` */
export function wholeNumber(name: string, text: string, max: number, min = 1): number {
	const value = Number(text);
	if (/^\d{1,10}$/.test(text) && value >= min && value <= max) return value;
	throw new Error(`--${name} must be a whole number from ${min} to ${max}, not "${text}".`);
}

/** Like `wholeNumber`, for a port that can be left out. */
export function optionalPort(name: string, text: string | undefined): number | undefined {
	return text === undefined ? undefined : wholeNumber(name, text, MAX_PORT);
}
