// Starts api.cts and asks it what it has seen.

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ApiSettings, Seen } from './api.cts';

/** The ID of the first customer of the API. */
export const FIRST_ID = 1_210_000_000;

/** The API of a benchmark, in a process of its own. */
export class Api {
	private constructor(
		private readonly child: ChildProcess,
		private readonly lines: AsyncIterator<string>,
		/** Origin of the API without `/v1`. */
		readonly baseUrl: string,
	) {}

	static async start(settings: ApiSettings): Promise<Api> {
		const args = ['-r', 'tsx/cjs', join(__dirname, 'api.cts'), JSON.stringify(settings)];
		const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
		const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
		const { value: port } = (await lines.next()) as { value: string };
		return new Api(child, lines, `http://127.0.0.1:${port}`);
	}

	/** What was requested since the last call. */
	async seen(): Promise<Seen> {
		this.child.stdin?.write('\n');
		const { value } = (await this.lines.next()) as { value: string };
		return JSON.parse(value) as Seen;
	}

	stop(): void {
		this.child.stdin?.end();
	}
}
