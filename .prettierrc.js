module.exports = {
	semi: true,
	singleQuote: true,
	trailingComma: 'all',
	useTabs: true,
	printWidth: 100,
	endOfLine: 'lf',
	// As npm writes it.
	overrides: [{ files: ['package.json', '*/package.json'], options: { useTabs: false } }],
};
