/** Lets pieces of work take turns, so many at a time. */

export class Turns {
	private running = 0;

	private readonly waiting: Array<() => void> = [];

	/** Waits for a place, in the order in which it was asked for. @param places how many there are */
	async enter(places: number): Promise<void> {
		if (this.running >= places) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
			return;
		}
		this.running++;
	}

	/** Hands the place on, so that nobody slips in between. */
	leave(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.running--;
	}
}
