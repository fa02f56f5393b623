const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// Tests must not depend on the speed of the machine, so the limit only ends a test that hangs.
jest.setTimeout(60_000);

// n8n-core creates its folder and its log as soon as it is loaded.
const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-'));
process.env.N8N_USER_FOLDER = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
process.env.N8N_LOG_LEVEL = 'silent';
