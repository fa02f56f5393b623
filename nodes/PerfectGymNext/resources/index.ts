/** Collects all resources of the node: their parameters and their operations. */

import type { INodeProperties } from 'n8n-workflow';

import { bookingParameters } from '../parameters/booking';
import { membershipParameters } from '../parameters/membership';
import { contractParameters } from '../parameters/contract';
import { studioParameters } from '../parameters/studio';
import { communicationParameters } from '../parameters/communication';
import { authenticationParameters, chosenStudioParameters } from '../parameters/authentication';
import { bodyParameters } from '../parameters/body';
import { configurationParameters } from '../parameters/configuration';
import { downloadParameters, uploadParameters } from '../parameters/files';
import { customerParameters } from '../parameters/customer';
import { identifierParameters } from '../parameters/identifier';
import { optionsParameters } from '../parameters/options';
import { outputParameters } from '../parameters/output';
import { pagingParameters } from '../parameters/paging';
import { appointmentChecks, appointmentFields, appointmentOperations } from './appointment';
import {
	checkinVoucherChecks,
	checkinVoucherFields,
	checkinVoucherOperations,
} from './checkinVoucher';
import { classChecks, classFields, classOperations } from './class';
import { crossStudioChecks, crossStudioFields, crossStudioOperations } from './crossStudio';
import { customerChecks, customerFields, customerOperations } from './customer';
import {
	customerAccountChecks,
	customerAccountFields,
	customerAccountOperations,
} from './customerAccount';
import {
	customerCommunicationChecks,
	customerCommunicationFields,
	customerCommunicationOperations,
} from './customerCommunication';
import {
	customerSelfServiceChecks,
	customerSelfServiceFields,
	customerSelfServiceOperations,
} from './customerSelfService';
import { deviceChecks, deviceFields, deviceOperations } from './device';
import { employeeChecks, employeeFields, employeeOperations } from './employee';
import { financeChecks, financeFields, financeOperations } from './finance';
import { leadChecks, leadFields, leadOperations } from './lead';
import { memberListChecks, memberListFields, memberListOperations } from './memberList';
import { membershipChecks, membershipFields, membershipOperations } from './membership';
import {
	membershipSelfServiceChecks,
	membershipSelfServiceFields,
	membershipSelfServiceOperations,
} from './membershipSelfService';
import { onlineOfferChecks, onlineOfferFields, onlineOfferOperations } from './onlineOffer';
import { paymentChecks, paymentFields, paymentOperations } from './payment';
import { studioChecks, studioFields, studioOperations } from './studio';
import { trialOfferChecks, trialOfferFields, trialOfferOperations } from './trialOffer';
import { apiRequestFields, apiRequestOperations } from './apiRequest';
import { answerFields } from './answerFields';
import { formats } from './formats';
import { answerLinks } from './links';
import { scopes } from './scopes';
import { Operations } from '../transport/operations';

/** All parameters of the node, in the order in which the editor shows them. */
export const properties: INodeProperties[] = [
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
		// Always shown, so that n8n's declarative engine calls our pagination function for every tool.
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
];

/** All operations of the node, in the form that the transport needs. */
export const operations = new Operations(properties, {
	scopes,
	fields: answerFields,
	links: answerLinks,
	formats,
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
