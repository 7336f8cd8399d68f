/** The kinds of movements of money that both sides know. */

/** A type's place in this list is its code in a column of movements. */
export const movementTypes = ["charge", "refund", "chargeback", "chargeback reversed", "failure", "void", "refund failed"] as const;
export type MovementType = (typeof movementTypes)[number];
