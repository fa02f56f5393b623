/** The ways in which an answer can go wrong. */
export const faultKinds = [
	'rateLimit',
	'unavailable',
	'brokenConnection',
	'slow',
	'stuckOffset',
	'htmlPage',
	'redirect',
	'status',
] as const;

/**
 * Something that goes wrong with matching requests. Without `operationId`, `method` and `path`
 * every request matches, a HEAD included.
 */
export interface Fault {
	kind: (typeof faultKinds)[number];
	operationId?: string;
	method?: string;
	/** The beginning of the path, e.g. `/v1/customers`. */
	path?: string;
	/** So many matching requests pass first; 0 when left out. */
	after?: number;
	/** So many matching requests are hit, then the fault is gone; 1 when left out. */
	times?: number;
	/** The `Retry-After` header of `rateLimit` and `unavailable`; none when left out. */
	retryAfter?: number | string;
	/** How long `slow` waits; 1000 when left out. */
	delayMs?: number;
	/** The HTTP status of `status` (500 when left out) and `htmlPage` (502 when left out). */
	status?: number;
	/** Where `redirect` leads. */
	location?: string;
}

/** What a fault is matched against. */
export interface FaultTarget {
	method: string;
	/** The path without the query. */
	path: string;
	operationId?: string;
}

function matches(fault: Fault, target: FaultTarget): boolean {
	return (
		(fault.operationId === undefined || fault.operationId === target.operationId) &&
		(fault.method === undefined || fault.method.toUpperCase() === target.method) &&
		(fault.path === undefined || target.path.startsWith(fault.path))
	);
}

/** The faults that are waiting for their requests. */
export class FaultList {
	private waiting: Array<{ fault: Fault; after: number; times: number }> = [];

	/** Adds a fault behind those already there. */
	add(fault: Fault): void {
		this.waiting.push({ fault, after: fault.after ?? 0, times: fault.times ?? 1 });
	}

	/** Forgets all faults. */
	clear(): void {
		this.waiting = [];
	}

	/** How many faults are still waiting. */
	get size(): number {
		return this.waiting.length;
	}

	/** As {@link take}, but only faults that name a path hit. */
	takeForPath(target: FaultTarget): Fault | undefined {
		return this.take(target, ({ path }) => path !== undefined);
	}

	/** The fault that hits this request, counted as used. At most one hits each request. */
	take(target: FaultTarget, mayHit: (fault: Fault) => boolean = () => true): Fault | undefined {
		for (const entry of this.waiting) {
			if (!mayHit(entry.fault) || !matches(entry.fault, target)) continue;
			if (entry.after > 0) {
				entry.after -= 1;
				continue;
			}
			entry.times -= 1;
			if (entry.times <= 0) this.waiting = this.waiting.filter((other) => other !== entry);
			return entry.fault;
		}
		return undefined;
	}
}

/** What a proxy in front of the API shows when the API is away. */
export const HTML_PAGE =
	'<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head>' +
	'<body><h1>Bad Gateway</h1><p>Sample proxy</p></body></html>\n';
