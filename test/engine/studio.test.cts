import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { locator, runNode } from './harness.cts';

afterAll(() => nock.restore());

test('a tag that is entered twice is refused by name before anything is sent', async () => {
	const sent = catchRequests({});
	const tag = ['Pool', 'Sauna', 'Pool'].map((name) => ({ name: locator(name, 'name') }));
	const parameters = { resource: 'studio', operation: 'updateStudioTags', studioTags: { tag } };
	await expect(runNode({ parameters })).rejects.toThrow('"Tags" has "Pool" more than once');
	expect(sent).toEqual([]);
});
