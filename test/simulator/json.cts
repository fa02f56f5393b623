/** The properties of a JSON object, as a copy; empty when the value is not an object. */
export function asRecord(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A number from a JSON object; 0 when the property is missing. */
export function numberIn(value: unknown, name: string): number {
	return Number(asRecord(value)[name] ?? 0);
}
