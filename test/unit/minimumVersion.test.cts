/** A version of n8n that is too old for the nodes. */

test.each(['PerfectGymNext', 'PerfectGymNextTrigger', 'PerfectGymNextPollingTrigger'])(
	'%s names the version that it needs, before anything else fails',
	async (name) => {
		jest.doMock('n8n-workflow', () => ({ sleep: () => undefined }));
		const loading = jest.isolateModulesAsync(async () => {
			await import(`../../nodes/PerfectGymNext/${name}.node.ts`);
		});
		await expect(loading).rejects.toThrow(
			'n8n-nodes-perfectgym-next needs n8n 1.123 or newer. Update n8n.',
		);
	},
);
