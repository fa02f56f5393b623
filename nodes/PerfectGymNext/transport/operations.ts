/** What the transport knows about the node: its operations and parameters, read from the declarations. */

import type {
	IDataObject,
	IHttpRequestMethods,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Formats } from './formats';
import { fillPath, placeIn, placesOf } from './path';
import type { RequestPlan } from './plan';
import { isRead } from './plan';
import type { Nested } from './serialize';
import { isGroup, isParameter, own } from './serialize';
import type { ApiRequest } from './types';

/** Parameters that n8n adds to every declarative node. */
const TITLES_OF_N8N: Readonly<Record<string, string>> = { requestOptions: 'Request Options' };

/** An operation as a resource declares it: n8n's option, with the plan of its requests. */
export interface OperationOption extends INodePropertyOptions {
	plan?: RequestPlan;
	/** The resource that had the operation before. Saved workflows may still name it. */
	formerResource?: string;
}

/** The parameter "operation" of one resource. */
export interface OperationParameter extends INodeProperties {
	options: OperationOption[];
}

/** Values about to be sent, in the form that the API takes. */
export interface SentValues {
	query: IDataObject;
	body?: IDataObject | IDataObject[];
}

/** @returns what is wrong with the values together, naming the fields, or undefined */
export type Check = (sent: SentValues) => string | undefined;

/** What the contract says of an operation. `resources/contract.ts` is generated from it. */
export interface ContractFacts {
	/** Any one of these scopes allows the operation. */
	scopes: readonly string[];
	/** The type of the operation's records; left out when it does not return any. */
	record?: string;
	/** Where records link to files, such as `modules[].imageUrl`. */
	links: readonly string[];
	/** The formats of the operation's values. */
	formats: Formats;
}

/** What the contract says, by operation; facts that are empty are left out. */
export type Contract = Readonly<Record<string, Partial<ContractFacts>>>;

const NO_FACTS: ContractFacts = { scopes: [], links: [], formats: {} };

/** What is known of a type of record, by its name in the contract. */
export type ByRecord = Readonly<Record<string, readonly string[]>>;

/** A parameter that goes into the request. */
export interface SentParameter {
	parameter: INodeProperties;
	into: 'body' | 'query';
	/** A dotted path in query or body, or {@link WHOLE_BODY}. */
	property: string;
	/** The collection that holds the parameter. */
	collection?: INodeProperties;
	/** The value is a period, and this is the part of it that goes to `property`. */
	periodPart?: 'start' | 'end';
	/**
	 * The operation's own request names the parameter, as in `qs: { customerId: '{customerId}' }`, so
	 * that operations can send one parameter in different places.
	 */
	isPlace?: boolean;
}

/** One operation of the API. */
export interface Operation extends ContractFacts {
	/** The resource that has the operation, and those that had it before. */
	resources: readonly string[];
	/** The API's operationId, which is also the value of the node's "operation". */
	id: string;
	method: IHttpRequestMethods;
	/** The path with its places, such as `/v1/customers/{customerId}`. */
	template: string;
	/** The names of the places in the path, in order. */
	places: readonly string[];
	/**
	 * The IDs of what the operation's records belong to, such as `customerId` for a customer's contracts.
	 * The API does not repeat them in its records.
	 */
	owners: readonly string[];
	plan: RequestPlan;
	/** The fields of the operation's records, in the order of their columns. */
	fields: readonly string[];
	/** The most used fields of large records, as dotted paths. */
	simplified?: readonly string[];
	/** The parameters that the operation can send, those in collections included. */
	sent: readonly SentParameter[];
	check?: Check;
}

/** As `routing.send.property`: the value is the whole body, which is a list. */
export const WHOLE_BODY = '*';

/**
 * ISO 8601 separates the start and the end of a period with a slash. A `routing.send.property` such as
 * `startDateTime/endDateTime` sends the two parts of a period to two properties.
 */
export const PERIOD_SEPARATOR = '/';

/** All operations and parameters of the node. */
export class Operations {
	private readonly parameters: ReadonlyMap<string, INodeProperties>;

