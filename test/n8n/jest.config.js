const { moduleFileExtensions, transform } = require('../../jest.config.js');

/** Tests in a real n8n with the packed package. One n8n serves all test files. */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/n8n/**/*.test.cts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	globalSetup: '<rootDir>/test/n8n/setup.cts',
	globalTeardown: '<rootDir>/test/n8n/teardown.cts',
	testTimeout: 300_000,
	moduleFileExtensions,
	transform,
};
