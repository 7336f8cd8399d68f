/** Standing in line: behind another record of the contract (promise P6), or behind a hold. */
import { groupOf, ownGroup } from "../../../core/lifecycle/doorbell.ts";
import type { Before } from "../../../core/lifecycle/events.ts";
import { type Hold, isProbing, mayPass } from "../../../core/lifecycle/holds/hold.ts";
import { isProbeDue, probing } from "../../../core/lifecycle/holds/probe.ts";
import { isIn, type Progress } from "../../../core/lifecycle/progress.ts";
import { enterLines } from "../../../core/lifecycle/transitions/turn.ts";
import { lookAgain, waitBehind, waitForContract, waitForTarget } from "../../../core/lifecycle/transitions/waiting.ts";
import type { CallbackRecord, RecordKey } from "../../../core/record.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { LineEntry } from "../../../io/ledger/line.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer } from "./outcome.ts";

/** A record that is in the ledger and is to be delivered. */
export type Placed = Before<"deliver">;

/** What a record that has to wait becomes; undefined when it may go on. `known` is what it was when its doorbell rang. */
export const waitIfHeld = async (steps: StepDependencies, progress: Placed, known: Progress = progress): Promise<Answer | undefined> => {
  const target = steps.config.sources[progress.source]?.target ?? "";
  const recent = await steps.holds.recent(target);
  if (!recent || mayPass(recent, known)) return undefined;
  // The breaker's changes from second to second, and what was released a moment ago must not wait for what was read before that.
  const hold = isProbing(recent) || known.state === "ready" ? await steps.holds.current(target) : recent;
  if (!hold || mayPass(hold, known) || (await isToTry(steps, progress, hold))) return undefined;
  return waitForHold(steps, progress, hold);
};

/** While the breaker holds, what arrives may be the next that is tried: it has not failed, and nothing of its contract is before it. */
const isToTry = async (steps: StepDependencies, progress: Placed, hold: Hold): Promise<boolean> => {
  if (!isProbing(hold) || progress.state === "waiting" || progress.attempts > 0) return false;
  const tried = hold.probe && (await steps.ledger.progress(hold.probe));
  const now = steps.clock();
  if (!isProbeDue(hold, tried, now) || (await entryBefore(steps, progress))) return false;
  return steps.holds.save(probing(hold, progress.key, {}, now), hold);
};

export const waitForHold = async (steps: StepDependencies, progress: Placed, hold: Hold): Promise<Answer> => {
  const saved = await steps.ledger.save(waitForTarget(progress, hold, steps.clock()), progress);
  if (saved.kind === "saved" && !isIn(progress, ["ready", "retrying"])) steps.count("Waited", progress.source);
  return { kind: "done" };
};

/**
 * A record that concerns several contracts travels in a separate group. It is in all of their lines before it is delivered, so
 * that none of them goes on meanwhile. Of two such records the one stored first goes first: no two can wait for each other.
 */
export const standInLine = async (
  steps: StepDependencies,
  progress: Placed,
  { group, record }: { readonly group: string; readonly record: CallbackRecord },
): Promise<Placed | "overtaken" | "to be rung again"> => {
  if (progress.inLine || progress.state === "waiting") return progress;
  const isElsewhere = group !== progress.group && group === ownGroup(progress);
  const later = cameEarlier(record) ? await firstsAfter(steps, progress) : [];
  if (isGuardedByGroup(progress) && !isElsewhere && later.length === 0) return progress;
  const now = steps.clock();
  const placed = enterLines(progress, now);
  // It rang in a separate group, because its contract was not known, and others of its contract may be in flight in theirs; or it was spilled, and
  // one behind it may be at its next attempt. That one waits from now on, and once the sweep has rung for this one, no attempt of before is left.
  const isRungAgain = isElsewhere || (await isAnyTried(steps, later));
  const saved = await steps.ledger.save(isRungAgain ? { ...placed, dueAt: now } : placed, progress);
  if (saved.kind === "overtaken") return saved.kind;
  return isRungAgain ? "to be rung again" : saved.progress;
};

const cameEarlier = ({ storedAt, orderedAt = storedAt }: CallbackRecord): boolean => orderedAt < storedAt;

/** The first in its contracts' lines, where they stand behind it and it is not in line yet. */
const firstsAfter = async (steps: StepDependencies, { source, contracts, order }: Progress): Promise<readonly RecordKey[]> => {
  const firsts = await Promise.all(contracts.map((contract) => steps.ledger.firstInLine({ source, contract })));
  return firsts.flatMap((first) => (first && first.key !== "hold" && first.order > order ? [first.key] : []));
};

/** Whether an attempt at one of them may be under way. */
const isAnyTried = async ({ ledger }: StepDependencies, keys: readonly RecordKey[]): Promise<boolean> => {
  const known = await Promise.all(keys.map((key) => ledger.progress(key)));
  return known.some((progress) => progress && isIn(progress, ["stored", "applied", "ready", "retrying"]));
};

/** Whether no other record of its contracts can be in flight: there is none, or the queue delivers that contract's records one at a time. */
const isGuardedByGroup = ({ source, key, group, contracts }: Progress): boolean =>
  contracts.length === 0 || (contracts.length === 1 && group === groupOf(source, key, contracts));

/** Checks that find the one before just settled, before the doorbell has to be redelivered. */
const looks = 3;

export const waitIfBehind = async (steps: StepDependencies, progress: Placed): Promise<Answer | undefined> => {
  for (let look = 0; look < looks; look++) {
    const before = await entryBefore(steps, progress);
    if (!before) return undefined;
    const now = steps.clock();
    const waiting =
      before.key === "hold" ? waitForContract(progress, before, now) : waitBehind(progress, { ...before, key: before.key }, now);
    const saved = await steps.ledger.save(waiting, progress, before);
    if (saved.kind === "overtaken") continue;
    if (progress.state !== "waiting") steps.count("Waited", progress.source);
    return { kind: "done" };
  }
  return { kind: "again", delayMs: 1_000 };
};

/** For a record of a relaxed target, which is in no line. */
export const waitIfContractHeld = async (
  steps: StepDependencies,
  progress: Placed,
  contracts: readonly string[],
): Promise<Answer | undefined> => {
  for (const contract of contracts) {
    const first = await steps.ledger.firstInLine({ source: progress.source, contract });
    if (first?.key !== "hold") continue;
    await steps.ledger.save(lookAgain(progress, first, steps.clock()), progress);
    return { kind: "done" };
  }
  return undefined;
};

/** Lines that are looked at side by side: half as many as there are connections to the table. */
export const linesTogether = 25;

/** What is before a record in the first of its contracts' lines where anything is. */
const entryBefore = async (steps: StepDependencies, { source, contracts, order }: Progress): Promise<LineEntry | undefined> => {
  for (const some of inGroups(contracts, linesTogether)) {
    const firsts = await Promise.all(some.map((contract) => steps.ledger.firstInLine({ source, contract })));
    const before = firsts.find((first) => first && first.order < order);
    if (before) return before;
  }
  return undefined;
};
