/**
 * What becomes of a record that no attempt can deliver until something is changed: the source's secret cannot be read, or the
 * application refuses the gateway's signature for its age. It is not an attempt, and never a dead letter; and it says nothing about the
 * application's health, in either direction.
 */
import type { DeferCause } from "../../../core/lifecycle/cause.ts";
import { groupOfCause } from "../../../core/lifecycle/cause-text.ts";
import { isProbing } from "../../../core/lifecycle/hold.ts";
import { defer } from "../../../core/lifecycle/transitions/failing.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer } from "./outcome.ts";
import { settleStillDelivered } from "./settle.ts";
import { type Placed, waitForHold } from "./wait.ts";

/** Under the circuit breaker's hold it waits with the others, in their order; else until it is looked at again. */
export const deferRecord = async (steps: StepDependencies, progress: Placed, target: string, cause: DeferCause): Promise<Answer> => {
  if (cause.kind === "signature too old") {
    steps.count("SignaturesTooOld", progress.source);
    if (progress.acceptedBefore !== undefined) return settleStillDelivered(steps, progress, cause);
  }
  const hold = await steps.holds.current(target);
  if (isProbing(hold)) {
    const why = whyHeld(cause);
    // What has to be changed is said where people look first.
    if (hold.why !== why) await steps.holds.save({ ...hold, why }, hold);
    return waitForHold(steps, progress, { ...hold, why });
  }
  await steps.ledger.save(defer(progress, cause, steps.clock()), progress);
  return { kind: "done" };
};

const whyHeld = (cause: DeferCause): string =>
  cause.kind === "signature too old" ? `${groupOfCause(cause)}: set \`resign: true\` on the target, and deploy` : cause.detail;
