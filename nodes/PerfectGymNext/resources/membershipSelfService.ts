import type { INodeProperties } from 'n8n-workflow';

import { sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const membershipSelfServiceOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['membershipSelfService'] } },
		options: [
			{
				name: 'Create Contract Cancelation Amendment',
				value: 'createContractCancelationAmendment',
				action: 'Create contract cancelation amendment',
				description: 'TODO createContractCancelationAmendment',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{customerId}/self-service/ordinary-contract-cancelation',
					},
				},
			},
			{
				name: 'Create Contract Withdrawal Amendment',
				value: 'createContractWithdrawalAmendment',
				action: 'Create contract withdrawal amendment',
				description: 'TODO createContractWithdrawalAmendment',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{customerId}/self-service/contract-withdrawal/{contractId}',
					},
				},
			},
			{
				name: 'Create Module Contract Cancelation Amendment',
				value: 'createModuleContractCancelationAmendment',
				action: 'Create module contract cancelation amendment',
				description: 'TODO createModuleContractCancelationAmendment',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}/ordinary-cancelation',
					},
				},
			},
			{
				name: 'Get Additional Module Contract',
				value: 'getAdditionalModuleContract',
				action: 'Get additional module contract',
				description: 'TODO getAdditionalModuleContract',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}',
					},
				},
			},
			{
				name: 'Get Additional Modules',
				value: 'getAdditionalModules',
				action: 'Get additional modules',
				description: 'TODO getAdditionalModules',
				routing: {
					request: { method: 'GET', url: '/v1/memberships/self-service/additional-modules' },
				},
			},
			{
				name: 'Get Contract Cancelation Reason Data',
				value: 'getContractCancelationReasonData',
				action: 'Get contract cancelation reason data',
				description: 'TODO getContractCancelationReasonData',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/self-service/contract-cancelation-reasons',
					},
				},
			},
			{
				name: 'Get Contract Data',
				value: 'getContractData',
				action: 'Get contract data',
				description: 'TODO getContractData',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{customerId}/self-service/contract-data',
					},
				},
			},
			{
				name: 'Get Idle Period By Id',
				value: 'getIdlePeriodById',
				action: 'Get idle period by id',
				description: 'TODO getIdlePeriodById',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}',
					},
				},
			},
			{
				name: 'Get Idle Period Config',
				value: 'getIdlePeriodConfig',
				action: 'Get idle period config',
				description: 'TODO getIdlePeriodConfig',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{contractId}/self-service/idle-periods/config',
					},
				},
			},
			{
				name: 'Get Idle Periods',
				value: 'getIdlePeriods',
				action: 'Get idle periods',
				description: 'TODO getIdlePeriods',
				routing: {
					request: { method: 'GET', url: '/v1/memberships/{contractId}/self-service/idle-periods' },
				},
			},
			{
				name: 'Get Purchasable Additional Modules',
				value: 'getPurchasableAdditionalModules',
				action: 'Get purchasable additional modules',
				description: 'TODO getPurchasableAdditionalModules',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{contractId}/self-service/additional-modules/purchasable',
					},
				},
			},
			{
				name: 'Get Remaining Idle Periods',
				value: 'getRemainingIdlePeriods',
				action: 'Get remaining idle periods',
				description: 'TODO getRemainingIdlePeriods',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{contractId}/self-service/idle-periods/remaining',
					},
				},
			},
			{
				name: 'Idle Period Update Preview',
				value: 'idlePeriodUpdatePreview',
				action: 'Idle period update preview',
				description: 'TODO idlePeriodUpdatePreview',
				routing: {
					request: {
						method: 'PUT',
						url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}/preview',
					},
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Purchase Additional Module Contract',
				value: 'purchaseAdditionalModuleContract',
				action: 'Purchase additional module contract',
				description: 'TODO purchaseAdditionalModuleContract',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{contractId}/self-service/additional-modules/purchase',
					},
				},
			},
			{
				name: 'Validate Additional Module Contract Request',
				value: 'validateAdditionalModuleContractRequest',
				action: 'Validate additional module contract request',
				description: 'TODO validateAdditionalModuleContractRequest',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{contractId}/self-service/additional-modules/validate',
					},
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Validate Idle Period Request',
				value: 'validateIdlePeriodRequest',
				action: 'Validate idle period request',
				description: 'TODO validateIdlePeriodRequest',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{contractId}/self-service/idle-periods/validate',
					},
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Withdraw Additional Module Contract Cancelation',
				value: 'withdrawAdditionalModuleContractCancelation',
				action: 'Withdraw additional module contract cancelation',
				description: 'TODO withdrawAdditionalModuleContractCancelation',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}/withdraw-cancelation',
					},
				},
			},
			{
				name: 'Withdraw Contract Cancelation',
				value: 'withdrawContractCancelation',
				action: 'Withdraw contract cancelation',
				description: 'TODO withdrawContractCancelation',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{customerId}/self-service/withdraw-ordinary-contract-cancelation/{contractId}',
					},
				},
			},
			{
				name: 'Withdraw Idle Period',
				value: 'withdrawIdlePeriod',
				action: 'Withdraw idle period',
				description: 'TODO withdrawIdlePeriod',
				routing: {
					request: {
						method: 'DELETE',
						url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}',
					},
				},
			},
		],
		default: 'createContractCancelationAmendment',
	},
];

export const membershipSelfServiceFields: INodeProperties[] = [];

export const membershipSelfServiceChecks: Readonly<Record<string, Check>> = {};
