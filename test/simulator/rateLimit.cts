/** So many requests per window, for each key and operation. */
export interface Limits {
	requests: number;
	windowMs: number;
}

/** The vendor's documented limit. */
export const defaultLimits: Limits = { requests: 1000, windowMs: 60_000 };

/** Counts requests per key and operation in windows that begin with the first request. */
export class RateLimit {
	private windows = new Map<string, { startedAt: number; count: number }>();
	private limits: Limits;

	constructor(limits: Limits) {
		this.limits = limits;
	}

	/** Sets other limits and starts counting anew. */
	set(limits: Limits): void {
		this.limits = limits;
		this.windows.clear();
	}

	/** Counts one request; false when it is beyond the limit. */
	allows(key: string, operationId: string, now: number): boolean {
		const name = `${key} ${operationId}`;
		let window = this.windows.get(name);
		if (window === undefined || now - window.startedAt >= this.limits.windowMs) {
			window = { startedAt: now, count: 0 };
			this.windows.set(name, window);
		}
		window.count += 1;
		return window.count <= this.limits.requests;
	}
}
