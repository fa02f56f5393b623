import type { INodeProperties } from 'n8n-workflow';

import { countryOfBirth } from '../../fields/codes';
import { person } from '../../fields/person';
import { needsField } from '../../transport/marks';
import { addressChangeFields } from './addressChange';

/** The fields of changes to a customer's data that a studio may have to approve. */
export const changeFields: INodeProperties[] = [
	...addressChangeFields,
	{
		displayName: 'Contact Data',
		name: 'contactData',
		type: 'collection',
		typeOptions: needsField,
		required: true,
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['createCustomerContactDataAmendment'], specifyBody: ['fields'] },
		},
		options: [
			{
				displayName: 'Business Mobile Phone Number',
				name: 'phoneBusinessMobile',
				type: 'string',
				default: '',
				placeholder: 'e.g. +44987654321',
				description: 'Mobile phone number at work, with the country code',
				routing: { send: { type: 'body', property: 'phoneBusinessMobile' } },
			},
			{
				displayName: 'Business Phone Number',
				name: 'phoneBusiness',
				type: 'string',
				default: '',
				placeholder: 'e.g. +44123456789',
				description: 'Phone number at work, with the country code',
				routing: { send: { type: 'body', property: 'phoneBusiness' } },
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'name@email.com',
				routing: { send: { type: 'body', property: 'email' } },
			},
			{
				displayName: 'Private Mobile Phone Number',
				name: 'phonePrivateMobile',
				type: 'string',
				default: '',
				placeholder: 'e.g. +44987654321',
				description: 'Private mobile number with the country code',
				routing: { send: { type: 'body', property: 'phonePrivateMobile' } },
			},
			{
				displayName: 'Private Phone Number',
				name: 'phonePrivate',
				type: 'string',
				default: '',
				placeholder: 'e.g. +44123456789',
				description: 'Private number with the country code',
				routing: { send: { type: 'body', property: 'phonePrivate' } },
			},
		],
	},
	{
		...person.firstName,
		name: 'masterDataFirstName',
		displayOptions: {
			show: { operation: ['createCustomerMasterDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'firstName' } },
	},
	{
		...person.lastName,
		name: 'masterDataLastName',
		displayOptions: {
			show: { operation: ['createCustomerMasterDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'lastName' } },
	},
	{
		displayName: 'Title',
		name: 'masterDataTitle',
		type: 'options',
		options: [
			{ name: 'Doctor', value: 'DR' },
			{ name: 'None', value: 'NONE' },
			{ name: 'Professor', value: 'PROF' },
		],
		required: true,
		default: 'NONE',
		description: "The customer's academic title",
		displayOptions: {
			show: { operation: ['createCustomerMasterDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customerTitle' } },
	},
	{
		...person.gender,
		name: 'masterDataGender',
		required: true,
		displayOptions: {
			show: { operation: ['createCustomerMasterDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'gender' } },
	},
	{
		...person.dateOfBirth,
		name: 'masterDataDateOfBirth',
		displayOptions: {
			show: { operation: ['createCustomerMasterDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'dateOfBirth' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'masterDataFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['createCustomerMasterDataAmendment'], specifyBody: ['fields'] },
		},
		options: [
			{ ...countryOfBirth, routing: { send: { type: 'body', property: 'countryOfBirth' } } },
		],
	},
	{
		displayName: 'Account Holder',
		name: 'paymentDataAccountHolder',
		type: 'string',
		required: true,
		default: '',
		description: 'The name of the account holder',
		displayOptions: {
			show: { operation: ['createCustomerPaymentDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'accountHolder' } },
	},
	{
		displayName: 'IBAN',
		name: 'paymentDataIban',
		type: 'string',
		required: true,
		default: '',
		description: 'The international bank account number',
		displayOptions: {
			show: { operation: ['createCustomerPaymentDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'iban' } },
	},
	{
		displayName: 'BIC',
		name: 'paymentDataBic',
		type: 'string',
		required: true,
		default: '',
		description: "The bank's international code",
		displayOptions: {
			show: { operation: ['createCustomerPaymentDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'bic' } },
	},
	{
		displayName: 'Bank Name',
		name: 'paymentDataBankName',
		type: 'string',
		required: true,
		default: '',
		displayOptions: {
			show: { operation: ['createCustomerPaymentDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'bankName' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'paymentDataFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['createCustomerPaymentDataAmendment'], specifyBody: ['fields'] },
		},
		options: [
			{
				displayName: 'Signature',
				name: 'signature',
				type: 'string',
				default: '',
				description: "The customer's signature as a Base64-encoded SVG. Some studios require it.",
				routing: { send: { type: 'body', property: 'signature.base64SvgSignature' } },
			},
		],
	},
];
