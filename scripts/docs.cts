// Writes the pages under docs/ that are made from the node's descriptions.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { operationsPage } from '../test/contract/table.cts';

writeFileSync(join(__dirname, '../docs/operations.md'), operationsPage());
