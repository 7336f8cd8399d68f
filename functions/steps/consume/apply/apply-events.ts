/** Apply: what a record says is entered into the ledger, once in effect, and looked at for findings. */
import type { Millis } from "../../../../core/callback.ts";
import type { PaymentEvent } from "../../../../core/event.ts";
import { type ContractName, entriesOf } from "../../../../core/ledger/entry.ts";
import type { Before } from "../../../../core/lifecycle/events.ts";
import type { Progress } from "../../../../core/lifecycle/progress.ts";
import { apply } from "../../../../core/lifecycle/transitions/turn.ts";
import { isIncomplete } from "../../../../core/read-back.ts";
import type { CallbackRecord } from "../../../../core/record.ts";
import type { TurnReads } from "../../../../io/ledger/turn-reads.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Placed } from "../wait.ts";
import { lookForFindings, saysSomething } from "./look-for-findings.ts";

interface Understood {
  readonly record: CallbackRecord;
  readonly progress: Before<"learn">;
  /** As it was read from the ledger: undefined on the record's first turn. */
  readonly known: Progress | undefined;
  /** What the callback says by itself. */
  readonly parsed: readonly PaymentEvent[];
  /** The same list, unless some of them were completed by what was read back. */
  readonly events: readonly PaymentEvent[];
}

/** `overtaken`: another turn of the record has saved meanwhile, and this one ends. */
export const applyEvents = async (steps: StepDependencies, understood: Understood): Promise<Placed | "overtaken"> => {
  const committed = await commit(steps, understood);
  if (committed === "overtaken") return committed;
  const { record, events } = understood;
  const { applied, found, isEntered, reads } = committed;
  // A later attempt brings nothing new, and neither does a later turn: what the first has not found is written down. A replay enters it again,
  // and may read more of it than before, also of what its target has accepted in part.
  if (isEntered || (applied.attempts === 0 && applied.accepted === undefined))
    await lookForFindings(steps, entriesOf(record.key, record.raw.source, events), found, reads);
  return applied;
};

interface Committed {
  readonly applied: Placed;
  /** The payments' lines beside which findings are kept. */
  readonly found: readonly ContractName[];
  /** By this turn. */
  readonly isEntered: boolean;
  readonly reads?: TurnReads;
}

/** More would take longer one after another than in a transaction. */
const mostPlainEntries = 10;

/**
 * Ledger and progress. An existing event is written again, unchanged. On the happy path the entries alone: they are a set, so a turn
 * that is interrupted before its end, when the progress is written, writes the same ones again, and a transaction would cost twice. Not
 * where a second reading could say less than the first, or where others read between the two: what was read back, a record
 * that has been here before, several contracts.
 */
const commit = async (
  steps: StepDependencies,
  { record, progress, known, parsed, events }: Understood,
): Promise<Committed | "overtaken"> => {
  const entriesAt = (heardAt: Millis | undefined) => entriesOf(record.key, record.raw.source, events, heardAt);
  if (progress.state === "applied" || (progress.applied && progress.state !== "stored")) {
    // A turn that has come as far as its target has finished that.
    const found = progress.accepted === undefined ? await steps.ledger.join(entriesAt(progress.heardAt)) : [];
    return { applied: progress, found, isEntered: false };
  }
  const applied = apply(progress, steps.clock());
  const entries = entriesAt(applied.heardAt);
  const isPlain = !known && events === parsed && progress.contracts.length <= 1 && entries.length <= mostPlainEntries;
  // The look for findings goes on with what is read here; without one it would only cost.
  const reads = isPlain && entries.some(saysSomething) ? steps.ledger.turnReads() : undefined;
  let found = isPlain ? await steps.ledger.enter(entries, reads) : [];
  const saved = isPlain ? { kind: "saved" as const, progress: applied } : await steps.ledger.commit(applied, known, entries);
  if (saved.kind === "overtaken") return saved.kind;
  // After the entries: whoever learns a link from now on sees them.
  if (!isPlain) found = await steps.ledger.join(entries);
  const unknown = events.filter((event) => event.type === "unknown").length;
  if (unknown > 0) steps.count("UnknownEvents", record.raw.source, unknown);
  const incomplete = events.filter(isIncomplete).length;
  if (incomplete > 0) steps.count("IncompleteEvents", record.raw.source, incomplete);
  return { applied: saved.progress, found, isEntered: true, ...(reads && { reads }) };
};
