/**
 * What becomes of a record that cannot be taken further: its bytes cannot be read, or the ledger cannot hold what is to be written.
 * It is retried later, or dead with its cause; either way its doorbell is answered, and no record waits for it that need not.
 */
import { dayMs } from "../../../../core/durations.ts";
import type { Bodiless, SetAsideCause } from "../../../../core/lifecycle/cause.ts";
import { can } from "../../../../core/lifecycle/events.ts";
import { linesOf } from "../../../../core/lifecycle/line.ts";
import { type Dead, failingSinceOf, type Progress } from "../../../../core/lifecycle/progress.ts";
import { postpone, setAside } from "../../../../core/lifecycle/transitions/failing.ts";
import { erase } from "../../../../core/lifecycle/transitions/operator.ts";
import { givenUpUnreadable } from "../../../../core/lifecycle/unreadable.ts";
import type { CallbackRecord } from "../../../../core/record.ts";
import { understand } from "../../../../core/understand.ts";
import type { StepDependencies } from "../dependencies.ts";
import { sendDeadLetter } from "./dead-letter.ts";

/** After that an operator is needed. */
const patienceMs = dayMs;

type Steps = Pick<StepDependencies, "ledger" | "deadLetters" | "clock" | "count">;

/** @param progress as it is, or for a record that has none yet `untouched` */
export const postponeUnreadable = async (steps: Steps, cause: Bodiless, progress: Progress, known: Progress | undefined): Promise<void> => {
  const now = steps.clock();
  if (cause.kind === "erased") {
    // The erasure was interrupted before it came to this.
    if (progress.erasedAt === undefined) await steps.ledger.save(erase(progress, now), known);
    return;
  }
  if (cause.kind === "body gone" || now - (failingSinceOf(progress) ?? now) > patienceMs)
    return setRecordAside(steps, cause, progress, known);
  // One that waits is woken by others, and looked at then.
  if (can("postpone", progress)) await steps.ledger.save(postpone(progress, cause, now), known);
};

/**
 * The letter first: nothing rings again for what the sweep gives up, nor under the old epoch for what could not be read. One whose record is not dead
 * after all is removed by the next sweep.
 */
export const setAsideWithLetter = async (steps: Steps, dead: Dead, known: Progress | undefined): Promise<void> => {
  await sendDeadLetter(steps, dead);
  const saved = await steps.ledger.save(dead, known);
  if (saved.kind === "saved") steps.count("DeadLettered", dead.source);
};

export const setRecordAside = async (
  steps: Steps,
  cause: SetAsideCause,
  progress: Progress,
  known: Progress | undefined,
): Promise<void> => {
  if (!can("setAside", progress)) return;
  await setAsideWithLetter(steps, setAside(progress, cause, steps.clock()), known);
};

/**
 * A record whose progress cannot be read is dead, at its own place in its contracts' lines.
 * @param known what stands for it: `unreadable`
 */
export const giveUpUnreadable = async (
  steps: Steps & Pick<StepDependencies, "config" | "findGateway">,
  record: CallbackRecord,
  known: Dead,
): Promise<void> => {
  const now = steps.clock();
  const understood = understand(record, steps.findGateway(record.gateway), steps.config);
  const contracts = understood.kind === "understood" ? linesOf(steps.config, record.raw.source, understood.events) : [];
  await setAsideWithLetter(steps, givenUpUnreadable(known, record, { contracts }, now), known);
};
