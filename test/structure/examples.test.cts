/** The examples as files: what holds for all of them. */

import type { INode } from 'n8n-workflow';

import { exampleFiles, exampleWorkflow } from '../../scripts/demo/content.cts';

const files = exampleFiles();

test('all examples that write xlsx files compress them', () => {
	const options = files.flatMap((file) =>
		exampleWorkflow(file)
			.nodes.filter(writesXlsx)
			.map(({ parameters }) => [file, parameters.options]),
	);
	expect(options).not.toHaveLength(0);
	const compressed: unknown = expect.objectContaining({ compression: true });
	expect(options).toEqual(options.map(([file]) => [file, compressed]));
});

function writesXlsx({ type, parameters }: INode): boolean {
	return type.endsWith('.convertToFile') && parameters.operation === 'xlsx';
}
