const { moduleFileExtensions, transform } = require('../../jest.config.js');

/** Tests in a real n8n, started once for all of them with the packed package installed. */
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
