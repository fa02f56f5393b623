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

describe('what n8n 3 removes', () => {
	/** Nodes that are removed, lose a mode that an example could need, or get lower limits. */
	const NODES =
		/\.(?:function|functionItem|itemLists|code|aiTransform|executeWorkflow|compression)$/;
	const nodes = files.flatMap((file) =>
		exampleWorkflow(file).nodes.map((node): [string, INode] => [`${file}: ${node.name}`, node]),
	);

	test.each(nodes)('is not in %s', (_name, node) => {
		const { type, typeVersion, parameters, alwaysOutputData } = node;
		// n8n's own Code node stays; that of LangChain goes.
		if (type !== 'n8n-nodes-base.code') expect(type).not.toMatch(NODES);
		if (type.endsWith('.agent')) expect(typeVersion).toBeGreaterThanOrEqual(2);
		expect(JSON.stringify(parameters)).not.toMatch(/\$getPairedItem|\$evaluateExpression/);
		if (/\.(?:if|switch|splitInBatches|compareDatasets)$/.test(type)) {
			expect(alwaysOutputData).not.toBe(true);
		}
	});
});

function writesXlsx({ type, parameters }: INode): boolean {
	return type.endsWith('.convertToFile') && parameters.operation === 'xlsx';
}
