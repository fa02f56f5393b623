/** What the transport is told of the node: its parameters, and what each operation needs and gives. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { placeIn } from './path';
import { isParameter } from './values';

/** The node's declarations, from which all that is said here is read. */
export interface Declarations {
	parameters: INodeProperties[];
	/** Scopes by operation; any one of them suffices. */
	scopes: Readonly<Record<string, readonly string[]>>;
	/** The fields that the records of an operation can have, in the order of their columns. */
	fields: Readonly<Record<string, readonly string[]>>;
	/** Where in the records of an operation there are links to files, such as `modules[].imageUrl`. */
	links: Readonly<Record<string, readonly string[]>>;
	/** By operation, what must hold between its values. */
	checks: Readonly<Record<string, Check>>;
}

/** What is about to be sent: values in the form that the API takes. */
export interface Sent {
	query: IDataObject;
	body?: IDataObject | IDataObject[];
}

/** @returns what is wrong with the values together, in words that name the fields; else nothing */
export type Check = (sent: Sent) => string | undefined;

/** A parameter whose value goes into the request, and where it goes. */
export interface SentParameter {
	parameter: INodeProperties;
	into: 'body' | 'query';
	/** Dotted path in query or body, or {@link WHOLE_BODY}. */
	property: string;
	/** The collection that it is an optional part of. */
	collection?: INodeProperties;
	/**
	 * The operation's own request names the parameter, as in `qs: { customerId: '{customerId}' }`: one
	 * declaration then serves operations that send it in different places.
	 */
	isPlace?: boolean;
}

/** As `routing.send.property`: the value is the whole body, which is a list. */
export const WHOLE_BODY = '*';

let byName = new Map<string, INodeProperties>();
let byOperation = new Map<string, SentParameter[]>();
let scopesOf: Declarations['scopes'] = {};
let fieldsOf: Declarations['fields'] = {};
let linksOf: Declarations['links'] = {};
let checks: Declarations['checks'] = {};

/** The node calls this when n8n loads it, so that no file here has to know a resource. */
export function declare(declarations: Declarations): void {
	const { parameters } = declarations;
	byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
	byOperation = new Map();
	for (const parameter of parameters) {
		const sent = [...sentBy(parameter)];
		for (const operation of operationsOf(parameter)) {
			byOperation.set(operation, [...(byOperation.get(operation) ?? []), ...sent]);
		}
	}
	for (const [operation, sent] of sentByPlaces(parameters)) {
		byOperation.set(operation, [...(byOperation.get(operation) ?? []), ...sent]);
	}
	scopesOf = declarations.scopes;
	fieldsOf = declarations.fields;
	linksOf = declarations.links;
	checks = declarations.checks;
}

/** A parameter's declaration; its name is declared once in the node. */
export function parameterNamed(name: string): INodeProperties | undefined {
	return byName.get(name);
}

/** The parameters that an operation may send, those within collections included. */
export function parametersSentBy(operation: string): SentParameter[] {
	return byOperation.get(operation) ?? [];
}

export function scopesFor(operation: string): readonly string[] {
	return scopesOf[operation] ?? [];
}

export function checkFor(operation: string): Check | undefined {
	return checks[operation];
}

export function fieldsFor(operation: string): readonly string[] {
	return fieldsOf[operation] ?? [];
}

export function linksFor(operation: string): readonly string[] {
	return linksOf[operation] ?? [];
}

function operationsOf(parameter: INodeProperties): string[] {
	return (parameter.displayOptions?.show?.operation ?? []).map(String);
}

/** What operations name in the query of their own request. */
function* sentByPlaces(parameters: INodeProperties[]): Generator<[string, SentParameter[]]> {
	for (const { name, options = [] } of parameters) {
		if (name !== 'operation') continue;
		for (const option of options) {
			if (!('value' in option)) continue;
			const sent = Object.entries(option.routing?.request?.qs ?? {}).flatMap(
				([property, value]): SentParameter[] => {
					const parameter = byName.get(placeIn(value) ?? '');
					return parameter ? [{ parameter, into: 'query', property, isPlace: true }] : [];
				},
			);
			if (sent.length > 0) yield [String(option.value), sent];
		}
	}
}

function* sentBy(
	parameter: INodeProperties,
	collection?: INodeProperties,
): Generator<SentParameter> {
	const { type, property } = parameter.routing?.send ?? {};
	if (property !== undefined) {
		yield { parameter, into: type === 'body' ? 'body' : 'query', property, collection };
	}
	if (parameter.type !== 'collection') return;
	for (const nested of parameter.options ?? []) {
		if (isParameter(nested)) yield* sentBy(nested, parameter);
	}
}
