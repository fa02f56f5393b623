import { operations } from '../../../nodes/PerfectGymNext/properties';
import { readTasks } from '../../../nodes/PerfectGymNext/transport/tasks';
import { studiosCredential } from '../../studiosCredential.cts';
import { fakeRun } from '../fakes.cts';

const items = [{ json: {} }, { json: {} }, { json: {} }];
const parameters = { authentication: 'studios', studio: 'North' };
const credential = studiosCredential([{ name: 'North', baseUrl: 'acme', apiKey: 'key' }]);

test('the names of the studios are read once to check the input of all items', async () => {
	const run = fakeRun({ parameters, items });
	const getCredentials = jest.fn(() => Promise.resolve(credential));
	const { tasks } = await readTasks(
		{ ...run, getCredentials },
		operations.get('getDevices'),
		operations,
	);
	expect(tasks).toMatchObject(items.map((_item, item) => ({ item, studioName: 'North' })));
	expect(getCredentials).toHaveBeenCalledTimes(1);
});

test('a credential that could not be read for one item is read again for the next', async () => {
	const run = fakeRun({ parameters, items, continueOnFail: true });
	const getCredentials = jest
		.fn(() => Promise.resolve(credential))
		.mockRejectedValueOnce(new Error('no credential'));
	const { tasks } = await readTasks(
		{ ...run, getCredentials },
		operations.get('getDevices'),
		operations,
	);
	expect(tasks).toMatchObject([{ error: {} }, { studioName: 'North' }, { studioName: 'North' }]);
});
