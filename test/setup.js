const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core makes its folder and writes its log as soon as it is loaded.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'perfectgym-next-'));
process.env.N8N_LOG_LEVEL = 'silent';
