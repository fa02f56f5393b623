/** Writes the files that follow from the contract and the declarations. `npm run generate` runs it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { generatedFiles } from './generate/files.cts';

for (const [path, text] of generatedFiles()) writeFileSync(join(__dirname, '..', path), text);
