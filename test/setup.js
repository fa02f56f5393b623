const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core makes its folder and writes its log as soon as it is loaded.
const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-'));
process.env.N8N_USER_FOLDER = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
process.env.N8N_LOG_LEVEL = 'silent';
