/** What an operation declares about its requests, beyond method, path and parameters. */

/** How the requests of an operation differ from one request with one answer. */
export interface RequestPlan {
	/** The operation only reads although it is not a GET, so that it may be repeated. */
	isRead?: boolean;
	/** The list comes in chunks of these sizes. */
	sliceSizes?: SliceSizes;
	/** The list is read in several ranges where it spans more days than the API returns at once. */
	dateRanges?: DateRanges;
	/** The contract does not describe the body: the user enters it as JSON. */
	takesJson?: boolean;
	/** The user enters method, path, query and body. */
	isCustom?: boolean;
	/** The body is multipart, with a file. */
	file?: FilePlan;
	/** The API replaces a whole list: entries that the body does not name are read first, and kept. */
	merge?: MergePlan;
}

/** How a body is completed, since the API replaces what is not in it. */
export interface MergePlan {
	/** The operation that sends the same request without reading first. */
	replaces: string;
	/** The operation whose record has the list. It takes its IDs from the same path. */
	read: string;
	/** The list's property in the record. */
	list: string;
	/** The property that tells one entry from another. */
	key: string;
}

/** @returns whether an operation changes nothing, so that it may be repeated */
export function isRead(method: string | undefined, plan: RequestPlan | undefined): boolean {
	return method === 'GET' || plan?.isRead === true;
}

/** The sizes of a chunk (`sliceSize`) that an operation allows, in records. */
export interface SliceSizes {
	min: number;
	max: number;
}

/** The days between which an operation reads, and what it allows. */
export interface DateRanges {
	/** The query parameter of the first day, `YYYY-MM-DD`. */
	from: string;
	/** The query parameter of the last day, `YYYY-MM-DD`. */
	to: string;
	/** The largest number of days between the two. */
	days: number;
	/** The field that tells one record from another. */
	id: string;
}

/** The parts of a multipart body. */
export interface FilePlan {
	/** The name of the part that holds the file. */
	part: string;
	/** The media types that the operation takes; any when left out. */
	types?: readonly string[];
	/** The operation also works without a file. */
	optional?: boolean;
	/** The name of the part that holds the fields, as JSON. */
	jsonPart?: string;
}
