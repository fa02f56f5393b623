import type { Call, Handlers } from '../call.cts';
import { sample } from '../sample.cts';
import type { Studio } from '../state.cts';

function base({ place }: Studio) {
	return {
		name: place.studioName,
		description: 'A made-up studio',
		country: 'Deutschland',
		countryCode: 'DE',
		studioId: place.studioId,
		openingDate: '2020-01-01',
	};
}

function information({ operation, studio, world }: Call): unknown {
	return sample(operation.answer ?? {}, operation.operationId, {
		filesUrl: world.filesUrl,
		known: {
			...base(studio),
			// An open studio has no closing date; JSON omits undefined.
			closingDate: undefined,
			email: 'studio@example.com',
			telephone: '+49 000 0000000',
			website: 'https://studio.example',
			street: 'Dumbbell Lane',
			houseNumber: '7',
			zip: '00001',
			city: 'New Squatham',
			studioTags: studio.tags,
		},
	});
}

/** The maximum number of visitors. */
const CAPACITY = 100;
/** The number of visitors when the simulator starts. */
const PRESENT = 30;

/** Handlers for the studio itself. */
export const studioHandlers: Handlers = {
	getStudioInformation: information,
	getStudiosWithActiveMembershipOffers: ({ world }) => world.studios.map(base),
	getUtilization: ({ studio }) => ({
		capacity: CAPACITY,
		count: Math.max(0, PRESENT + studio.books.visitors),
	}),
	getAll: ({ studio }) => studio.tags,
	updateStudioTags(call) {
		call.studio.tags = call.input<Array<{ name: string }>>();
		return call.studio.tags;
	},
};
