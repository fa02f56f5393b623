import type { INodeProperties } from 'n8n-workflow';

/**
 * For fields that several operations send to different places.
 *
 * @param fields each goes to the property of its name, or to the one that its own `routing` names
 * @param parent the object in the body that holds the properties; the body itself without it
 * @returns the fields, with where they go
 */
export function sentInBody(fields: INodeProperties[], parent?: string): INodeProperties[] {
	return fields.map((field) => {
		const property = field.routing?.send?.property ?? field.name;
		const path = parent === undefined ? property : `${parent}.${property}`;
		return { ...field, routing: { send: { type: 'body', property: path } } };
	});
}
