/** The two axes of a difference: how it came about, and how it shows. */

/** R-REC-1. */
export const causes = [
  /** In the export, and no trace of it here. */
  "never sent",
  /** A trace outside the records: in quarantine. */
  "sent, not received",
  /** A record that is dead, waiting or held. */
  "received, not processed",
  /** In the ledger more than a day after its own time. */
  "processed late",
  /** The application's entitlements against the gateway's state. */
  "application differs",
  /** The ledger has it, and the export has not, or otherwise. */
  "export wrong",
] as const;
export type Cause = (typeof causes)[number];

/**
 * `missing`: one side has nothing of it. `over`, `under`: the gateway moved more, or less, than is recorded. `data`: another result or state. `duplicate`:
 * it is there once more. `split`: several of one side for several of the other, and their sums differ.
 */
export const symptoms = ["missing", "over", "under", "currency", "data", "duplicate", "split"] as const;
export type Symptom = (typeof symptoms)[number];
