import { Books } from './books.cts';
import { indexAfter } from './chunks.cts';
import { dateOf, zoned } from './dates.cts';
import { notFound } from './errors.cts';
import type {
	AppointmentBooking,
	BookableAppointment,
	Checkin,
	ClassBooking,
	ClassSlot,
	Contract,
	Customer,
	CustomerDocument,
	CustomerStatus,
	GymClass,
	IdlePeriod,
} from './records.cts';
import {
	customerId,
	customerOfContract,
	makeAppointments,
	makeCheckins,
	makeClasses,
	makeContracts,
	makeCustomer,
	makeDocuments,
	makeSlots,
	type Place,
} from './seed.cts';

/** The configuration of a studio. */
export interface StudioSpec {
	name: string;
	apiKey: string;
	/** The key that the studio's webhooks carry. */
	webhookApiKey?: string;
	/** The scopes of the key. Default: all. */
	scopes?: string[];
	/** The number of customers to generate. */
	customers?: number;
}

/** An event in a studio. The type can be newer than the trigger's catalog. */
export interface StudioEvent {
	type: string;
	/** The type decides which kind of record the id belongs to. */
	entityId: number;
	/** More data; only some types have it. */
	content?: unknown;
}

/** Receives the events of studios. */
export interface EventPort {
	/** Queues an event; must not block the caller. */
	emit(studio: Studio, event: StudioEvent): void;
}

/** An uploaded file. */
export interface StoredFile {
	contentType: string;
	content: Buffer;
	fileName?: string;
}

const CLASSES = 60;
const APPOINTMENTS = 55;
const STUDIO_BASE = 1_100_000_001;
const NEW_ID_BASE = 1_900_000_000;

/** Values that are created on first use and then kept. */
class Lazy<T> {
	private readonly values = new Map<number, T>();

	constructor(private readonly make: (id: number) => T) {}

	get(id: number): T {
		let value = this.values.get(id);
		if (value === undefined) {
			value = this.make(id);
			this.values.set(id, value);
		}
		return value;
	}

	set(id: number, value: T): void {
		this.values.set(id, value);
	}
}

/** The records of one studio. */
export class Studio {
	readonly place: Place;
	readonly scopes: ReadonlySet<string> | undefined;
	/** Ascending by id. */
	readonly customers: Customer[];
	readonly classes: GymClass[];
	readonly appointments: BookableAppointment[];
	readonly classBookings = new Map<number, ClassBooking>();
	readonly appointmentBookings = new Map<
		number,
		AppointmentBooking & { bookableAppointmentId: number }
	>();
	/** The number of uses of each benefit, by `studioId customerId benefitKey`. */
	readonly benefitUses = new Map<string, number>();
	/** The pending change of contact data, by customer id; undefined once withdrawn. */
	readonly contactAmendments = new Map<number, { id: number } | undefined>();
	/** The communication preferences that were set, by customer id. */
	readonly preferences = new Map<number, object[]>();
	readonly leftFamilyContracts = new Set<number>();
	readonly books = new Books();
	tags: Array<{ name: string }> = [{ name: 'Open 24 hours' }, { name: 'Größe, "XL"' }];
	private readonly byId = new Map<number, Customer>();
	private readonly contracts: Lazy<Contract[]>;
	private readonly checkins: Lazy<Checkin[]>;
	private readonly documents: Lazy<CustomerDocument[]>;
	private readonly slots: Lazy<ClassSlot[]>;
	private readonly idlePeriods = new Lazy<IdlePeriod[]>(() => []);
	private nextCustomer: number;
	private lastId: number;

	constructor(
		readonly spec: Readonly<StudioSpec>,
		index: number,
		files: string,
		readonly now: () => number,
	) {
		this.place = {
			index,
			studioId: STUDIO_BASE + index,
			studioName: spec.name,
			files,
			now: now(),
		};
		this.scopes = spec.scopes && new Set(spec.scopes);
		const { place } = this;
		const today = dateOf(place.now);
		const count = spec.customers ?? 0;
		this.customers = Array.from({ length: count }, (_, i) => makeCustomer(place, i + 1, today));
		for (const customer of this.customers) this.byId.set(customer.id, customer);
		this.nextCustomer = count + 1;
		this.lastId = NEW_ID_BASE + index * 1_000_000;
		this.classes = makeClasses(place, CLASSES);
		this.appointments = makeAppointments(place, APPOINTMENTS);
		this.contracts = new Lazy((id) => makeContracts(place, this.customer(id), today));
		this.checkins = new Lazy((id) => makeCheckins(place, id));
		this.documents = new Lazy((id) => makeDocuments(place, id));
		this.slots = new Lazy((id) => makeSlots(place, this.classById(id)));
	}

	/** The current date in the studio, `YYYY-MM-DD`. */
	today(): string {
		return dateOf(this.now());
	}

	/** A new id that is not in use in the studio. */
	newId(): number {
		this.lastId += 1;
		return this.lastId;
	}

	/** @throws 404 */
	customer(id: number): Customer {
		const found = this.byId.get(id);
		if (found === undefined) throw notFound('Customer', id);
		return found;
	}

