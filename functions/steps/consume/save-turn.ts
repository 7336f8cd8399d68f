/**
 * Saves the result of a delivery. On the happy path it is the first that is written of a record's progress, and an operator's command may have placed
 * the record in line while its delivery was in flight, or the audit may have found it. Neither has decided anything: the result is saved on top of
 * it, because what the application has accepted would otherwise be sent again. Where it was rung for again, that turn has the word.
 */
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { Saved } from "../../../io/ledger/saved.ts";
import type { StepDependencies } from "./dependencies.ts";

export const saveTurn = async <From extends Progress, Next extends Progress>(
  { ledger }: Pick<StepDependencies, "ledger">,
  from: From,
  change: (from: From) => Next,
): Promise<Saved<Next>> => {
  const saved = await ledger.save(change(from), from);
  if (saved.kind === "saved" || from.revision > 0) return saved;
  const now = await ledger.progress(from.key);
  if (now?.state !== "stored" || now.epoch !== from.epoch) return saved;
  const { revision, order, group, contracts, inLine } = now;
  const placed = { ...from, revision, ...(inLine && { order, group, contracts, inLine }) };
  return ledger.save(change(placed), placed);
};
