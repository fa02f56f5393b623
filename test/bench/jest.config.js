const n8n = require('../n8n/jest.config.js');

/** Figures of a real n8n. The trigger under load takes seven minutes; all want a quiet machine. */
module.exports = {
	...n8n,
	testMatch: ['<rootDir>/test/bench/trigger.cts', '<rootDir>/test/bench/editor.cts'],
};
