import type { OperationParameter } from '../../transport/operations';
import { chunksOf50 } from '../plans';

/** The operations for collection agencies and tax advisors. */
export const financeOperations: OperationParameter = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['finance'] } },
	options: [
		{
			name: 'Confirm Debt Collection Transfer',
			value: 'confirmTransfer',
			action: 'Confirm a debt collection transfer',
			description: 'Confirm that you have received the debtors and details of a run',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/debt-collection/{debtCollectionRunId}/confirmTransfer',
				},
			},
		},
		{
			name: 'Create Tax Advisor Export',
			value: 'createExport',
			action: 'Create a tax advisor export',
			description:
				'Export the bookings of up to 90 days. An event tells you when the export is ready.',
			routing: { request: { method: 'POST', url: '/v1/taxadvisor/exports/create' } },
		},
		{
			name: 'Get Debt Collection Cases',
			value: 'getDebtCollectionCases',
			action: 'Get debt collection cases',
			description: 'Get the current state of debt collection cases',
			routing: { request: { method: 'GET', url: '/v1/debt-collection/cases' } },
		},
		{
			name: 'Get Debt Collection Configuration',
			value: 'getDebtCollectionConfiguration',
			action: 'Get the debt collection configuration',
			description: 'Get the client of debt collection, and what happens to remaining debts',
			routing: { request: { method: 'GET', url: '/v1/debt-collection/configuration' } },
		},
		{
			name: 'Get Debt Collection Transfer',
			value: 'getTransferDetails',
			action: 'Get a debt collection transfer',
			description: "Get the date, client and status of a run's transfer",
			routing: {
				request: { method: 'GET', url: '/v1/debt-collection/{debtCollectionRunId}/details' },
			},
		},
		{
			name: 'Get Many Blocked Debtors',
			value: 'getDebtCollectionBlockedDebtors',
			action: 'Get many blocked debtors',
			description: 'Get the debtors who are blocked from debt collection',
			routing: { request: { method: 'GET', url: '/v1/debt-collection/blocked/debtors' } },
			plan: chunksOf50,
		},
		{
			name: 'Get Many Blocked Debts',
			value: 'getDebtCollectionBlockedDebts',
			action: 'Get many blocked debts',
			description: 'Get the debts that are blocked from debt collection, by debtor',
			routing: { request: { method: 'GET', url: '/v1/debt-collection/blocked/debts' } },
			plan: chunksOf50,
		},
		{
			name: 'Get Many Debtors',
			value: 'getDebtors',
			action: 'Get many debtors',
			description: 'Get the debtors in a debt collection run, with their debts',
			routing: {
				request: { method: 'GET', url: '/v1/debt-collection/{debtCollectionRunId}/debtors' },
			},
			plan: chunksOf50,
		},
		{
			name: 'Get Tax Advisor Export',
			value: 'getExport',
			action: 'Get a tax advisor export',
			description: 'Get an export, with a link to its file that is valid for 15 minutes',
			routing: { request: { method: 'GET', url: '/v1/taxadvisor/exports/{exportId}' } },
		},
		{
			name: 'Update Debt Collection',
			value: 'updateDebtCollection',
			action: 'Update debt collection',
			description: 'Report the complete current state of cases: payments, closures and blocks',
			routing: { request: { method: 'POST', url: '/v1/debt-collection/update' } },
		},
	],
	default: 'getDebtCollectionConfiguration',
};
