// Made-up names of people and places. They follow from the caller's random numbers.

import { faker as german } from '@faker-js/faker/locale/de';
import { faker as english } from '@faker-js/faker/locale/en';
import { pick, type Random } from './random.cts';

const { person, location } = english.definitions;
const firstNames = [
	...(person.first_name.generic ?? []),
	...(german.definitions.person.first_name.generic ?? []),
];
const germanLastNames = german.definitions.person.last_name.generic ?? [];
const lastNames = [...(person.last_name.generic ?? []), ...germanLastNames];
const streetSuffixes = location.street_suffix ?? [];
const cityPrefixes = location.city_prefix ?? [];
const citySuffixes = location.city_suffix ?? [];

/** A first name. */
export function firstName(random: Random): string {
	return pick(random, firstNames);
}

/** A last name. */
export function lastName(random: Random): string {
	return pick(random, lastNames);
}

/** A street that is not a real one, e.g. "Tillman Crossing". */
export function street(random: Random): string {
	return `${lastName(random)} ${pick(random, streetSuffixes)}`;
}

/** A city that does not exist, e.g. "North Kuhlmanville". */
export function city(random: Random): string {
	return `${pick(random, cityPrefixes)} ${lastName(random)}${pick(random, citySuffixes)}`;
}

/** An email address that nobody can have. `unique` keeps people with the same name apart. */
export function email(first: string, last: string, unique: number): string {
	const plain = `${first}.${last}`
		.toLowerCase()
		.normalize('NFD')
		.replace(/[^a-z.]/g, '');
	return `${plain}.${unique}@example.com`;
}
