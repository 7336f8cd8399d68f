/** The sweep, broken. */
import { intact, type Mutant } from "../run/mutant.ts";

export const noSweep: Mutant = { ...intact, sweep: () => async () => {} };

export const epochKept: Mutant = {
  ...intact,
  sweepLedger: (ledger) => ({
    ...ledger,
    save: (progress, known, behind) => ledger.save({ ...progress, epoch: known?.epoch ?? progress.epoch }, known, behind),
  }),
};

/** Rings for a record again, behind those that came after it, without a place in the line. */
export const placeLost: Mutant = {
  ...intact,
  sweepLedger: (ledger) => ({
    ...ledger,
    save: (progress, known, behind) =>
      ledger.save(known && progress.epoch > known.epoch ? { ...progress, inLine: known.inLine } : progress, known, behind),
  }),
};

/** Forgets when a callback came, so that those that are verified late go by their keys. */
export const receiptForgotten: Mutant = {
  ...intact,
  sweepRecords: (records) => ({
    ...records,
    async read(key) {
      const found = await records.read(key);
      return found.kind === "record" && found.record.verification === "unverified"
        ? { kind: "record", record: { ...found.record, storedAt: 0 } }
        : found;
    },
  }),
};

export const conflictsOverlooked: Mutant = { ...intact, conflicts: (conflicts) => ({ ...conflicts, note: async () => {} }) };

/** One that cannot be read ends the round for all: what has a new epoch by then is not rung for. */
export const roundEndedByOne: Mutant = {
  ...intact,
  sweepSteps(steps) {
    let isEnded = false;
    return {
      ...steps,
      records: {
        ...steps.records,
        async read(key) {
          const found = await steps.records.read(key);
          isEnded ||= found.kind === "unreadable";
          return found;
        },
      },
      doorbells: {
        ...steps.doorbells,
        async ring(bells) {
          if (!isEnded) return steps.doorbells.ring(bells);
          isEnded = false;
          throw new Error("one of them cannot be read");
        },
      },
    };
  },
};
