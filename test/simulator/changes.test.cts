import { startSimulator, type Simulator } from './server.cts';
import { control, get, readAll } from './testClient.cts';

interface Person {
	id: number;
	email?: string;
	status: string;
}
interface Slot {
	id: number;
	bookedParticipants: number;
	maxParticipants: number;
}

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 60 });
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());

const membersOf = async () =>
	(await readAll<Person>(simulator, '/v1/customers', 'sliceSize=500')).records;
const slotsOf = async () =>
	(await readAll<Slot>(simulator, '/v1/classes/slots', 'daysAhead=6')).records;

it('adds, changes and retires customers', async () => {
	const before = await membersOf();

	const { newMembers, newEmails, formerMembers } = simulator.change({
		newMembers: 2,
		newEmails: 3,
		formerMembers: 1,
	});

	const after = await membersOf();
	const known = before.map(({ id }) => id);
	expect(after.map(({ id }) => id).filter((id) => !known.includes(id))).toEqual(newMembers);
	expect(known.filter((id) => !after.some((one) => one.id === id))).toEqual(formerMembers);
	const changed = after.filter(
		({ id, email }) => known.includes(id) && before.find((one) => one.id === id)?.email !== email,
	);
	expect(changed.map(({ id }) => id).reverse()).toEqual(newEmails);
});

it('fills class slots and frees them again', async () => {
	const { filledSlots } = simulator.change({ filledSlots: 2 });
	const isFull = ({ id, bookedParticipants, maxParticipants }: Slot) =>
		filledSlots.includes(id) && bookedParticipants === maxParticipants;
	expect((await slotsOf()).filter(isFull)).toHaveLength(2);

	const { freedSlots } = simulator.change({ freedSlots: 2 });
	expect(freedSlots).toEqual(filledSlots);
	expect((await slotsOf()).filter(isFull)).toEqual([]);
});

it('changes data over time when asked, until it is asked to stop', async () => {
	const { length } = await membersOf();
	await control(simulator, 'POST', '/changing', { everyMs: 5 });
	while ((await membersOf()).length < length + 3);
	await control(simulator, 'POST', '/changing', { everyMs: 0 });
	const stopped = (await membersOf()).length;
	await new Promise((resolve) => setTimeout(resolve, 30));
	expect(await membersOf()).toHaveLength(stopped);
	expect(await get(simulator, '/v1/studios/utilization')).not.toMatchObject({ count: 30 });
});

it('creates other customers after it has started again', async () => {
	const created = async () => {
		simulator.reset();
		const known = (await membersOf()).map(({ id }) => id);
		simulator.keepChanging(5);
		let members = await membersOf();
		while (members.length <= known.length) members = await membersOf();
		simulator.keepChanging(0);
		return members.map(({ id }) => id).filter((id) => !known.includes(id));
	};
	const [before, after] = [await created(), await created()];
	expect(before.filter((id) => after.includes(id))).toEqual([]);
});

it('refuses changes to a studio that it does not have', async () => {
	const answer = await control(simulator, 'POST', '/changes', { studio: 'None', newMembers: 1 });
	expect(answer).toMatchObject({
		status: 400,
		json: { message: 'The simulator has no studio None' },
	});
});

it('shortens a list as if that were all of it', async () => {
	const { length } = await membersOf();
	simulator.injectFault({ kind: 'shortList' });
	expect((await membersOf()).length).toBeLessThan(length / 2);
	expect(await membersOf()).toHaveLength(length);
});
