import type { LoggedPart } from './multipart.cts';

/** A request that the simulator received. */
export interface LoggedRequest {
	method: string;
	/** Path and query as received. */
	url: string;
	/** The path template of the contract; absent when no operation matches. */
	template?: string;
	operationId?: string;
	query: Record<string, string | string[]>;
	/** The studio\'s name with this key; absent when the key is not valid. */
	studio?: string;
	/** All headers except the key. */
	headers: Record<string, string | string[] | undefined>;
	/** The parsed JSON body, if any. */
	body?: unknown;
	/** The parts of a multipart body, without their bytes. */
	parts?: LoggedPart[];
	/** Absent until the request is answered. */
	status?: number;
	/** When the request arrived, in ms. */
	startedAt: number;
	/** The number of requests in flight on arrival, including this one. */
	concurrency: number;
}

/** A request for a linked file. */
export interface LoggedFileRequest {
	/** Path and query as received. */
	url: string;
	/** Whether it had a studio's key, which the file host must not see. */
	hasKey: boolean;
	/** The number of file requests in flight on arrival, including this one. */
	concurrency: number;
}

const LIMIT = 100_000;
/** How many old entries are dropped at once, to avoid shifting the array on every request. */
const TRIM_COUNT = 10_000;

/** The latest requests, oldest first, and the peak number in flight at once. */
export class RequestLog {
	readonly entries: LoggedRequest[] = [];
	peakConcurrency = 0;
	/** The requests for linked files, oldest first. */
	readonly files: LoggedFileRequest[] = [];
	private inFlight = 0;
	private filesInFlight = 0;

	/** Adds a request that begins, and returns its entry with the `concurrency`. */
	begin(request: Omit<LoggedRequest, 'concurrency'>): LoggedRequest {
		this.inFlight += 1;
		this.peakConcurrency = Math.max(this.peakConcurrency, this.inFlight);
		const entry = { ...request, concurrency: this.inFlight };
		if (this.entries.length >= LIMIT) this.entries.splice(0, TRIM_COUNT);
		this.entries.push(entry);
		return entry;
	}

	/** Records the status of the answer; only the first call for an entry counts. */
	end(entry: LoggedRequest, status: number): void {
		if (entry.status !== undefined) return;
		entry.status = status;
		this.inFlight -= 1;
	}

	/** Adds a file request that begins. */
	beginFile(request: Omit<LoggedFileRequest, 'concurrency'>): void {
		this.filesInFlight += 1;
		this.files.push({ ...request, concurrency: this.filesInFlight });
	}

	/** Counts one file request less in flight. */
	endFile(): void {
		this.filesInFlight -= 1;
	}

	/** Removes all entries; requests in flight still count toward the next peak. */
	clear(): void {
		this.entries.length = 0;
		this.files.length = 0;
		this.peakConcurrency = this.inFlight;
	}
}
