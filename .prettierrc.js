module.exports = {
	semi: true,
	singleQuote: true,
	trailingComma: 'all',
	useTabs: true,
	printWidth: 100,
	endOfLine: 'lf',
};
