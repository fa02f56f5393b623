/** Records of the API as far as the simulator keeps them; dates are `YYYY-MM-DD`. */

/** Whether someone has, may have or had a contract. */
export type CustomerStatus = 'MEMBER' | 'PROSPECT' | 'FORMER_MEMBER';

/** A card, PIN, barcode or wallet pass. */
export interface AccessMedium {
	id?: number;
	type?: 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS';
	value?: string;
}

/** Why and from when to when someone may not come in. */
export interface AccessRestriction {
	reason: string;
	startDate?: string;
	endDate?: string;
}

/** A studio's own field with a customer's value, always a text. */
export interface FieldAssignment {
	additionalInformationFieldId: number;
	value: string;
}

/** A language, and the country of its variant. */
export interface Language {
	languageCode: string;
	countryCode?: string;
}

/** Parts of a name and address that a customer has in every answer and in every request. */
export interface PersonParts {
	secondFirstName?: string;
	secondLastName?: string;
	secondStreet?: string;
	cityPart?: string;
	district?: string;
	streetType?: string;
	streetBlock?: string;
	portal?: string;
	stairway?: string;
	door?: string;
	province?: string;
	additionalAddressInformation?: string;
	floor?: string;
	buildingName?: string;
}

/** A customer. `cardNumbers` are decimal here; other formats are made on the way out. */
export interface Customer extends PersonParts {
	id: number;
	customerNumber?: string;
	firstName?: string;
	lastName?: string;
	dateOfBirth?: string;
	email?: string;
	gender?: string;
	street?: string;
	houseNumber?: string;
	zipCode?: string;
	city?: string;
	country?: string;
	status: CustomerStatus;
	cardNumbers?: string[];
	imageUrl?: string;
	phonePrivate?: string;
	phonePrivateMobile?: string;
	phoneBusiness?: string;
	phoneBusinessMobile?: string;
	idlePeriods?: Array<{
		id: number;
		startDate: string;
		endDate: string;
		reason?: string;
		contract?: { id: number; rateName: string };
		unlimited: boolean;
	}>;
	bankAccount?: { accountHolder?: string; bankName?: string; bic?: string; iban?: string };
	accessRefusal: boolean;
	accessRestrictions?: AccessRestriction[];
	uuid?: string;
	referralCode?: string;
	studioId?: number;
	preferredLanguage?: Language;
	additionalInformationFieldAssignments?: FieldAssignment[];
	thirdPartyId?: string;
	accessMediums?: AccessMedium[];
	createdDateTime?: string;
}

/** An amount in whole units of an ISO 4217 currency, never in cents. */
export interface Money {
	amount: number;
	currency: string;
}

/** A customer's contract. */
export interface Contract {
	id: number;
	createdDate: string;
	startDate: string;
	endDate: string;
	rateName: string;
	contractStatus: 'ACTIVE' | 'INACTIVE';
	cancelled: boolean;
	signedDocumentUrl?: string;
	cancellationDate?: string;
	cancellationReason?: string;
	price: number;
	priceDetails: {
		basePrice: Money;
		currentPrice: Money;
		paymentFrequency: { type: string; price?: Money; term?: { value: number; unit: string } };
	};
	lastPossibleCancellationDate: string;
	term: { periodValue: number; periodUnit: string };
	extensionTerm: { periodValue: number; periodUnit: string };
	/** What was added to the contract, each with a contract of its own. */
	moduleContracts?: ModuleContract[];
	thirdPartyId?: string;
}

/** The contract of an additional module. */
export interface ModuleContract
	extends Pick<
		Contract,
		'id' | 'rateName' | 'startDate' | 'contractStatus' | 'cancelled' | 'price' | 'priceDetails'
	> {
	paymentFrequency: string;
}

/** A visit; open until it has a `checkOutDateTime`. */
export interface Checkin {
	checkinId: number;
	checkInDateTime: string;
	checkOutDateTime?: string;
	studioId: number;
	studioName: string;
}

/** A course that takes place at its slots. */
export interface GymClass {
	id: number;
	title: string;
	type: 'STUDIO' | 'STREAM';
	duration: number;
	category: string;
	description?: string;
	imgUrl?: string;
	bookable: boolean;
}

/** One date of a class. */
export interface ClassSlot {
	id: number;
	startDateTime: string;
	endDateTime: string;
	instructors: Instructor[];
	location?: { id: number; name: string };
	maxParticipants: number;
	maxWaitingListParticipants: number;
	bookedParticipants: number;
	additionalParticipants: number;
	waitingListParticipants: number;
	classInformation: { id: number; title: string };
}

/** Who leads a class or an appointment. */
export interface Instructor {
	id: number;
	firstName: string;
	lastName: string;
	publicName?: string;
}

/** A customer's place in a class slot. */
export interface ClassBooking {
	bookingId: number;
	bookingStatus: 'BOOKED' | 'BOOKED_WITH_CONFIRMATION_REQUIRED' | 'WAITING_LIST' | 'CANCELED';
	classSlotId: number;
	classId: number;
	customerId: number;
	classSlotStatus: 'PLANNED' | 'CANCELED' | 'COMPLETED';
	participantStatus: 'PARTICIPATING' | 'NOT_PARTICIPATING' | 'UNSET';
}

/** A kind of appointment, e.g. an introduction. */
export interface BookableAppointment {
	id: number;
	title: string;
	/** Minutes. */
	duration: number;
	category: string;
	description?: string;
}

/** A customer's appointment. */
export interface AppointmentBooking {
	bookingId: number;
	bookingStatus: 'BOOKED' | 'BOOKED_WITH_CONFIRMATION_REQUIRED' | 'CANCELED';
	startDateTime: string;
	endDateTime: string;
	title: string;
	duration: number;
	category: string;
	description?: string;
	instructors: Instructor[];
	appointmentStatus: 'PLANNED' | 'CANCELED' | 'COMPLETED';
	participantStatus: 'PARTICIPATING' | 'NOT_PARTICIPATING' | 'UNSET';
	customerId: number;
}

/** A pause of a contract. */
export interface IdlePeriod {
	id: number;
	startDate: string;
	endDate: string;
	reason: string;
	fee: Money;
	documentUrl?: string;
	state: 'PENDING_VERIFICATION' | 'ACCEPTED';
	unlimited: boolean;
	idlePeriodReason: { id: number; name: string; documentRequired: boolean };
}

/** A file of a customer. */
export interface CustomerDocument {
	id: number;
	url: string;
	fileName: string;
	description?: string;
}
