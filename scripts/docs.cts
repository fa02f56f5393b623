// Generates docs/operations.md and the event table in README.md from the node descriptions.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { operationsPage, withEvents } from '../test/contract/table.cts';

const README = join(__dirname, '../README.md');

writeFileSync(join(__dirname, '../docs/operations.md'), operationsPage());
writeFileSync(README, withEvents(readFileSync(README, 'utf8')));
