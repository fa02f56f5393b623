/** Countries and languages with their codes, from the data of the platform. No request is sent. */

import type { INodePropertyOptions } from 'n8n-workflow';

const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
/** From AA to ZZ. */
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** @returns the ISO 3166-1 countries, apart from two islands without people and time zones */
export async function getCountries(): Promise<INodePropertyOptions[]> {
	return await Promise.resolve(named('region', PAIRS.filter(isCountry)));
}

/** @returns the ISO 639-1 languages */
export async function getLanguages(): Promise<INodePropertyOptions[]> {
	const codes = PAIRS.map((code) => code.toLowerCase());
	return await Promise.resolve(named('language', codes.filter(isLanguage)));
}

/** Newer platforms have the method, and older ones the property. */
interface ZonedLocale extends Intl.Locale {
	getTimeZones?(): string[] | undefined;
	timeZones?: string[];
}

/** Time zones tell countries from groups such as the Eurozone; a former code is read as the new one. */
function isCountry(code: string): boolean {
	const locale: ZonedLocale = new Intl.Locale(`und-${code}`);
	const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
	return locale.region === code && zones.length > 0;
}

/** A former code such as `iw` is read as the new one. For `tl`, that is one of three letters. */
function isLanguage(code: string): boolean {
	const { language } = new Intl.Locale(code);
	return language === code || language.length > code.length;
}

/** @returns the known codes, with names that contain the codes so that a search finds both */
function named(type: 'language' | 'region', codes: string[]): INodePropertyOptions[] {
	const names = new Intl.DisplayNames(['en'], { type, fallback: 'none' });
	return codes
		.flatMap((value) => {
			const name = names.of(value);
			return name === undefined ? [] : [{ name: `${name} (${value})`, value }];
		})
		.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
