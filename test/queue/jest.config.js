const { moduleFileExtensions, transform } = require('../../jest.config.js');

/** Tests of n8n in queue mode, started once for all of them with the packed package installed. */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/queue/**/*.test.cts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	globalSetup: '<rootDir>/test/queue/setup.cts',
	globalTeardown: '<rootDir>/test/queue/teardown.cts',
	testTimeout: 900_000,
	moduleFileExtensions,
	transform,
};
