import type { INodeProperties } from 'n8n-workflow';

import { chunksOf50 } from '../transport/request';

import type { Check } from '../transport/declarations';

export const financeOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['finance'] } },
		options: [
			{
				name: 'Confirm Transfer',
				value: 'confirmTransfer',
				action: 'Confirm transfer',
				description: 'TODO confirmTransfer',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/debt-collection/{debtCollectionRunId}/confirmTransfer',
					},
				},
			},
			{
				name: 'Create Export',
				value: 'createExport',
				action: 'Create export',
				description: 'TODO createExport',
				routing: { request: { method: 'POST', url: '/v1/taxadvisor/exports/create' } },
			},
			{
				name: 'Get Debt Collection Blocked Debtors',
				value: 'getDebtCollectionBlockedDebtors',
				action: 'Get debt collection blocked debtors',
				description: 'TODO getDebtCollectionBlockedDebtors',
				routing: {
					request: { method: 'GET', url: '/v1/debt-collection/blocked/debtors' },
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Get Debt Collection Blocked Debts',
				value: 'getDebtCollectionBlockedDebts',
				action: 'Get debt collection blocked debts',
				description: 'TODO getDebtCollectionBlockedDebts',
				routing: {
					request: { method: 'GET', url: '/v1/debt-collection/blocked/debts' },
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Get Debt Collection Cases',
				value: 'getDebtCollectionCases',
				action: 'Get debt collection cases',
				description: 'TODO getDebtCollectionCases',
				routing: { request: { method: 'GET', url: '/v1/debt-collection/cases' } },
			},
			{
				name: 'Get Debt Collection Configuration',
				value: 'getDebtCollectionConfiguration',
				action: 'Get debt collection configuration',
				description: 'TODO getDebtCollectionConfiguration',
				routing: { request: { method: 'GET', url: '/v1/debt-collection/configuration' } },
			},
			{
				name: 'Get Debtors',
				value: 'getDebtors',
				action: 'Get debtors',
				description: 'TODO getDebtors',
				routing: {
					request: { method: 'GET', url: '/v1/debt-collection/{debtCollectionRunId}/debtors' },
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Get Export',
				value: 'getExport',
				action: 'Get export',
				description: 'TODO getExport',
				routing: { request: { method: 'GET', url: '/v1/taxadvisor/exports/{exportId}' } },
			},
			{
				name: 'Get Transfer Details',
				value: 'getTransferDetails',
				action: 'Get transfer details',
				description: 'TODO getTransferDetails',
				routing: {
					request: { method: 'GET', url: '/v1/debt-collection/{debtCollectionRunId}/details' },
				},
			},
			{
				name: 'Update Debt Collection',
				value: 'updateDebtCollection',
				action: 'Update debt collection',
				description: 'TODO updateDebtCollection',
				routing: { request: { method: 'POST', url: '/v1/debt-collection/update' } },
			},
		],
		default: 'confirmTransfer',
	},
];

export const financeFields: INodeProperties[] = [];

export const financeChecks: Readonly<Record<string, Check>> = {};
