import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchConfiguredStudios } from './methods/configuredStudios';
import { testStudioKey, testStudioKeys } from './methods/credentialTest';
import { getOutputFields } from './methods/outputFields';
import { bookingLists } from './methods/bookingLists';
import { communicationLists } from './methods/communicationLists';
import { configurationLists } from './methods/configurationLists';
import { contractLists } from './methods/contractLists';
import { customerLists } from './methods/customerLists';
import { membershipLists } from './methods/membershipLists';
import { studioLists } from './methods/studioLists';
import { bookingParameters } from './parameters/booking';
import { membershipParameters } from './parameters/membership';
import { contractParameters } from './parameters/contract';
import { studioParameters } from './parameters/studio';
import { communicationParameters } from './parameters/communication';
import { authenticationParameters, chosenStudioParameters } from './parameters/authentication';
import { bodyParameters } from './parameters/body';
import { configurationParameters } from './parameters/configuration';
import { downloadParameters, uploadParameters } from './parameters/files';
import { customerParameters } from './parameters/customer';
import { identifierParameters } from './parameters/identifier';
import { optionsParameters } from './parameters/options';
import { outputParameters } from './parameters/output';
import { pagingParameters } from './parameters/paging';
import {
	appointmentChecks,
	appointmentFields,
	appointmentOperations,
} from './resources/appointment';
import {
	checkinVoucherChecks,
	checkinVoucherFields,
	checkinVoucherOperations,
} from './resources/checkinVoucher';
import { classChecks, classFields, classOperations } from './resources/class';
import {
	crossStudioChecks,
	crossStudioFields,
	crossStudioOperations,
} from './resources/crossStudio';
import { customerChecks, customerFields, customerOperations } from './resources/customer';
import {
	customerAccountChecks,
	customerAccountFields,
	customerAccountOperations,
} from './resources/customerAccount';
import {
	customerCommunicationChecks,
	customerCommunicationFields,
	customerCommunicationOperations,
} from './resources/customerCommunication';
import {
	customerSelfServiceChecks,
	customerSelfServiceFields,
	customerSelfServiceOperations,
} from './resources/customerSelfService';
import { deviceChecks, deviceFields, deviceOperations } from './resources/device';
import { employeeChecks, employeeFields, employeeOperations } from './resources/employee';
import { financeChecks, financeFields, financeOperations } from './resources/finance';
import { leadChecks, leadFields, leadOperations } from './resources/lead';
import { memberListChecks, memberListFields, memberListOperations } from './resources/memberList';
import { membershipChecks, membershipFields, membershipOperations } from './resources/membership';
import {
	membershipSelfServiceChecks,
	membershipSelfServiceFields,
	membershipSelfServiceOperations,
} from './resources/membershipSelfService';
import {
	onlineOfferChecks,
	onlineOfferFields,
	onlineOfferOperations,
} from './resources/onlineOffer';
import { paymentChecks, paymentFields, paymentOperations } from './resources/payment';
import { studioChecks, studioFields, studioOperations } from './resources/studio';
import { trialOfferChecks, trialOfferFields, trialOfferOperations } from './resources/trialOffer';
import { apiRequestFields, apiRequestOperations } from './resources/apiRequest';
import { answerFields } from './resources/answerFields';
import { answerLinks } from './resources/links';
import { scopes } from './resources/scopes';
import { declare } from './transport/declarations';
import { send } from './transport/request';

