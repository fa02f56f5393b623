import type { OperationParameter } from '../../transport/operations';
import { optionalDocumentUpload, readOnly, undescribedBody } from '../plans';

/** The operations with which members manage their contracts: idle periods, modules, cancellations. */
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
				"Request the end of a contract's module on a given day. The studio may have to confirm it.",
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
			description:
				'Request the end of a contract on a given day. The studio may have to confirm it.',
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
			description: 'Freeze a contract for some time. The studio may have to confirm it.',
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
			description: 'Get one module that was added to a contract, with its possible end dates',
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
			description: 'Get all modules that the studio offers in addition to its memberships',
			routing: {
				request: { method: 'GET', url: '/v1/memberships/self-service/additional-modules' },
			},
		},
		{
			name: 'Get Cancellation Reasons',
			value: 'getContractCancelationReasonData',
			action: 'Get the cancellation reasons',
			description: 'Get the possible reasons for a cancellation',
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
			action: 'Get contracts with cancellation dates',
			description: "Get a customer's membership contracts, with their possible end dates",
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
			description: 'Get one idle period, with a link to its document that is valid for 15 minutes',
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
			action: 'Get an idle period configuration',
			description: 'Get when, how long, for which reasons and at what fee a contract can be frozen',
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
			description:
				'Get past, current and upcoming idle periods, including those that the studio must still confirm',
			routing: {
				request: { method: 'GET', url: '/v1/memberships/{contractId}/self-service/idle-periods' },
			},
		},
		{
			name: 'Get Purchasable Additional Modules',
			value: 'getPurchasableAdditionalModules',
			action: 'Get the additional modules for a contract',
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
			action: 'Get remaining idle periods',
			description:
				'Get how much longer a contract can be frozen, and how much of that is free of charge',
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
			action: 'Preview an idle period update',
			description: 'Get what a change of an idle period costs, without changing it',
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
				'Change when, how long or why a contract is frozen. The studio may have to confirm it.',
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
			action: 'Validate an additional module purchase',
			description: 'Check whether a module can be added to a contract, without adding it',
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
			description: 'Check whether a contract can be frozen at that time, without changing it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/idle-periods/validate',
				},
			},
			plan: readOnly,
		},
		{
			name: 'Withdraw Additional Module Cancellation',
			value: 'withdrawAdditionalModuleContractCancelation',
			action: 'Withdraw an additional module cancellation',
			description: 'Take back the cancellation of an additional module',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}/withdraw-cancelation',
				},
			},
		},
		{
			name: 'Withdraw Contract Cancellation',
			value: 'withdrawContractCancelation',
			action: 'Withdraw a contract cancellation',
			description: 'Take back the cancellation of a contract',
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
			description: 'Withdraw an idle period, or the request for one',
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
