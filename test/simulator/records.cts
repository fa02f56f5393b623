// The records of the API that the simulator keeps. Dates are `YYYY-MM-DD`.

/** Whether a customer has, could have or had a contract. */
export type CustomerStatus = 'MEMBER' | 'PROSPECT' | 'FORMER_MEMBER';

/** A card, PIN, barcode or wallet pass. */
export interface AccessMedium {
	id?: number;
	type?: 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS';
	value?: string;
}

/** Why and in which period a customer is not let in. */
export interface AccessRestriction {
	reason: string;
	startDate?: string;
	endDate?: string;
}

/** A customer's value for a custom field of the studio, always a string. */
export interface FieldAssignment {
	additionalInformationFieldId: number;
	value: string;
}

/** A language and, optionally, a country. */
export interface Language {
	languageCode: string;
	countryCode?: string;
}

/** Optional parts of a name and address, the same in requests and answers. */
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

/** A customer. `cardNumbers` are decimal; answers convert them to other formats. */
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

/** An amount of money in units of an ISO 4217 currency, e.g. euros, not cents. */
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
	/** The contracts of additional modules. */
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

/** A class; its dates are slots. */
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

/** A slot: one date of a class. */
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

/** The instructor of a class or an appointment. */
export interface Instructor {
	id: number;
	firstName: string;
	lastName: string;
	publicName?: string;
}

/** A customer's booking of a class slot. */
export interface ClassBooking {
	bookingId: number;
	bookingStatus: 'BOOKED' | 'BOOKED_WITH_CONFIRMATION_REQUIRED' | 'WAITING_LIST' | 'CANCELED';
	classSlotId: number;
	classId: number;
	customerId: number;
	classSlotStatus: 'PLANNED' | 'CANCELED' | 'COMPLETED';
	participantStatus: 'PARTICIPATING' | 'NOT_PARTICIPATING' | 'UNSET';
}

/** A type of appointment that can be booked, e.g. an introduction. */
export interface BookableAppointment {
	id: number;
	title: string;
	/** In minutes. */
	duration: number;
	category: string;
	description?: string;
}

/** A customer's booking of an appointment. */
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

/** A collection agency's report on the cases of debtors. */
export interface DebtCollectionUpdate {
	requestId: string;
	debtors: Array<{
		debtorId: string;
		agencyCollectionCases: Array<{
			agencyCollectionCaseId: string;
			collectionCaseIds: string[];
		}>;
	}>;
}

/** A tax advisor export. */
export interface TaxExport {
	fromDate: string;
	toDate: string;
	exportFormat: string;
	exportFileFormat: 'CSV' | 'JSON' | 'XLSX';
	exportLocale?: string;
}

/** A customer's purchase of an online offer. */
export interface OnlineOfferPurchase {
	onlineOfferPurchaseId: number;
	name: string;
}
