import type { LoggedPart } from './multipart.cts';

/** One request that the simulator got. */
export interface LoggedRequest {
	method: string;
	/** Path and query as they came. */
	url: string;
	/** The path template of the contract; absent when no operation matches. */
	template?: string;
	operationId?: string;
	query: Record<string, string | string[]>;
	/** The studio that the key belongs to; absent when the key was refused. */
	studio?: string;
	/** All headers but the key. */
	headers: Record<string, string | string[] | undefined>;
	/** The parsed JSON body, where there was one. */
	body?: unknown;
	/** The parts of a multipart body. */
	parts?: LoggedPart[];
	/** Absent until it is answered. */
	status?: number;
	/** When it came, in ms. */
	startedAt: number;
	/** How many requests were under way when it came, itself included. */
	concurrency: number;
}

/** One request for a linked file. */
export interface LoggedFileRequest {
	/** Path and query as they came. */
	url: string;
	/** Whether it carried a studio's key, which the link's host must not see. */
	hasKey: boolean;
	/** How many files were under way when it came, itself included. */
	concurrency: number;
}

const LIMIT = 100_000;
/** The oldest go in larger lots, so that a full log does not cost a shift per request. */
const LOT = 10_000;

/** The latest requests, oldest first, and how many were under way at once. */
export class RequestLog {
	readonly entries: LoggedRequest[] = [];
	peakConcurrency = 0;
	/** The requests for files, oldest first. */
	readonly files: LoggedFileRequest[] = [];
	private underWay = 0;
	private filesUnderWay = 0;

	/** Notes a request that begins; its `concurrency` is filled in. */
	begin(request: Omit<LoggedRequest, 'concurrency'>): LoggedRequest {
		this.underWay += 1;
		this.peakConcurrency = Math.max(this.peakConcurrency, this.underWay);
		const entry = { ...request, concurrency: this.underWay };
		if (this.entries.length >= LIMIT) this.entries.splice(0, LOT);
		this.entries.push(entry);
		return entry;
	}

	/** Notes the answer; only the first call for an entry counts. */
	end(entry: LoggedRequest, status: number): void {
		if (entry.status !== undefined) return;
		entry.status = status;
		this.underWay -= 1;
	}

	/** Notes a request for a file that begins. */
	beginFile(request: Omit<LoggedFileRequest, 'concurrency'>): void {
		this.filesUnderWay += 1;
		this.files.push({ ...request, concurrency: this.filesUnderWay });
	}

	endFile(): void {
		this.filesUnderWay -= 1;
	}

	/** Forgets all requests; those under way still count towards the next peak. */
	clear(): void {
		this.entries.length = 0;
		this.files.length = 0;
		this.peakConcurrency = this.underWay;
	}
}
