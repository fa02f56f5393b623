const { moduleFileExtensions, transform } = require('../../jest.config.js');

/** Tests in queue mode with the packed package. One cluster serves all test files. */
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