	/** Whether the customer belongs to this studio. */
	hasCustomer(id: number): boolean {
		return this.byId.has(id);
	}

	/** Adds a customer with the next id and number. */
	addCustomer(fields: Omit<Customer, 'id'>): Customer {
		const n = this.nextCustomer;
		this.nextCustomer += 1;
		return this.insertCustomer({
			customerNumber: `${this.place.index + 1}-${n}`,
			studioId: this.place.studioId,
			...fields,
			id: customerId(this.place, n),
		});
	}

	/** Leaves numbers out, so that the next customer has at least this one. */
	skipNumbers(next: number): void {
		this.nextCustomer = Math.max(this.nextCustomer, next);
	}

	/** Adds a customer with generated data, who was created now. */
	addGenerated(status: CustomerStatus): Customer {
		const generated = makeCustomer(this.place, this.nextCustomer, this.today());
		generated.status = status;
		generated.createdDateTime = zoned(this.now());
		// The same ID and number.
		return this.addCustomer(generated);
	}

	/** Adds a customer who already has an id, e.g. from another studio. */
	insertCustomer(customer: Customer, contracts?: Contract[]): Customer {
		const position = indexAfter(this.customers, customer.id, ({ id }) => id);
		this.customers.splice(position, 0, customer);
		this.byId.set(customer.id, customer);
		if (contracts !== undefined) this.contracts.set(customer.id, contracts);
		return customer;
	}

	/** Removes a customer, e.g. one who moves to another studio. */
	removeCustomer(customer: Customer): void {
		this.customers.splice(this.customers.indexOf(customer), 1);
		this.byId.delete(customer.id);
	}

	/** The customer's contracts, as a list to change in place. @throws 404 */
	contractsOf(id: number): Contract[] {
		return this.contracts.get(this.customer(id).id);
	}

	/** @throws 404 */
	contract(id: number): Contract {
		const owner = customerOfContract(id);
		const found = this.hasCustomer(owner)
			? this.contractsOf(owner).find((contract) => contract.id === id)
			: undefined;
		if (found === undefined) throw notFound('Contract', id);
		return found;
	}

	/** The id of the contract's customer. @throws 404 */
	ownerOf(contract: number): number {
		return customerOfContract(this.contract(contract).id);
	}

	/** The customer's visits, oldest first, as a list to change in place. @throws 404 */
	checkinsOf(id: number): Checkin[] {
		return this.checkins.get(this.customer(id).id);
	}

	/** The customer's documents, as a list to change in place. @throws 404 */
	documentsOf(id: number): CustomerDocument[] {
		return this.documents.get(this.customer(id).id);
	}

	/** The idle periods of a contract, as a list to change in place. @throws 404 */
	idlePeriodsOf(contract: number): IdlePeriod[] {
		return this.idlePeriods.get(this.contract(contract).id);
	}

	/** @throws 404 */
	classById(id: number): GymClass {
		const found = this.classes.find((item) => item.id === id);
		if (found === undefined) throw notFound('Class', id);
		return found;
	}

	/** The slots of a class, oldest first. @throws 404 */
	slotsOf(classId: number): ClassSlot[] {
		return this.slots.get(this.classById(classId).id);
	}

	/** @throws 404 */
	slot(id: number): ClassSlot {
		for (const { id: classId } of this.classes) {
			const found = this.slotsOf(classId).find((slot) => slot.id === id);
			if (found !== undefined) return found;
		}
		throw notFound('Class slot', id);
	}

	/** @throws 404 */
	appointment(id: number): BookableAppointment {
		const found = this.appointments.find((item) => item.id === id);
		if (found === undefined) throw notFound('Bookable appointment', id);
		return found;
	}
}

/** All studios of the tenant and their uploaded files. */
export class World {
	readonly files = new Map<string, StoredFile>();
	studios: Studio[] = [];
	private byKey = new Map<string, Studio>();

	/**
	 * @param readFilesUrl returns the beginning of file URLs
	 * @param now returns the current time, in ms
	 * @param events receives every event in a studio
	 */
	constructor(
		private readonly readFilesUrl: () => string,
		readonly now: () => number,
		readonly events: EventPort,
	) {}

	/** The beginning of file URLs. */
	get filesUrl(): string {
		return this.readFilesUrl();
	}

	/** Replaces all studios. */
	setUp(specs: readonly StudioSpec[]): void {
		this.files.clear();
		this.studios = specs.map((spec, i) => new Studio(spec, i, this.filesUrl, this.now));
		this.byKey = new Map(this.studios.map((studio) => [studio.spec.apiKey, studio]));
	}

	/** The studio with this API key; undefined when there is none. */
	studioOfKey(key: string): Studio | undefined {
		return this.byKey.get(key);
	}

	/** The studio that has the customer. @throws 404 */
	studioOfCustomer(id: number): Studio {
		const found = this.studios.find((studio) => studio.hasCustomer(id));
		if (found === undefined) throw notFound('Customer', id);
		return found;
	}
}
