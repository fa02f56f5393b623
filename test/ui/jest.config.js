const n8n = require('../n8n/jest.config.js');

/** What a person does in the editor with the README alone. One n8n serves all test files. */
module.exports = {
	...n8n,
	testMatch: ['<rootDir>/test/ui/**/*.test.cts'],
	globalSetup: '<rootDir>/test/ui/setup.cts',
};
