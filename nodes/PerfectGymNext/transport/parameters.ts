/** Reads the node's parameters: each is evaluated once per item, and once per run if it is constant. */

import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { ExpressionFailure } from './errors';
import type { Operations } from './operations';
import { refuseLostRows } from './rows';
import { isLocator, isObject, serialize } from './serialize';
import type { InputItem, NodeRun } from './types';

/** The parameters of a node that runs, the same for all its items. */
export class NodeParameters {
	private readonly entered: INodeParameters;

	/** The members of collections whose expressions have failed, by parameter. */
	private readonly failedPaths = new Map<string, string[]>();

	private readonly constants = new Map<string, boolean>();

	private readonly shown = new Map<INodeProperties, boolean>();

	private readonly complete = new Set<INodeProperties>();

	constructor(
		private readonly run: NodeRun,
		readonly operations: Operations,
	) {
		this.entered = run.node.parameters;
	}

	get timeZone(): string {
		return this.run.timeZone;
	}

	/** @returns whether the editor shows a parameter, by what is chosen in others */
	isShown(parameter: INodeProperties): boolean {
		const known = this.shown.get(parameter);
		if (known !== undefined) return known;
		const { entered } = this;
		const isShown = NodeHelpers.displayParameter(entered, parameter, this.run.node, null, entered);
		this.shown.set(parameter, isShown);
		return isShown;
	}

	/**
	 * @returns the value of a parameter for an item; `fallback` when nothing was entered
	 * @throws {ExpressionFailure} that names the field of an expression that fails
	 */
	evaluate(name: string, item: number, fallback: unknown): unknown {
		const entered = this.entered[name];
		if (entered === undefined) return fallback;
		if (this.isConstant(name)) return isLocator(entered) ? entered.value : entered;
		// n8n evaluates every member of an object, and a locator has more than its value.
		const path = isLocator(entered) ? `${name}.value` : name;
		try {
			return this.run.evaluate(path, item, fallback);
		} catch (error) {
			throw this.failureOf(name, item, error);
		}
	}

	/** @throws {UserInputError} when n8n has lost rows of the parameter, the same for all items */
	refuseLostRows(parameter: INodeProperties): void {
		if (this.complete.has(parameter)) return;
		refuseLostRows(parameter, this.entered[parameter.name]);
		this.complete.add(parameter);
	}

	/** As {@link refuseLostRows}, for a parameter in a collection. */
	refuseLostRowsIn(collection: string, parameter: INodeProperties): void {
		if (this.complete.has(parameter)) return;
		const fields: unknown = this.entered[collection];
		if (isObject(fields) && Object.hasOwn(fields, parameter.name)) {
			refuseLostRows(parameter, fields[parameter.name], true);
		}
		this.complete.add(parameter);
	}

	private failureOf(name: string, item: number, reason: unknown): ExpressionFailure {
		return new ExpressionFailure(this.operations.titleOf(this.failedPath(name, item)), reason);
	}

	/** n8n evaluates a collection as a whole, so this looks for the member that fails. */
	private failedPath(name: string, item: number): string[] {
		// Most often, the same member fails for the next item.
		const known = this.failedPaths.get(name);
		if (known && this.fails(known, item)) return known;
		const path = [name];
		let entered: unknown = this.entered[name];
		while (typeof entered === 'object' && entered !== null) {
			const failed = Object.entries(entered).find(
				([key, value]) => hasExpression(value) && this.fails([...path, key], item),
			);
			if (!failed) break;
			path.push(failed[0]);
			entered = failed[1];
		}
		this.failedPaths.set(name, path);
		return path;
	}

	private fails(path: string[], item: number): boolean {
		try {
			this.run.evaluate(path.join('.'), item, undefined);
			return false;
		} catch {
			return true;
		}
	}

	private isConstant(name: string): boolean {
		const known = this.constants.get(name);
		if (known !== undefined) return known;
		const isConstant = !hasExpression(this.entered[name]);
		this.constants.set(name, isConstant);
		return isConstant;
	}
}

/** The parameters for one item. */
export class ItemParameters {
	private readonly values = new Map<string, unknown>();

	constructor(
		readonly node: NodeParameters,
		readonly item: InputItem,
	) {}

	get operations(): Operations {
		return this.node.operations;
	}

	get timeZone(): string {
		return this.node.timeZone;
	}

	isShown(parameter: INodeProperties): boolean {
		return this.node.isShown(parameter);
	}

	/** @returns the value, of a locator what was chosen in it; `fallback` when nothing was entered */
	get(name: string, fallback?: unknown): unknown {
		if (!this.values.has(name)) {
			this.values.set(name, this.node.evaluate(name, this.item.index, fallback));
		}
		return this.values.get(name);
	}

	/**
	 * @returns the value in the form that its declaration asks for, or undefined when it is empty
	 * @throws {UserInputError} when the value does not fit the declaration
	 */
	serialized(name: string): unknown {
		const parameter = this.operations.parameter(name);
		this.node.refuseLostRows(parameter);
		return serialize(parameter, this.get(name), this.timeZone);
	}

	/** As {@link serialized}, for a parameter in a collection. */
	serializedIn(collection: string, name: string): unknown {
		const parameter = this.operations.nested(collection, name);
		this.node.refuseLostRowsIn(collection, parameter);
		const fields = this.get(collection, {});
		const value = isObject(fields) && Object.hasOwn(fields, name) ? fields[name] : undefined;
		return serialize(parameter, value, this.timeZone);
	}
}

/** n8n takes a text for an expression when it begins with an equals sign. */
function hasExpression(entered: unknown): boolean {
	if (typeof entered === 'string') return entered.startsWith('=');
	if (typeof entered !== 'object' || entered === null) return false;
	return Object.values(entered).some(hasExpression);
}
