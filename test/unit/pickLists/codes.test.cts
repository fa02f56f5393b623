import { getCountries, getLanguages } from '../../../nodes/PerfectGymNext/pickLists/codes';
import { checkFormats } from '../../../nodes/PerfectGymNext/transport/formats';
import { allParameters } from '../../contract/operations.cts';

const lists = [
	{ format: 'country', read: getCountries, size: 247 },
	{ format: 'language', read: getLanguages, size: 184 },
] as const;

test('the countries are those of ISO 3166-1, by name and code', async () => {
	const countries = await getCountries();
	expect(countries).toEqual(
		expect.arrayContaining([
			{ name: 'Germany (DE)', value: 'DE' },
			{ name: 'United Kingdom (GB)', value: 'GB' },
		]),
	);
	const values = countries.map(({ value }) => value);
	// Groups, unknown regions, former countries, and islands that belong to a country.
	const others = ['EU', 'EZ', 'UN', 'ZZ', 'XA', 'UK', 'DD', 'SU', 'AC', 'IC'];
	expect(others.filter((code) => values.includes(code))).toEqual([]);
});

test('the languages are those of ISO 639-1, by name and code', async () => {
	const languages = await getLanguages();
	expect(languages).toEqual(
		expect.arrayContaining([
			{ name: 'German (de)', value: 'de' },
			{ name: 'Filipino (tl)', value: 'tl' },
		]),
	);
	const values = languages.map(({ value }) => value);
	expect(['iw', 'in', 'ji', 'sh', 'xx'].filter((code) => values.includes(code))).toEqual([]);
});

test.each(lists)(
	'every $format of the list is sent as it is, and they are sorted and unique',
	async ({ format, read, size }) => {
		const options = await read();
		// The data of platforms differs a little.
		expect(Math.abs(options.length - size)).toBeLessThan(6);
		const names = options.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
		for (const { value } of options) {
			const sent = { code: value };
			checkFormats({ code: format }, sent, () => 'Code');
			expect(sent).toEqual({ code: value });
		}
	},
);

test('every field that takes a code of a country or a language offers the list', () => {
	const methods = [...allParameters()].flatMap(({ name, type, typeOptions }) => {
		if (/country(Code|OfBirth)$/i.test(name)) return [[name, type, typeOptions, 'getCountries']];
		return /languageCode$/i.test(name) ? [[name, type, typeOptions, 'getLanguages']] : [];
	});
	expect(methods.length).toBeGreaterThan(10);
	for (const [name, type, typeOptions, loadOptionsMethod] of methods) {
		expect([name, type, typeOptions]).toEqual([name, 'options', { loadOptionsMethod }]);
	}
});
