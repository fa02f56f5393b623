/** A failure told in the user's words, before it is known which item of which node it belongs to. */

/** Wrong input, or an answer that cannot be used; it becomes an n8n error with its item's index. */
export class RequestFault extends Error {
	/** @param advice what the user can do about it */
	constructor(
		message: string,
		readonly advice?: string,
	) {
		super(message);
		this.name = 'RequestFault';
	}
}

/** What an error says, whoever threw it. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
