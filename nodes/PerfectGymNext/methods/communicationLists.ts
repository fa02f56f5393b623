/** The lists from which a user picks what customers have sent or asked for. */

export const communicationLists = {};