export class PerfectGymNext implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PerfectGym Next',
		name: 'perfectGymNext',
		icon: {
			light: 'file:../../icons/perfectGymNext.svg',
			dark: 'file:../../icons/perfectGymNext.dark.svg',
		},
		group: ['transform'],
		version: 1,
		// "Get customers": operations have the API's names as their values.
		subtitle: '={{ $parameter["operation"].replace(/([A-Z])/g, " $1").toSentenceCase() }}',
		description:
			'Read and change customers and more in PerfectGym Next, the gym-management software',
		defaults: { name: 'PerfectGym Next' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'perfectGymNextApi',
				required: true,
				testedBy: 'testStudioKey',
				displayOptions: { show: { authentication: ['studio'] } },
			},
			{
				name: 'perfectGymNextStudiosApi',
				required: true,
				testedBy: 'testStudioKeys',
				displayOptions: { show: { authentication: ['studios'] } },
			},
		],
		requestDefaults: {},
		requestOperations: { pagination: send },
		properties: [
			...authenticationParameters,
			...chosenStudioParameters,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'API Request', value: 'apiRequest' },
					{ name: 'Appointment', value: 'appointment' },
					{ name: 'Check-in Voucher', value: 'checkinVoucher' },
					{ name: 'Class', value: 'class' },
					{ name: 'Cross Studio', value: 'crossStudio' },
					{ name: 'Customer', value: 'customer' },
					{ name: 'Customer Account', value: 'customerAccount' },
					{ name: 'Customer Communication', value: 'customerCommunication' },
					{ name: 'Customer Self-Service', value: 'customerSelfService' },
					{ name: 'Device', value: 'device' },
					{ name: 'Employee', value: 'employee' },
					{ name: 'Finance', value: 'finance' },
					{ name: 'Lead', value: 'lead' },
					{ name: 'Member List', value: 'memberList' },
					{ name: 'Membership', value: 'membership' },
					{ name: 'Membership Self-Service', value: 'membershipSelfService' },
					{ name: 'Online Offer', value: 'onlineOffer' },
					{ name: 'Payment', value: 'payment' },
					{ name: 'Studio', value: 'studio' },
					{ name: 'Trial Offer', value: 'trialOffer' },
				],
				default: 'customer',
				// Always shown, so that every request goes through our transport.
				routing: { send: { paginate: true } },
			},
			...apiRequestOperations,
			...appointmentOperations,
			...checkinVoucherOperations,
			...classOperations,
			...crossStudioOperations,
			...customerOperations,
			...customerAccountOperations,
			...customerCommunicationOperations,
			...customerSelfServiceOperations,
			...deviceOperations,
			...employeeOperations,
			...financeOperations,
			...leadOperations,
			...memberListOperations,
			...membershipOperations,
			...membershipSelfServiceOperations,
			...onlineOfferOperations,
			...paymentOperations,
			...studioOperations,
			...trialOfferOperations,
			...customerParameters,
			...bookingParameters,
			...membershipParameters,
			...contractParameters,
			...studioParameters,
			...communicationParameters,
			...configurationParameters,
			...identifierParameters,
			...pagingParameters,
			...bodyParameters,
			...apiRequestFields,
			...appointmentFields,
			...checkinVoucherFields,
			...classFields,
			...crossStudioFields,
			...customerFields,
			...customerAccountFields,
			...customerCommunicationFields,
			...customerSelfServiceFields,
			...deviceFields,
			...employeeFields,
			...financeFields,
			...leadFields,
			...memberListFields,
			...membershipFields,
			...membershipSelfServiceFields,
			...onlineOfferFields,
			...paymentFields,
			...studioFields,
			...trialOfferFields,
			...uploadParameters,
			...downloadParameters,
			...outputParameters,
			...optionsParameters,
		],
	};

	methods = {
		credentialTest: { testStudioKey, testStudioKeys },
		loadOptions: { getOutputFields },
		listSearch: {
			...bookingLists,
			...communicationLists,
			...configurationLists,
			...contractLists,
			...customerLists,
			...membershipLists,
			...studioLists,
			searchConfiguredStudios,
		},
	};

	constructor() {
		const { properties } = this.description;
		declare({
			parameters: properties,
			scopes,
			fields: answerFields,
			links: answerLinks,
			checks: {
				...appointmentChecks,
				...checkinVoucherChecks,
				...classChecks,
				...crossStudioChecks,
				...customerChecks,
				...customerAccountChecks,
				...customerCommunicationChecks,
				...customerSelfServiceChecks,
				...deviceChecks,
				...employeeChecks,
				...financeChecks,
				...leadChecks,
				...memberListChecks,
				...membershipChecks,
				...membershipSelfServiceChecks,
				...onlineOfferChecks,
				...paymentChecks,
				...studioChecks,
				...trialOfferChecks,
			},
		});
	}
}