	private readonly byId = new Map<string, Operation>();

	/**
	 * @param properties the parameters of the node. Names are declared once; those that are declared
	 *   again, such as "options", differ in what n8n shows.
	 * @param contract what the contract says, by operation
	 * @param records the fields of each type of record
	 * @param simplified the most used fields of types with many
	 * @param checks what must hold between the values of an operation, by operation
	 */
	constructor(
		properties: readonly INodeProperties[],
		contract: Contract,
		records: ByRecord,
		simplified: ByRecord,
		checks: Readonly<Record<string, Check>>,
	) {
		this.parameters = byName(properties);
		const sentBy = this.sentByOperation(properties);
		for (const [resource, option] of operationOptions(properties)) {
			const id = String(option.value);
			const facts = own(contract, contractName(option));
			const record = facts?.record ?? '';
			const { method = 'GET', url: template = '', qs } = option.routing?.request ?? {};
			this.byId.set(id, {
				resources: [resource, option.formerResource ?? resource],
				id,
				method,
				template: String(template),
				places: placesOf(String(template)),
				owners: method === 'GET' ? ownersIn(String(template), qs) : [],
				plan: option.plan ?? {},
				sent: [...(sentBy.get(id) ?? []), ...this.sentInPlaces(qs)],
				...NO_FACTS,
				...facts,
				fields: own(records, record) ?? [],
				simplified: own(simplified, record),
				check: own(checks, id),
			});
		}
	}

	/** @returns the operation, or undefined when the resource does not have it and never had */
	find(resource: unknown, id: unknown): Operation | undefined {
		const operation = this.byId.get(String(id));
		return operation?.resources.some((one) => one === resource) ? operation : undefined;
	}

	/** @throws {Error} when there is no such operation, which is a mistake in this package */
	get(id: string): Operation {
		const operation = this.byId.get(id);
		if (!operation) throw new Error(`There is no operation ${id}`);
		return operation;
	}

	/**
	 * @param path such as `/v1/customers/5`
	 * @returns the path with its places of the operation that a request reaches, or undefined
	 */
	templateOf(method: string, path: string): string | undefined {
		const segments = segmentsOf(path);
		const matches = this.all()
			.filter((operation) => operation.method === method)
			.map(({ template }) => ({ template, literals: countLiterals(template, segments) }))
			.filter(({ literals }) => literals !== undefined);
		// `/v1/classes/slots` is not the class with the ID "slots".
		matches.sort((one, other) => Number(other.literals) - Number(one.literals));
		return matches[0]?.template;
	}

	/** @returns all operations, in the order of their declaration */
	all(): Operation[] {
		return [...this.byId.values()];
	}

	/** @throws {Error} when the node does not declare it, which is a mistake in this package */
	parameter(name: string): INodeProperties {
		const parameter = this.parameters.get(name);
		if (!parameter) throw new Error(`The node has no parameter ${name}`);
		return parameter;
	}

	/**
	 * @param path to a part of a value, such as `['fields', 'startDate']` or `['rows', 'row', '0', 'id']`
	 * @returns the innermost parameter on the path, as the user sees it
	 */
	titleOf([name, ...path]: readonly string[]): string {
		let declared: Nested | undefined = this.parameters.get(name);
		let title = declared?.displayName ?? TITLES_OF_N8N[name] ?? name;
		for (const key of path) {
			const inner: Nested | undefined = nestedIn(declared).find((one) => one.name === key);
			if (!inner) continue;
			declared = inner;
			if (isParameter(inner)) title = inner.displayName;
		}
		return title;
	}

	/** @returns the parameter of a collection. @throws {Error} as {@link parameter} */
	nested(collection: string, name: string): INodeProperties {
		const found = (this.parameter(collection).options ?? [])
			.filter(isParameter)
			.find((nested) => nested.name === name);
		if (!found) throw new Error(`The node has no parameter ${collection}.${name}`);
		return found;
	}

