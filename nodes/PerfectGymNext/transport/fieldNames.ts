/** Names the properties of a request as the user sees them in the editor. */

import type { INodeProperties } from 'n8n-workflow';

import type { Operation, SentParameter } from './operations';
import { WHOLE_BODY } from './operations';
import type { Nested } from './serialize';
import { isGroup, isParameter } from './serialize';

/** A property, or the index of an entry of a list. */
type Step = string | number;

/** The fields that lead to a property, the outermost first. */
interface Trail {
	titles: string[];
	/** Whether the last field is the property itself, and not only a field that holds it. */
	isExact: boolean;
}

/**
 * @param path of a property in query or body, such as `debtors[].currency`
 * @returns the title of its field, or the path when no field is sent there
 */
export function titleAt({ sent }: Operation, into: SentParameter['into'], path: string): string {
	const ofPart = sent.filter((one) => one.into === into);
	return trailTo(ofPart, stepsOf(path))?.titles.pop() ?? path;
}

/**
 * @param sent what the editor shows and the request sends
 * @param reference of an error, such as `contract.endDate` or `assignments[0].value`
 * @returns the field and what holds it, such as `Additional Fields > End Date`, or undefined when no
 *   field is sent there
 */
export function fieldNameOf(sent: readonly SentParameter[], reference: string): string | undefined {
	const trail = trailTo(sent, stepsOf(reference));
	if (!trail) return undefined;
	const name = trail.titles.join(' > ');
	return trail.isExact ? name : `${name} (${reference})`;
}

/** Empty indexes, as in `debtors[].currency`, stand for any entry. */
function stepsOf(path: string): Step[] {
	const steps = path.split(/[.[\]]/).filter((step) => step !== '');
	return steps.map((step) => (/^\d{1,9}$/.test(step) ? Number(step) : step));
}

function trailTo(sent: readonly SentParameter[], steps: readonly Step[]): Trail | undefined {
	for (const { parameter, property, collection } of sent) {
		const own = property === WHOLE_BODY ? [] : property.split('.');
		if (own.some((step, index) => step !== String(steps[index]))) continue;
		const before = collection ? [collection.displayName] : [];
		return follow(parameter, before, steps.slice(own.length));
	}
	return undefined;
}

function follow(parameter: INodeProperties, before: string[], steps: readonly Step[]): Trail {
	const titles = [...before, parameter.displayName];
	let declared: Nested = parameter;
	for (const step of steps) {
		const group = isParameter(declared) ? declared.options?.find(isGroup) : undefined;
		if (typeof step === 'number') {
			titles.push(`${group?.displayName ?? 'Entry'} ${step + 1}`);
			continue;
		}
		const fields: Nested[] =
			group?.values ?? (isParameter(declared) ? (declared.options ?? []) : []);
		const field = fields.filter(isParameter).find(({ name }) => name === step);
		if (!field) return { titles, isExact: false };
		titles.push(field.displayName);
		declared = field;
	}
	return { titles, isExact: true };
}
