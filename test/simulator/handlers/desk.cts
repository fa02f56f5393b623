import type { Call, Handlers } from '../call.cts';
import { asRecord } from '../json.cts';
import type { Money } from '../records.cts';
import { sampleHandler } from './other.cts';

/** The amount that every customer owes before the first payment. */
const OWED = 29.9;

/** The sample records of a list without state. */
function listed<T>(call: Call): T[] {
	return sampleHandler(call) as T[];
}

/** Handlers for payments, online offers and devices. */
export const deskHandlers: Handlers = {
	getCustomersAccountBalanceData(call) {
		const paid = call.studio.books.payments.get(call.id('customerId')) ?? [];
		const amount = paid.reduce((sum, { amount: one }) => sum + one, -OWED);
		return {
			...asRecord(sampleHandler(call)),
			accountBalance: { amount: Math.round(amount * 100) / 100, currency: 'EUR' },
		};
	},
	bookCustomerPayment(call) {
		const { payments } = call.studio.books;
		const id = call.id('customerId');
		const { amount } = call.input<{ amount: Money }>();
		payments.set(id, [...(payments.get(id) ?? []), amount]);
		return sampleHandler(call);
	},
	postOnlineOfferPurchase(call) {
		const { purchases } = call.studio.books;
		const { customerId = 0, onlineOfferId = 0 } = call.input<{
			customerId?: number;
			onlineOfferId?: number;
		}>();
		const purchase = { onlineOfferPurchaseId: call.studio.newId(), name: `Offer ${onlineOfferId}` };
		purchases.set(customerId, [...(purchases.get(customerId) ?? []), purchase]);
	},
	getOnlineOfferPurchases: (call) => [
		...listed<object>(call),
		...(call.studio.books.purchases.get(call.id('customerId')) ?? []),
	],
	getDevices: (call) =>
		listed<{ id: number; active: boolean }>(call).map((device) => ({
			...device,
			active: device.active || call.studio.books.activeDevices.has(device.id),
		})),
	activateDevice(call) {
		const answer = sampleHandler(call);
		call.studio.books.activeDevices.add(call.id('deviceId'));
		return answer;
	},
};
