/**
 * What becomes of a record that no attempt can deliver until something is changed: the source's secret cannot be read, the application
 * refuses the gateway's signature for its age, or the target itself is missing or closed to us. It is not an attempt, and never a dead
 * letter. Of the first two nothing follows about the application's health, in either direction; the last is the target's failure, and the
 * circuit breaker counts it.
 */
import type { DeferCause } from "../../../../core/lifecycle/cause.ts";
import { groupOfCause, sentenceOf } from "../../../../core/lifecycle/cause-text.ts";
import { isProbing } from "../../../../core/lifecycle/holds/hold.ts";
import { defer } from "../../../../core/lifecycle/transitions/failing.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Answer } from "../outcome.ts";
import { settleStillDelivered } from "../settle.ts";
import { type Placed, waitForHold } from "../wait.ts";
import { breakerAfterFailure } from "./breaker.ts";

/** Under the circuit breaker's hold it waits with the others, in their order; else until it is looked at again. */
export const deferRecord = async (steps: StepDependencies, progress: Placed, target: string, cause: DeferCause): Promise<Answer> => {
  if (cause.kind === "signature too old") {
    steps.count("SignaturesTooOld", progress.source);
    if (progress.acceptedBefore !== undefined) return settleStillDelivered(steps, progress, cause);
  }
  if (cause.kind === "target unusable") await breakerAfterFailure(steps, target, progress, cause);
  const hold = await steps.holds.current(target);
  if (isProbing(hold)) {
    const why = whyHeld(cause);
    // What has to be changed is said where people look first.
    const isForAge = cause.kind === "signature too old";
    const { isForAge: wasForAge = false, ...rest } = hold;
    if (hold.why !== why || isForAge !== wasForAge) await steps.holds.save({ ...rest, why, ...(isForAge && { isForAge }) }, hold);
    return waitForHold(steps, progress, { ...hold, why });
  }
  await steps.ledger.save(defer(progress, cause, steps.clock()), progress);
  return { kind: "done" };
};

const whyHeld = (cause: DeferCause): string => {
  if (cause.kind === "signature too old") return `${groupOfCause(cause)}: set \`resign: true\` on the target, and deploy`;
  return cause.kind === "target unusable" ? sentenceOf(cause) : cause.detail;
};
