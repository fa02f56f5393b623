import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Studio } from '../../test/n8n/studio.cts';

interface Debtor {
	debtorId: string;
	collectionCases: Array<{
		collectionCaseId: string;
		debt: Array<{ debtId: string; amount: number; currency: string }>;
	}>;
}

/** The run that the simulator sends events about. */
const RUN = 1_570_000_003;
const REPORTED = 3;
/** A picture of one pixel. */
const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPj/HwAEAQH/3TyVSQAAAABJRU5ErkJggg==';
const PDF = "%PDF-1.4\n% A doctor's note for the demo\n%%EOF\n";

/**
 * Writes the files that the examples read or ask for into n8n's folder. Leaves files that are there
 * as they are.
 */
export async function writeSampleFiles(folder: string, studio: Studio): Promise<void> {
	const files = {
		'photo.png': Buffer.from(PNG, 'base64'),
		'doctors-note.pdf': Buffer.from(PDF),
		'agency-report.csv': Buffer.from(await agencyReport(studio)),
	};
	for (const [name, content] of Object.entries(files)) {
		const path = join(folder, name);
		if (!existsSync(path)) writeFileSync(path, content);
	}
}

/** A report about the first debtors of a run: the first has paid, the others not yet all. */
async function agencyReport({ baseUrl, apiKey }: Studio): Promise<string> {
	const response = await fetch(`${baseUrl}/v1/debt-collection/${RUN}/debtors?sliceSize=50`, {
		headers: { 'x-api-key': apiKey },
	});
	if (!response.ok) throw new Error(`The simulator's debtors: status ${response.status}`);
	const { result } = (await response.json()) as { result: Debtor[] };
	const header =
		'debtorId,caseId,agencyCaseId,debtId,originalAmount,canceledAmount,paidAmount,currency,closed,closedOn';
	const rows = result.slice(0, REPORTED).flatMap(({ debtorId, collectionCases }, index) =>
		collectionCases.flatMap(({ collectionCaseId, debt }) =>
			debt.map(({ debtId, amount, currency }) => {
				const isPaid = index === 0;
				const closing = isPaid ? ['POSITIVE', '2026-03-31'] : ['', ''];
				return [debtorId, collectionCaseId, `A-${debtorId}`, debtId, amount, 0]
					.concat(isPaid ? amount : 0, currency, closing)
					.join(',');
			}),
		),
	);
	return [header, ...rows, ''].join('\n');
}
