const {
	moduleFileExtensions,
	setupFilesAfterEnv,
	transform,
	transformIgnorePatterns,
} = require('../../jest.config.js');

/** Odd input of every kind, which fast-check makes. settings.cts says how to change it. */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/fuzz/**/*.test.cts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	setupFilesAfterEnv: [...setupFilesAfterEnv, '<rootDir>/test/fuzz/setup.js'],
	moduleFileExtensions,
	transform,
	transformIgnorePatterns,
};
