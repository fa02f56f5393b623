import type { Call, Handlers } from '../call.cts';
import { chunkByIndex } from '../chunks.cts';
import { operationById } from '../contract.cts';
import { conflict, invalid } from '../errors.cts';
import { asRecord } from '../json.cts';
import { firstName, lastName } from '../names.cts';
import type { DebtCollectionUpdate, TaxExport } from '../records.cts';
import { randomFrom, uuid } from '../random.cts';
import { sample, samples } from '../sample.cts';
import { sampleHandler } from './other.cts';

/** More than one chunk at the largest slice size, 50. */
const DEBTORS = 53;
const FIRST_DEBTOR = 2_300_000;

const contentTypes: Readonly<Record<TaxExport['exportFileFormat'], string>> = {
	CSV: 'text/csv',
	JSON: 'application/json',
	XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A debtor with one case of two debts. All ids are unique. */
function debtor(record: unknown, run: number, i: number): unknown {
	const random = randomFrom(`${run} ${i}`);
	const names = randomFrom(`name ${run} ${i}`);
	const amounts = [19.9 + i, 5];
	return {
		...asRecord(record),
		debtorId: String(FIRST_DEBTOR + i),
		firstName: firstName(names),
		lastName: i % 2 === 0 ? `${lastName(names)}, "Ü"` : lastName(names),
		collectionCases: [
			{
				collectionCaseId: uuid(random),
				openAmount: amounts[0] + amounts[1],
				debt: amounts.map((amount, k) => ({
					debtId: uuid(random),
					debtDate: '2026-01-15',
					amount,
					currency: 'EUR',
					type: k === 0 ? 'PRINCIPAL_CLAIM' : 'DUNNING_FEE',
					recurrence: { period: k === 0 ? 'MONTH' : 'ONCE' },
					designation: k === 0 ? 'Fee of January' : 'Reminder',
				})),
			},
		],
	};
}

function debtors(call: Call): unknown {
	const run = call.id('debtCollectionRunId');
	const item = operationById('getDebtors').chunk?.item ?? {};
	const records = samples(item, `debtors ${run}`, DEBTORS, 0).map((record, i) =>
		debtor(record, run, i),
	);
	return chunkByIndex(records, call.text('offset'), call.id('sliceSize'));
}

function idsOf(call: Call, name: string): string[] {
	const value = call.query[name];
	return Array.isArray(value) ? value.map(String) : [];
}

/** The reported cases that match the query; sample cases before the first report. */
function cases(call: Call): unknown {
	const reported = [...call.studio.books.reportedDebtors.values()];
	if (reported.length === 0 || call.text('caseAdjustmentRequestId') !== undefined) {
		return sampleHandler(call);
	}
	const wantedIds = {
		debtor: idsOf(call, 'debtorId'),
		case: idsOf(call, 'collectionCaseId'),
		agency: idsOf(call, 'agencyCollectionCaseId'),
	};
	const fits = (wanted: string[], ids: string[]) =>
		wanted.length === 0 || ids.some((id) => wanted.includes(id));
	return reported.filter(
		({ debtorId, agencyCollectionCases: all }) =>
			fits(wantedIds.debtor, [debtorId]) &&
			fits(
				wantedIds.case,
				all.flatMap(({ collectionCaseIds }) => collectionCaseIds),
			) &&
			fits(
				wantedIds.agency,
				all.map(({ agencyCollectionCaseId }) => agencyCollectionCaseId),
			),
	);
}

/** The file of an export, the same for the same dates. */
function contentOf({ fromDate, toDate, exportFileFormat }: TaxExport): string {
	const bookings = [
		{ date: fromDate, account: '8400', amount: '19.90' },
		{ date: toDate, account: '8400', amount: '49.00' },
	];
	if (exportFileFormat === 'JSON') return JSON.stringify(bookings);
	const rows = bookings.map((booking) => Object.values(booking).join(';'));
	return ['date;account;amount', ...rows, ''].join('\n');
}

/** Handlers for debt collection and tax advisor exports. */
export const financeHandlers: Handlers = {
	getDebtors: debtors,
	getTransferDetails(call) {
		const run = call.id('debtCollectionRunId');
		const isConfirmed = call.studio.books.confirmedRuns.has(run);
		return sample(call.operation.answer ?? {}, `transfer ${run}`, {
			known: { status: isConfirmed ? 'COMPLETED' : 'WAITING_FOR_CONFIRMATION' },
		});
	},
	confirmTransfer(call) {
		const run = call.id('debtCollectionRunId');
		const { confirmedRuns } = call.studio.books;
		if (confirmedRuns.has(run)) throw conflict('The transfer does not wait for confirmation');
		confirmedRuns.add(run);
	},
	updateDebtCollection(call) {
		const { debtors: reported } = call.input<DebtCollectionUpdate>();
		for (const one of reported) call.studio.books.reportedDebtors.set(one.debtorId, one);
	},
	getDebtCollectionCases: cases,
	createExport(call) {
		const input = call.input<TaxExport>();
		if (input.toDate < input.fromDate) throw invalid('toDate lies before fromDate', 'toDate');
		const exportId = call.studio.newId();
		const content = Buffer.from(contentOf(input));
		const contentType = contentTypes[input.exportFileFormat];
		call.studio.books.exports.set(exportId, input);
		call.world.files.set(`exports/${exportId}`, { contentType, content });
		return { exportId };
	},
	getExport(call) {
		const exportId = call.id('exportId');
		const created = call.studio.books.exports.get(exportId);
		if (created === undefined) return sampleHandler(call);
		return { ...created, downloadUrl: `${call.world.filesUrl}/exports/${exportId}` };
	},
};
