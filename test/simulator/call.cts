import type { Operation } from './contract.cts';
import type { Part } from './multipart.cts';
import type { Studio, World } from './state.cts';
import type { Values } from './validation.cts';

/** A request that passed all checks, as handlers see it. */
export class Call {
	constructor(
		readonly operation: Operation,
		/** The studio that the key belongs to. */
		readonly studio: Studio,
		readonly world: World,
		readonly path: Values,
		readonly query: Values,
		private readonly body: unknown,
		/** The binary parts of a multipart body, by name. */
		readonly files: ReadonlyMap<string, Part>,
	) {}

	/** A whole number from the path or the query. */
	id(name: string): number {
		return Number(this.path[name] ?? this.query[name]);
	}

	/** A string from the path or the query; undefined when it is missing. */
	text(name: string): string | undefined {
		const value = this.path[name] ?? this.query[name];
		return value === undefined ? undefined : String(value);
	}

	/** The JSON body, or the JSON part of a multipart body, in the shape of the contract. */
	input<T>(): T {
		// The body was checked against the contract, and T repeats part of it.
		return this.body as T;
	}
}

/** Runs an operation. Returns the JSON of the answer, or undefined for an empty body. */
export type Handler = (call: Call) => unknown;

/** Handlers by operationId. */
export type Handlers = Readonly<Record<string, Handler>>;
