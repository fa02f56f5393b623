const n8n = require('../n8n/jest.config.js');

/** The trigger under load in a real n8n, which takes four minutes and wants a quiet machine. */
module.exports = { ...n8n, testMatch: ['<rootDir>/test/bench/trigger.cts'] };
