/** The lists from which a user picks devices, employees and the studio itself. */

export const studioLists = {};
