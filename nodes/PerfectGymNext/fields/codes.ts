import type { INodeProperties } from 'n8n-workflow';

// The editor loads the lists, so that the node's description does not repeat them for every field.
// Apart from the fields: n8n's linter would want "Country Name or ID", but the API takes codes only.
const countries = { loadOptionsMethod: 'getCountries' };
const languages = { loadOptionsMethod: 'getLanguages' };

/** A country, as its code. */
export const country = {
	displayName: 'Country',
	name: 'countryCode',
	type: 'options',
	typeOptions: countries,
	default: '',
	description: 'In an expression: its two-letter ISO 3166-1 code, such as DE',
} satisfies INodeProperties;

/** A language, as its code. */
export const language = {
	displayName: 'Language',
	name: 'languageCode',
	type: 'options',
	typeOptions: languages,
	default: '',
	description: 'In an expression: its two-letter ISO 639-1 code, such as de',
} satisfies INodeProperties;

/** The country of a language variant, such as Swiss German. */
export const languageCountry: INodeProperties = {
	...country,
	description:
		'For the language variant. In an expression: its two-letter ISO 3166-1 code, such as CH.',
};

/** The country where a person was born. */
export const countryOfBirth: INodeProperties = {
	...country,
	displayName: 'Country of Birth',
	name: 'countryOfBirth',
};
