/** All choices of "Trigger On". */

import { classSlotChanged } from './classSlotChanged';
import { customerChanged } from './customerChanged';
import { customerGone } from './customerGone';
import type { PollKind } from './kind';
import { newCustomer } from './newCustomer';
import { utilizationCrossed } from './utilizationCrossed';

/** In the order of the editor's list. */
export const pollKinds: readonly PollKind[] = [
	classSlotChanged,
	customerChanged,
	customerGone,
	newCustomer,
	utilizationCrossed,
];
