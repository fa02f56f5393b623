/** The lists from which a user picks contracts and what belongs to them. */

export const contractLists = {};
