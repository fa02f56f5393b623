import type { IDataObject, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { runNode } from './harness.cts';

afterEach(() => {
	nock.cleanAll();
	jest.restoreAllMocks();
});
afterAll(() => nock.restore());

/** Runs the operation. @returns what it sent, and the message when it failed */
async function attempt(parameters: INodeParameters) {
	nock.cleanAll();
	const sent = catchRequests({});
	let message: string | undefined;
	try {
		await runNode({ parameters: { resource: 'finance', ...parameters } });
	} catch (error) {
		message = error instanceof Error ? error.message : String(error);
	}
	return { sent, message };
}

describe('an export for the tax advisor', () => {
	const exported = (exportFromDate: string, exportToDate: string) => ({
		operation: 'createExport',
		exportFromDate,
		exportToDate,
		exportFormat: 'SINGLE',
		exportFileFormat: 'CSV',
	});

	test.each([
		['2026-03-02', '2026-03-01', '"To" is before "From"'],
		['2026-01-01', '2026-04-02', /^"From" and "To" are 91 days apart.* at most 90/],
		['2026-05-01', '2999-01-01', /^"From" and "To" are/],
	])('from %s to %s is refused before anything is sent', async (from, to, wanted) => {
		const { sent, message } = await attempt(exported(from, to));
		expect(message).toMatch(wanted);
		expect(sent).toEqual([]);
	});

	test.each([
		['2026-06-09', true],
		['2026-06-10', false],
		['2026-06-11', false],
	])('up to %s is sent only when that day is over somewhere in the world', async (to, isSent) => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-06-10T09:00:00Z'));
		const { sent, message } = await attempt(exported('2026-06-01', to));
		expect(message).toBe(isSent ? undefined : '"To" must be yesterday or earlier');
		expect(sent).toHaveLength(isSent ? 1 : 0);
	});

	test('of exactly 90 days is sent', async () => {
		const { sent } = await attempt(exported('2026-01-01', '2026-04-01'));
		expect(sent.map(({ body }) => body)).toEqual([
			{
				fromDate: '2026-01-01',
				toDate: '2026-04-01',
				exportFormat: 'SINGLE',
				exportFileFormat: 'CSV',
			},
		]);
	});
});

test.each([
	['debtorId', 'Debtor IDs'],
	['collectionCaseId', 'Case IDs'],
	['agencyCollectionCaseId', 'Agency Case IDs'],
])('more than 50 IDs as %s are refused by name, and 50 are sent', async (name, displayName) => {
	const cases = (count: number) => ({
		operation: 'getDebtCollectionCases',
		debtCollectionCaseFilters: { [name]: [Array.from({ length: count }, (_, i) => i).join(', ')] },
	});
	const refused = await attempt(cases(51));
	expect(refused.message).toMatch(new RegExp(`^"${displayName}" has 51 IDs, .* at most 50`));
	expect(refused.sent).toEqual([]);
	const { sent } = await attempt(cases(50));
	expect(sent.map(({ query }) => query[name]?.length)).toEqual([50]);
});

describe('an update of debt collection', () => {
	const update = (closure: IDataObject) => ({
		operation: 'updateDebtCollection',
		debtCollectionRequestId: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		debtCollectionDebtors: {
			debtor: [
				{
					debtorId: '2334545',
					agencyCollectionCases: {
						case: [
							{
								agencyCollectionCaseId: 'A-1',
								collectionCaseIds: ['c1, c2'],
								closure: { details: { date: '2026-03-01', ...closure } },
								debts: {
									debt: [
										{
											debtId: 'd1',
											originalAmount: 100,
											canceledAmount: 0,
											paidAmount: 99.5,
											currency: 'EUR',
											block: { details: { limitType: 'LIMITED', endDate: '2027-01-01' } },
										},
									],
								},
							},
						],
					},
				},
			],
		},
	});

	function closureIn(body: unknown): unknown {
		const { debtors } = body as { debtors: Array<{ agencyCollectionCases: IDataObject[] }> };
		return debtors[0].agencyCollectionCases[0].closure;
	}

	test('sends debtors, cases and debts in the form that the API requires', async () => {
		const { sent } = await attempt(update({ type: 'NEGATIVE', closureReason: 'Unknown address' }));
		expect(sent.map(({ body }) => body)).toEqual([
			{
				requestId: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
				debtors: [
					{
						debtorId: '2334545',
						agencyCollectionCases: [
							{
								agencyCollectionCaseId: 'A-1',
								collectionCaseIds: ['c1', 'c2'],
								closure: { closureReason: 'Unknown address', date: '2026-03-01', type: 'NEGATIVE' },
								debts: [
									{
										block: { limitType: 'LIMITED', endDate: '2027-01-01' },
										canceledAmount: 0,
										currency: 'EUR',
										debtId: 'd1',
										originalAmount: 100,
										paidAmount: 99.5,
									},
								],
							},
						],
					},
				],
			},
		]);
	});

	test.each(['REJECTION', "={{ 'REJECTION' }}"])(
		'sends a reason for a rejection: %s',
		async (type) => {
			const { sent } = await attempt(update({ type, rejectionReason: 'FRAUD' }));
			expect(closureIn(sent[0].body)).toMatchObject({
				type: 'REJECTION',
				rejectionReason: 'FRAUD',
			});
		},
	);

	test.each(['POSITIVE', "={{ 'POSITIVE' }}"])(
		'sends no reason for another outcome: %s',
		async (type) => {
			const { sent } = await attempt(update({ type, rejectionReason: 'FRAUD' }));
			expect(closureIn(sent[0].body)).toEqual({ type: 'POSITIVE', date: '2026-03-01' });
		},
	);

	test('without a case is refused by name', async () => {
		const parameters = update({ type: 'POSITIVE' });
		const debtCollectionDebtors = { debtor: [{ debtorId: '1', agencyCollectionCases: {} }] };
		const { sent, message } = await attempt({ ...parameters, debtCollectionDebtors });
		expect(message).toBe('"Cases" is missing');
		expect(sent).toEqual([]);
	});
});
