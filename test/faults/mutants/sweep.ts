/** The sweep, broken. */
import { intact, type Mutant } from "../mutant.ts";

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
