/** What happens to a record in its turn: its doorbell rings, and consume answers. Pure; the result is saved on the revision it was decided on. */
import type { Millis } from "../../callback.ts";
import { minuteMs } from "../../durations.ts";
import type {
  Behind,
  BodyUnreadable,
  ContractHeld,
  DeathCause,
  DeferCause,
  FailureCause,
  SetAsideCause,
  SignatureTooOld,
  TargetHeld,
} from "../cause.ts";
import { sentenceOf } from "../cause-text.ts";
import { groupOf } from "../doorbell.ts";
import type { Before } from "../events.ts";
import type { Hold } from "../hold.ts";
import { type Facts, failingSinceOf, type Progress, type Settled } from "../progress.ts";
import { die, inItsLines, lostAfterMs, outOfItsLines, soonMs } from "./rules.ts";
import { during, factsOf, on } from "./transition.ts";

/** Records of a relaxed target are in no line, where the end of a hold would find them: they check again themselves. */
const lookAgainMs = 5 * minuteMs;

/** What its events say today; a record that was never understood before learns its contracts here. */
export const begin = during("begin", (progress, read: Required<Pick<Facts, "contracts" | "types">>) => ({
  ...progress,
  // A line entry that exists stays under the contracts it was made for, and an entry of the ledger too.
  contracts: progress.inLine || progress.applied ? progress.contracts : read.contracts,
  group: groupOf(progress.source, progress.key, read.contracts),
  types: (progress.applied && progress.types) || read.types,
}));

export const noteTurn = during("noteTurn", (progress) => ({ ...progress, turnsNotEnded: (progress.turnsNotEnded ?? 0) + 1 }));

export const survive = during("survive", ({ turnsNotEnded: _, ...progress }) => progress);

/** It keeps its group, which is the one the queue has it in. */
export const learn = during("learn", (progress, { contracts, ...read }: Pick<Facts, "contracts" | "types" | "lacking">) => {
  const { lacking: _, ...rest } = progress;
  return { ...rest, ...read, contracts: progress.inLine || progress.applied ? progress.contracts : contracts };
});

export const apply = on("apply", (progress, now: Millis) => ({
  ...factsOf(progress),
  state: "applied",
  at: now,
  applied: true,
  ...("dueAt" in progress && progress.dueAt !== undefined && { dueAt: progress.dueAt }),
  ...("failingSince" in progress && { failingSince: progress.failingSince }),
}));

export const enterLines = during("enterLines", (progress, now: Millis) => ({
  ...progress,
  inLine: progress.contracts.length > 0,
  dueAt: now + lostAfterMs,
}));

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

interface FailedAttempt {
  readonly cause: FailureCause;
  /** Until the next attempt. */
  readonly delayMs: number;
}

const failed = (progress: Progress, cause: FailureCause, now: Millis) => ({
  ...inItsLines(progress),
  at: now,
  attempts: progress.attempts + 1,
  failingSince: failingSinceOf(progress) ?? now,
  cause,
});

export const retry = on("retry", (progress, { cause, delayMs }: FailedAttempt, now: Millis) => ({
  ...failed(progress, cause, now),
  state: "retrying",
  dueAt: now + delayMs + lostAfterMs,
}));

export const schedule = on("schedule", (progress, { cause, delayMs }: FailedAttempt, now: Millis) => ({
  ...failed(progress, cause, now),
  state: "scheduled",
  dueAt: now + delayMs,
}));

/** From a minute to a quarter of an hour: as long again as it has lasted. */
const shortestPostponementMs = minuteMs;
const longestPostponementMs = 15 * minuteMs;

/** Not an attempt: nothing was sent. */
export const postpone = on("postpone", (progress, cause: BodyUnreadable, now: Millis) => {
  const failingSince = failingSinceOf(progress) ?? now;
  const lastedMs = now - failingSince;
  return {
    ...inItsLines(progress),
    state: "scheduled",
    at: now,
    failingSince,
    dueAt: now + Math.max(shortestPostponementMs, Math.min(longestPostponementMs, lastedMs)),
    cause,
  };
});

/** A signature that is too old waits for a person and a deployment, a secret for its service. */
const longestDeferMs = { "signature too old": 360 * minuteMs, "secret unreadable": 15 * minuteMs } as const;

/** Not an attempt: nothing it does before something is changed could succeed. Those behind it in its contracts wait. */
export const defer = on("defer", (progress, cause: DeferCause, now: Millis) => {
  const failingSince = failingSinceOf(progress) ?? now;
  return {
    ...inItsLines(progress),
    state: "scheduled",
    at: now,
    failingSince,
    dueAt: now + Math.max(minuteMs, Math.min(longestDeferMs[cause.kind], now - failingSince)),
    cause,
  };
});

export const setAside = on("setAside", (progress, cause: SetAsideCause, now: Millis) => die(progress, cause, now));

/** @param attempts those made, with the last */
export const giveUp = on(
  "giveUp",
  (progress, { cause, attempts }: { readonly cause: DeathCause; readonly attempts: number }, now: Millis) => ({
    ...die(progress, cause, now),
    attempts,
  }),
);

export const deliver = on("deliver", (progress, answer: string, now: Millis) => ({
  ...withoutFormerAnswer(outOfItsLines(progress, now + soonMs)),
  state: "delivered",
  at: now,
  attempts: progress.attempts + 1,
  answer,
}));

/** The discard came too late: what the application has was not kept from it. Those behind it go on as they do. */
export const deliverAfterAll = on("deliverAfterAll", ({ releasing, dueAt, ...progress }, answer: string, now: Millis) => ({
  ...withoutFormerAnswer(factsOf(progress)),
  ...(releasing ? { releasing, dueAt } : {}),
  state: "delivered",
  at: now,
  attempts: progress.attempts + 1,
  answer: `${answer}; an attempt was in flight when it was discarded`,
}));

/**
 * The application has it, and does not take it again for its signature's age: it stays delivered, so that nothing waits for it, and says
 * what its replay was answered.
 */
export const stayDelivered = on("stayDelivered", (progress, refusal: SignatureTooOld, now: Millis) => ({
  ...withoutFormerAnswer(outOfItsLines(progress, now + soonMs)),
  state: "delivered",
  at: now,
  answer: `${progress.acceptedBefore ?? ""}; replayed, and ${sentenceOf(refusal)}`,
}));

const withoutFormerAnswer = <Facts extends { readonly acceptedBefore?: string }>({ acceptedBefore: _, ...facts }: Facts) => facts;

export const ignore = on("ignore", (progress, now: Millis) => ({
  ...outOfItsLines(progress, now + soonMs),
  state: "ignored",
  at: now,
  cause: { kind: "no event wanted" },
}));

export const followersWoken = on("followersWoken", ({ releasing: _, dueAt: __, ...settled }): Settled => settled);

/** @param isAnsweredHere whether its turn comes at once, with that of the one before it; otherwise the sweep rings for it */
export const wake = on("wake", (progress, isAnsweredHere: boolean, now: Millis) => ({
  ...factsOf(progress),
  state: "ready",
  at: now,
  dueAt: now + (isAnsweredHere ? soonMs : 0),
  cause: { kind: "woken" },
}));
