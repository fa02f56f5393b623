// The lint of tests, simulator and scripts. n8n's linter reads `.ts` files only, and its rules are for
// code that runs inside n8n, so code that runs on Node is in `.cts` files and has these rules.

import { join } from 'node:path';
import tseslint from 'typescript-eslint';

const project = join(import.meta.dirname, '..');

export default tseslint.config({
	files: ['**/*.cts'],
	extends: [tseslint.configs.recommendedTypeChecked],
	languageOptions: {
		parserOptions: { project: join(project, 'test', 'tsconfig.json'), tsconfigRootDir: project },
	},
});
