/** The number of requests per window, for each key and operation. */
export interface Limits {
	requests: number;
	windowMs: number;
}

/** The limit that the vendor documents. */
export const defaultLimits: Limits = { requests: 1000, windowMs: 60_000 };

/** Counts requests per key and operation. A window begins with its first request. */
export class RateLimiter {
	private windows = new Map<string, { startedAt: number; count: number }>();
	private limits: Limits;

	constructor(limits: Limits) {
		this.limits = limits;
	}

	/** Changes the limits and resets all counts. */
	set(limits: Limits): void {
		this.limits = limits;
		this.windows.clear();
	}

	/** Counts a request at `now` (ms); returns false when it exceeds the limit. */
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
