/** Limits how many tasks run at the same time. */

interface Waiter {
	/** How many tasks may run at the same time, this one included. */
	slots: number;
	start(): void;
}

/** Slots for tasks, given in the order of the calls. */
export class Semaphore {
	private running = 0;

	private waiting: Waiter[] = [];

	/** The index of the next waiter. Removing it from the array would cost as much as there are waiters. */
	private next = 0;

	/** @param slots how many tasks may run at the same time, this one included */
	async acquire(slots: number): Promise<void> {
		if (this.next === this.waiting.length && this.running < slots) {
			this.running++;
			return;
		}
		await new Promise<void>((start) => this.waiting.push({ slots, start }));
	}

	/** Frees a slot and passes it on, so that no later task can take it first. */
	release(): void {
		this.running--;
		while (this.next < this.waiting.length && this.running < this.waiting[this.next].slots) {
			this.running++;
			this.waiting[this.next++].start();
		}
		if (this.next === this.waiting.length) {
			this.waiting = [];
			this.next = 0;
		}
	}
}
