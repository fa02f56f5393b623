/** Fills in an operation from the node's declarations, as a user would. */

import type {
	FieldType,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodeParameterValueType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { holdsIds } from '../../nodes/PerfectGymNext/transport/marks';
import { node, withDefaults } from '../engine/harness.cts';

/** Required parameters; all parameters; all parameters, as expressions with values of other types. */
export type Filling = 'required' | 'everything' | 'expressions';

/** The value of a free slot, which has no ID: its start and its end. */
const PERIOD = '2026-01-31T18:30:00+01:00/2026-01-31T19:30:00+01:00';

/** The parameters that decide which others are shown. */
const NAMES_OF_CONTROLS = new Set(
	node.description.properties
		.flatMap(({ displayOptions }) => [displayOptions?.show, displayOptions?.hide])
		.flatMap((condition) => Object.keys(condition ?? {}))
		.filter((name) => name !== 'resource' && name !== 'operation'),
);

const UUID = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f';

/** @returns one filling for each combination of choices that show other parameters */
export function fillingsOf(
	resource: string,
	operation: string,
	filling: Filling,
): INodeParameters[] {
	// The choice of the studio does not change the request.
	const start: INodeParameters = {
		authentication: 'studio',
		resource,
		operation,
		specifyBody: 'fields',
	};
	return branches(withDefaults(start), start).map((parameters) => fill(parameters, filling));
}

/** @returns one set of parameters for each combination of the choices that show others */
function branches(shown: INodeParameters, chosen: INodeParameters): INodeParameters[] {
	const control = node.description.properties.find(
		(parameter) =>
			NAMES_OF_CONTROLS.has(parameter.name) &&
			!(parameter.name in chosen) &&
			isShown(parameter, shown),
	);
	if (!control) return [chosen];
	return choicesOf(control, shown).flatMap((value) => {
		const next = { ...chosen, [control.name]: value };
		return branches(withDefaults(next), next);
	});
}

function choicesOf(control: INodeProperties, shown: INodeParameters): NodeParameterValueType[] {
	if (control.type === 'boolean') return [true, false];
	return (control.options as INodePropertyOptions[])
		.filter((option) => isShown(option, shown))
		.map(({ value }) => value);
}

function isShown(
	declared: INodeProperties | INodePropertyOptions,
	parameters: INodeParameters,
): boolean {
	return NodeHelpers.displayParameter(
		parameters,
		declared,
		{ typeVersion: 1 },
		node.description,
		parameters,
	);
}

function fill(chosen: INodeParameters, filling: Filling): INodeParameters {
	const filled = { ...chosen };
	const shown = withDefaults(chosen);
	for (const parameter of node.description.properties) {
		if (parameter.name in chosen || parameter.name === 'options') continue;
		if (!isShown(parameter, shown)) continue;
		if (filling === 'required' && !parameter.required) continue;
		filled[parameter.name] = valueOf(parameter, filling);
	}
	return filled;
}

/** @param picked the value from pick lists; no two rows of a list may have the same */
function valueOf(
	parameter: INodeProperties,
	filling: Filling,
	picked = '1210000001',
): NodeParameterValueType {
	const asExpression = filling === 'expressions';
	switch (parameter.type) {
		case 'resourceLocator':
			if (/Slot$/.test(parameter.name)) return chosen(PERIOD, asExpression);
			return chosen(picked, asExpression, parameter.modes?.at(-1)?.name);
		case 'number': {
			const number = Math.min(7, parameter.typeOptions?.maxValue ?? 7);
			return asExpression ? `={{ '${number}' }}` : number;
		}
		case 'boolean':
			return asExpression ? "={{ 'true' }}" : true;
		case 'dateTime':
			return asExpression
				? "={{ DateTime.fromISO('2026-01-31T18:30:00', { zone: 'Europe/Berlin' }) }}"
				: '2026-01-31T18:30:00';
		case 'options':
			// The editor loads the list of codes.
			return parameter.options ? lastChoice(parameter) : textOf(parameter, asExpression);
		case 'multiOptions':
			return allChoices(parameter);
		case 'collection':
			return group(parametersIn(parameter), filling === 'required' ? 'everything' : filling);
		case 'fixedCollection': {
			const [rows] = parameter.options as INodePropertyCollection[];
			const row = group(rows.values, filling);
			if (!parameter.typeOptions?.multipleValues) return { [rows.name]: row };
			return { [rows.name]: [row, group(rows.values, filling, '1210000002')] };
		}
		case 'resourceMapper':
			return mapped(asExpression);
		default:
			return textOf(parameter, asExpression);
	}
}

/** A column of each type, as n8n's column mapper stores them. */
function mapped(asExpression: boolean): NodeParameterValueType {
	const values = {
		string: 'Alpha',
		number: 7,
		boolean: false,
		dateTime: '2026-01-31',
		options: '5',
	};
	const columns = Object.entries(values).map(([type, value], index) => ({
		id: String(1_540_000_001 + index),
		displayName: `Field of ${type}`,
		type,
		value: asExpression ? `={{ ${JSON.stringify(value)} }}` : value,
	}));
	return {
		mappingMode: 'defineBelow',
		value: Object.fromEntries(columns.map(({ id, value }) => [id, value])),
		matchingColumns: [],
		schema: columns.map(({ id, displayName, type }) => ({
			id,
			displayName,
			type: type as FieldType,
			required: false,
			defaultMatch: false,
			display: true,
			...(type === 'options' && { options: [{ name: 'Item', value: '5' }] }),
		})),
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	};
}

function chosen(value: string, asExpression: boolean, mode = 'list'): NodeParameterValueType {
	return { __rl: true, mode, value: asExpression ? `={{ '${value}' }}` : value };
}

function textOf(parameter: INodeProperties, asExpression: boolean): NodeParameterValueType {
	if (holdsIds(parameter)) {
		return asExpression ? ["={{ [7, '8'] }}"] : ['7, 8', '9'];
	}
	const isUuid = /uuid/i.test(parameter.name) || parameter.placeholder?.includes(UUID);
	if (parameter.typeOptions?.multipleValues) {
		const rows = isUuid ? [UUID, UUID.replace(/^0/, '1')] : ['ALPHA', 'BRAVO'];
		return asExpression ? [`={{ ${JSON.stringify(rows)} }}`] : rows;
	}
	if (parameter.name === 'mimeType') return asExpression ? "={{ 'image/png' }}" : 'image/png';
	const text = isUuid ? UUID : (formattedText(parameter.name) ?? 'Alpha & Bravo/7');
	return asExpression ? `={{ '${text}' }}` : text;
}

/** What fields take that do not take any text. */
function formattedText(name: string): string | undefined {
	if (/email$/i.test(name)) return 'name@email.com';
	if (/country(Code|OfBirth)$/i.test(name)) return 'DE';
	if (/languageCode$/i.test(name)) return 'de';
	return /currency$/i.test(name) ? 'EUR' : undefined;
}

/** @returns all choices; none for a list that the editor loads */
function allChoices(parameter: INodeProperties): string[] {
	return (parameter.options ?? []).flatMap((option) =>
		'value' in option ? [String(option.value)] : [],
	);
}

function lastChoice(parameter: INodeProperties): NodeParameterValueType {
	const choices = (parameter.options ?? []) as INodePropertyOptions[];
	return choices[choices.length - 1].value;
}

function group(parameters: INodeProperties[], filling: Filling, picked?: string): INodeParameters {
	return Object.fromEntries(
		parameters
			.filter(({ required }) => filling !== 'required' || required)
			.map((parameter) => [parameter.name, valueOf(parameter, filling, picked)]),
	);
}

function parametersIn(collection: INodeProperties): INodeProperties[] {
	return (collection.options ?? []).filter((option) => 'type' in option);
}
