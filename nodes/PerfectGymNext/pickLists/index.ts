/** What the editor offers to choose from, for the node's `methods`. */

import { getAdditionalInformationColumns } from './additionalInformation';
import { bookingLists } from './bookings';
import { getCountries, getLanguages } from './codes';
import { communicationLists } from './communication';
import { contractLists } from './contracts';
import { customerLists } from './customers';
import { membershipLists } from './memberships';
import { getOutputFields } from './outputFields';
import type { PickList } from './pickList';
import { studioLists } from './studios';

/** The pick lists of resource locators, by the names in `searchListMethod`. */
export const listSearch: Record<string, PickList> = {
	...bookingLists,
	...communicationLists,
	...contractLists,
	...customerLists,
	...membershipLists,
	...studioLists,
};

/** The choices of other fields, by the names in `loadOptionsMethod`. */
export const loadOptions = { getCountries, getLanguages, getOutputFields };

/** The columns of mappers, by the names in `resourceMapperMethod`. */
export const resourceMapping = { getAdditionalInformationColumns };
