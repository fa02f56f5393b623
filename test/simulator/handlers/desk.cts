import type { Call, Handlers } from '../call.cts';
import type { Money } from '../records.cts';
import { anyHandler } from './other.cts';

/** What every customer owes before the first payment. */
const OWED = 29.9;

/** The records of a list that keeps no state. */
function listed<T>(call: Call): T[] {
	return anyHandler(call) as T[];
}

/** What happens at the desk: payments, online offers, devices. */
export const deskHandlers: Handlers = {
	getCustomersAccountBalanceData(call) {
		const paid = call.studio.books.payments.get(call.id('customerId')) ?? [];
		const amount = paid.reduce((sum, { amount: one }) => sum + one, -OWED);
		return {
			...Object(anyHandler(call)),
			accountBalance: { amount: Math.round(amount * 100) / 100, currency: 'EUR' },
		};
	},
	bookCustomerPayment(call) {
		const { payments } = call.studio.books;
		const id = call.id('customerId');
		const { amount } = call.input<{ amount: Money }>();
		payments.set(id, [...(payments.get(id) ?? []), amount]);
		return anyHandler(call);
	},
	postOnlineOfferPurchase(call) {
		const { purchases } = call.studio.books;
		const { customerId = 0, onlineOfferId = 0 } = call.input<{
			customerId?: number;
			onlineOfferId?: number;
		}>();
		const bought = { onlineOfferPurchaseId: call.studio.newId(), name: `Offer ${onlineOfferId}` };
		purchases.set(customerId, [...(purchases.get(customerId) ?? []), bought]);
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
		const answer = anyHandler(call);
		call.studio.books.activeDevices.add(call.id('deviceId'));
		return answer;
	},
};
