/** The end of a record's path, and of its followers' wait. */
import type { Millis } from "../../callback.ts";
import type { Mode } from "../../mode.ts";
import type { EnteredFromExport, EnteredOnly, NoEventWanted, RecordedBefore, SignatureTooOld } from "../cause.ts";
import { sentenceOf } from "../cause-text.ts";
import type { Settled } from "../progress.ts";
import { factsOf } from "./facts-of.ts";
import { outOfItsLines, soonMs } from "./rules.ts";
import { on } from "./transition.ts";

export const deliver = on("deliver", (progress, answer: string, now: Millis) => ({
  ...outOfItsLines(progress, now + soonMs, "delivery"),
  state: "delivered",
  at: now,
  attempts: progress.attempts + 1,
  answer,
}));

/** The discard came too late: what the application has was not kept from it. Those behind it go on as they do. */
export const deliverAfterAll = on("deliverAfterAll", ({ releasing, dueAt, ...progress }, answer: string, now: Millis) => ({
  ...factsOf(progress, "delivery"),
  ...(releasing ? { releasing, dueAt } : {}),
  state: "delivered",
  at: now,
  attempts: progress.attempts + 1,
  // Of what was erased, not even what the application says.
  answer: [...(progress.erasedAt === undefined ? [answer] : []), "an attempt was in flight when it was discarded"].join("; "),
}));

/**
 * The application has it, and does not take it again for its signature's age: it stays delivered, so that nothing waits for it, and says
 * what its replay was answered.
 */
export const stayDelivered = on("stayDelivered", (progress, refusal: SignatureTooOld, now: Millis) => ({
  ...outOfItsLines(progress, now + soonMs, "delivery"),
  state: "delivered",
  at: now,
  answer: `${progress.acceptedBefore ?? ""}; replayed, and ${sentenceOf(refusal)}`,
}));

export const ignore = on("ignore", (progress, cause: NoEventWanted | EnteredOnly | EnteredFromExport, now: Millis) => ({
  ...outOfItsLines(progress, now + soonMs),
  state: "ignored",
  at: now,
  cause,
}));

/** Before the ledger learns of it. What it entered under another setting stays there. */
export const leaveOut = on("leaveOut", (progress, says: Mode, now: Millis) => ({
  ...outOfItsLines(progress, now + soonMs),
  state: "ignored",
  at: now,
  cause: { kind: "other mode", says },
}));

/** A redelivery, before anything comes of it. */
export const recognize = on("recognize", (progress, cause: RecordedBefore, now: Millis) => ({
  ...outOfItsLines(progress, now + soonMs),
  state: "ignored",
  at: now,
  cause,
}));

export const followersWoken = on("followersWoken", ({ releasing: _, dueAt: __, ...settled }): Settled => settled);