	private sentByOperation(properties: readonly INodeProperties[]): Map<string, SentParameter[]> {
		const sent = new Map<string, SentParameter[]>();
		for (const parameter of properties) {
			for (const operation of parameter.displayOptions?.show?.operation ?? []) {
				const id = String(operation);
				sent.set(id, [...(sent.get(id) ?? []), ...sentBy(parameter)]);
			}
		}
		return sent;
	}

	private sentInPlaces(query: unknown): SentParameter[] {
		return Object.entries(query ?? {}).flatMap(([property, value]): SentParameter[] => {
			const parameter = this.parameters.get(placeIn(value) ?? '');
			return parameter ? [{ parameter, into: 'query', property, isPlace: true }] : [];
		});
	}
}

/** What a request of an operation sends, checked and in the form that the API takes. */
export interface RequestValues extends Pick<ApiRequest, 'body' | 'settings'> {
	query?: IDataObject;
	/** @returns the ID for a name in the path */
	idOf(name: string): string;
}

/** @returns the request of an operation. @throws what `idOf` throws */
export function toRequest(
	{ method, template, scopes, plan }: Operation,
	{ idOf, query = {}, ...sent }: RequestValues,
): ApiRequest {
	return {
		...sent,
		method,
		template,
		path: fillPath(template, idOf),
		query,
		scopes,
		repeatable: isRead(method, plan),
	};
}

/** A collection that is declared for several groups of operations has the members of all. */
function byName(properties: readonly INodeProperties[]): Map<string, INodeProperties> {
	const named = new Map<string, INodeProperties>();
	for (const parameter of properties) {
		const known = named.get(parameter.name);
		const isAgain = known?.type === 'collection';
		const options = [...(known?.options ?? []), ...(parameter.options ?? [])];
		named.set(parameter.name, isAgain ? { ...parameter, options } : parameter);
	}
	return named;
}

/** @returns the contract's name for the request that an operation sends */
export function contractName({ value, plan }: OperationOption): string {
	return plan?.merge?.replaces ?? String(value);
}

function* operationOptions(
	properties: readonly INodeProperties[],
): Generator<[resource: string, option: OperationOption]> {
	for (const { name, options = [], displayOptions } of properties) {
		if (name !== 'operation') continue;
		const [resource] = displayOptions?.show?.resource ?? [];
		for (const option of options) {
			if ('value' in option) yield [String(resource), option];
		}
	}
}

function* sentBy(
	parameter: INodeProperties,
	collection?: INodeProperties,
): Generator<SentParameter> {
	const { type, property } = parameter.routing?.send ?? {};
	if (property !== undefined) {
		const into = type === 'body' ? 'body' : 'query';
		const [start, end] = property.split(PERIOD_SEPARATOR);
		if (end === undefined) {
			yield { parameter, into, property, collection };
		} else {
			yield { parameter, into, property: start, collection, periodPart: 'start' };
			yield { parameter, into, property: end, collection, periodPart: 'end' };
		}
	}
	if (parameter.type !== 'collection') return;
	for (const nested of parameter.options ?? []) {
		if (isParameter(nested)) yield* sentBy(nested, parameter);
	}
}

/** The ID at the end of a path is that of the record itself. */
function ownersIn(template: string, query: unknown): string[] {
	const named = placesOf(template);
	const inPath = template.endsWith('}') ? named.slice(0, -1) : named;
	return [...inPath, ...Object.values(query ?? {}).flatMap((value) => placeIn(value) ?? [])];
}

function segmentsOf(path: string): string[] {
	return path.replace(/\/$/, '').split('/');
}

/** @returns how many segments of a path are the template's own; undefined when it does not fit */
function countLiterals(template: string, segments: readonly string[]): number | undefined {
	const own = segmentsOf(template);
	if (own.length !== segments.length) return undefined;
	const fits = own.every(
		(segment, index) => segment.startsWith('{') || segment === segments[index],
	);
	return fits ? own.filter((segment) => !segment.startsWith('{')).length : undefined;
}

/** @returns the entries of a collection, or the fields of a row */
function nestedIn(declared: Nested | undefined): Nested[] {
	if (!declared) return [];
	if (isGroup(declared)) return declared.values;
	return isParameter(declared) ? (declared.options ?? []) : [];
}
