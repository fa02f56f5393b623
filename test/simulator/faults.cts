/** The kinds of fault. */
export const faultKinds = [
	'rateLimit',
	'unavailable',
	'brokenConnection',
	'slow',
	'stuckOffset',
	'shortList',
	'htmlPage',
	'redirect',
	'status',
] as const;

/**
 * A failure to inject into matching requests. Without `operationId`, `method` and `path` it matches
 * every request, including HEAD.
 */
export interface Fault {
	kind: (typeof faultKinds)[number];
	operationId?: string;
	method?: string;
	/** The beginning of the path, e.g. `/v1/customers`. */
	path?: string;
	/** The number of matching requests that pass first. Default: 0. */
	after?: number;
	/** The number of matching requests that fail before the fault is removed. Default: 1. */
	times?: number;
	/** The `Retry-After` header of `rateLimit` and `unavailable`. Default: no header. */
	retryAfter?: number | string;
	/** How long `slow` waits, in ms. Default: 1000. */
	delayMs?: number;
	/** The HTTP status of `status` (default: 500) and `htmlPage` (default: 502). */
	status?: number;
	/** The `Location` header of `redirect`. Default: `/`. */
	location?: string;
}

/** The parts of a request that faults are matched against. */
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

/** The faults that are still to be used. */
export class FaultList {
	private waiting: Array<{ fault: Fault; after: number; times: number }> = [];

	/** Adds a fault to the end of the list. */
	add(fault: Fault): void {
		this.waiting.push({ fault, after: fault.after ?? 0, times: fault.times ?? 1 });
	}

	/** Removes all faults. */
	clear(): void {
		this.waiting = [];
	}

	/** The number of faults that are still to be used. */
	get size(): number {
		return this.waiting.length;
	}

	/** Like {@link take}, but only considers faults that have a path. */
	takeForPath(target: FaultTarget): Fault | undefined {
		return this.take(target, ({ path }) => path !== undefined);
	}

	/** Returns the first fault that applies to the request, and counts it as used. */
	take(target: FaultTarget, isAllowed: (fault: Fault) => boolean = () => true): Fault | undefined {
		for (const entry of this.waiting) {
			if (!isAllowed(entry.fault) || !matches(entry.fault, target)) continue;
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

/** The error page of a proxy in front of an API that is down. */
export const HTML_PAGE =
	'<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head>' +
	'<body><h1>Bad Gateway</h1><p>Sample proxy</p></body></html>\n';
