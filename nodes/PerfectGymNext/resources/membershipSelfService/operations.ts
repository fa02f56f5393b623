import type { OperationParameter } from '../../transport/operations';
import { optionalDocumentUpload, readOnly, undescribedBody } from '../plans';

/** The operations with which members manage their contracts: idle periods, modules, cancelations. */
export const membershipSelfServiceOperations: OperationParameter = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['membershipSelfService'] } },
	options: [
		{
			name: 'Cancel Additional Module',
			value: 'createModuleContractCancelationAmendment',
			action: 'Cancel an additional module',
			description:
				'Ask for a module of a contract to end on a day; the studio may have to confirm it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}/ordinary-cancelation',
				},
			},
		},
		{
			name: 'Cancel Contract',
			value: 'createContractCancelationAmendment',
			action: 'Cancel a contract',
			description: 'Ask for a contract to end on a day; the studio may have to confirm it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{customerId}/self-service/ordinary-contract-cancelation',
				},
			},
		},
		{
			name: 'Create Idle Period',
			value: 'createIdlePeriodAmendment',
			action: 'Create an idle period to freeze a contract',
			description: 'Freeze a contract for some time; the studio may have to confirm it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/idle-periods',
				},
			},
			plan: optionalDocumentUpload,
		},
		{
			name: 'Get Additional Module Contract',
			value: 'getAdditionalModuleContract',
			action: 'Get an additional module contract',
			description: 'Get one module that was added to a contract, with the days it can end on',
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
			action: 'Get the additional modules of the studio',
			description: 'Get all modules that the studio offers besides its memberships',
			routing: {
				request: { method: 'GET', url: '/v1/memberships/self-service/additional-modules' },
			},
		},
		{
			name: 'Get Cancelation Reasons',
			value: 'getContractCancelationReasonData',
			action: 'Get the cancelation reasons of the studio',
			description: 'Get the reasons that a cancelation can have',
			routing: {
				request: {
					method: 'GET',
					url: '/v1/memberships/self-service/contract-cancelation-reasons',
				},
			},
		},
		{
			name: 'Get Contracts',
			value: 'getContractData',
			action: 'Get the contracts of a customer for self service',
			description: 'Get the membership contracts of a customer with the days they can end on',
			routing: {
				request: {
					method: 'GET',
					url: '/v1/memberships/{customerId}/self-service/contract-data',
				},
			},
		},
		{
			name: 'Get Idle Period',
			value: 'getIdlePeriodById',
			action: 'Get an idle period',
			description: 'Get one idle period with a link to its document that is valid for 15 minutes',
			routing: {
				request: {
					method: 'GET',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}',
				},
			},
		},
		{
			name: 'Get Idle Period Configuration',
			value: 'getIdlePeriodConfig',
			action: 'Get the idle period configuration of a contract',
			description:
				'Get from when, how long, for which reasons and for which fee a contract may be frozen',
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
			action: 'Get the idle periods of a contract',
			description:
				'Get past, current and upcoming idle periods, also those that wait for the studio',
			routing: {
				request: { method: 'GET', url: '/v1/memberships/{contractId}/self-service/idle-periods' },
			},
		},
		{
			name: 'Get Purchasable Additional Modules',
			value: 'getPurchasableAdditionalModules',
			action: 'Get the additional modules that a contract can have',
			description:
				'Get the modules that can be added to a contract, with their payment frequencies',
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
			action: 'Get the remaining idle periods of a contract',
			description: 'Get for how much longer a contract may be frozen, and how much of it is free',
			routing: {
				request: {
					method: 'GET',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/remaining',
				},
			},
		},
		{
			name: 'Preview Idle Period Update',
			value: 'idlePeriodUpdatePreview',
			action: 'Preview the update of an idle period',
			description: 'Get what the change of an idle period would cost, without changing it',
			routing: {
				request: {
					method: 'PUT',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}/preview',
				},
			},
			plan: readOnly,
		},
		{
			name: 'Purchase Additional Module',
			value: 'purchaseAdditionalModuleContract',
			action: 'Purchase an additional module',
			description: 'Add a module to a contract',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/additional-modules/purchase',
				},
			},
		},
		{
			name: 'Update Idle Period',
			value: 'updateIdlePeriod',
			action: 'Update an idle period',
			description:
				'Change when, how long or why a contract is frozen; the studio may have to confirm it',
			routing: {
				request: {
					method: 'PUT',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}',
				},
			},
			plan: optionalDocumentUpload,
		},
		{
			name: 'Validate Additional Module Purchase',
			value: 'validateAdditionalModuleContractRequest',
			action: 'Validate the purchase of an additional module',
			description: 'Find out whether a module can be added to a contract, without adding it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/additional-modules/validate',
				},
			},
			plan: readOnly,
		},
		{
			name: 'Validate Idle Period',
			value: 'validateIdlePeriodRequest',
			action: 'Validate an idle period',
			description: 'Find out whether a contract may be frozen at that time, without changing it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/validate',
				},
			},
			plan: readOnly,
		},
		{
			name: 'Withdraw Additional Module Cancelation',
			value: 'withdrawAdditionalModuleContractCancelation',
			action: 'Withdraw the cancelation of an additional module',
			description: 'Let a canceled module go on',
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
			action: 'Withdraw the cancelation of a contract',
			description: 'Let a canceled contract go on',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{customerId}/self-service/withdraw-ordinary-contract-cancelation/{contractId}',
				},
			},
		},
		{
			name: 'Withdraw From Contract',
			value: 'createContractWithdrawalAmendment',
			action: 'Withdraw from a contract',
			description:
				'Use the legal right to withdraw from a contract made online or by phone in the last 14 days',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{customerId}/self-service/contract-withdrawal/{contractId}',
				},
			},
			plan: undescribedBody,
		},
		{
			name: 'Withdraw Idle Period',
			value: 'withdrawIdlePeriod',
			action: 'Withdraw an idle period',
			description: 'Take back an idle period, or the request for one',
			routing: {
				request: {
					method: 'DELETE',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/{idlePeriodId}',
				},
			},
		},
	],
	default: 'getContractData',
};
