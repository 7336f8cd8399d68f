/** A record waits: behind another of its contract, or for a hold; and the end of that. */
import type { Millis } from "../../callback.ts";
import { minuteMs } from "../../durations.ts";
import type { Behind, ContractHeld, FailureCause, TargetHeld } from "../cause.ts";
import type { Before } from "../events.ts";
import type { Hold } from "../holds/hold.ts";
import { factsOf } from "./facts-of.ts";
import { inItsLines, soonMs } from "./rules.ts";
import { on } from "./transition.ts";

/** Records of a relaxed target are in no line, where the end of a hold would find them: they check again themselves. */
const lookAgainMs = 5 * minuteMs;

export const waitBehind = on("waitBehind", (progress, { key, contract }: Omit<Behind, "kind">, now: Millis) => ({
  ...inItsLines(progress),
  state: "waiting",
  at: now,
  cause: { kind: "behind", key, contract },
}));

export const waitForContract = on("waitForContract", (progress, { contract, why }: Omit<ContractHeld, "kind">, now: Millis) => ({
  ...inItsLines(progress),
  state: "waiting",
  at: now,
  cause: { kind: "contract held", contract, why },
}));

type Holding = Pick<Hold, "target" | "by" | "why">;

export const waitForTarget = on("waitForTarget", (progress, hold: Holding, now: Millis) => ({
  ...inItsLines(progress),
  state: "waiting",
  at: now,
  cause: heldCause(hold, lastFailureOf(progress)),
}));

/** An attempt like any other, except that its next comes with the hold's end, or when it is tried again under it. */
export const failUnderHold = on("failUnderHold", (progress, cause: FailureCause, hold: Holding, now: Millis) => ({
  ...inItsLines(progress),
  state: "waiting",
  at: now,
  attempts: progress.attempts + 1,
  cause: heldCause(hold, cause),
}));

const lastFailureOf = (progress: Before<"waitForTarget">): FailureCause | undefined => {
  if (progress.state === "retrying") return progress.cause;
  return progress.state === "waiting" && progress.cause.kind === "target held" ? progress.cause.last : undefined;
};

const heldCause = ({ target, by, why }: Holding, last: FailureCause | undefined): TargetHeld => ({
  kind: "target held",
  target,
  by,
  why,
  ...(last && { last }),
});

export const lookAgain = on("lookAgain", (progress, { contract, why }: Omit<ContractHeld, "kind">, now: Millis) => ({
  ...factsOf(progress),
  state: "scheduled",
  at: now,
  dueAt: now + lookAgainMs,
  cause: { kind: "contract held", contract, why },
}));

/** @param isAnsweredHere whether its turn comes at once, with that of the one before it; otherwise the sweep rings for it */
export const wake = on("wake", (progress, isAnsweredHere: boolean, now: Millis) => ({
  ...factsOf(progress),
  state: "ready",
  at: now,
  dueAt: now + (isAnsweredHere ? soonMs : 0),
  cause: { kind: "woken" },
}));
