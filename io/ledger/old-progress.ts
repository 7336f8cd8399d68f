/**
 * Progress as versions up to 0.1 wrote it, flat and with a sentence for its cause, in today's form. What cannot be turned into
 * data keeps its sentence (`as recorded`).
 */
import type { Millis } from "../../core/callback.ts";
import type { AsRecorded, TargetHeld } from "../../core/lifecycle/cause.ts";
import type { Facts, Progress, RecordState } from "../../core/lifecycle/progress.ts";

export interface OldProgress extends Facts {
  readonly state: Exclude<RecordState, "ready">;
  readonly dueAt?: Millis;
  readonly failingSince?: Millis;
  readonly reason?: string;
  readonly answer?: string;
  readonly held?: string;
  readonly releasing?: boolean;
}

export const fromOldProgress = (old: OldProgress): Progress => {
  const { state, dueAt, failingSince, reason, answer, held, releasing, ...facts } = old;
  const cause: AsRecorded = { kind: "as recorded", sentence: reason ?? "", ...(answer !== undefined && { answer }) };
  const due = { ...(dueAt !== undefined && { dueAt }) };
  const failing = { ...(failingSince !== undefined && { failingSince }) };
  const followers = releasing ? { releasing: true as const, dueAt: dueAt ?? facts.at } : {};
  switch (state) {
    case "stored":
      return { ...facts, state, ...due, ...(reason !== undefined && { cause }) };
    case "applied":
      return { ...facts, state, ...due, ...failing };
    case "retrying":
      // Also what was woken, released or replayed was called so.
      return failingSince === undefined
        ? { ...facts, state: "ready", dueAt: dueAt ?? facts.at, cause }
        : { ...facts, state, dueAt: dueAt ?? facts.at, failingSince, cause };
    case "scheduled":
      return failingSince === undefined
        ? { ...facts, state, dueAt: dueAt ?? facts.at, cause }
        : { ...facts, state, dueAt: dueAt ?? facts.at, failingSince, cause };
    case "waiting":
      return { ...facts, state, cause: held === undefined ? cause : targetHeld(held, cause.sentence) };
    case "dead":
      return { ...facts, state, cause, ...failing };
    case "delivered":
      return { ...facts, ...followers, state, answer: answer ?? "" };
    case "ignored":
      return { ...facts, ...followers, state, cause };
    case "discarded":
      return { ...facts, ...followers, state, cause };
    default:
      return state satisfies never;
  }
};

/** Its target is known; who holds it, and why, are only in the sentence. */
const targetHeld = (target: string, sentence: string): TargetHeld => {
  const [by = "", ...why] = sentence.slice(`the target ${target} is held by `.length).split(": ");
  return { kind: "target held", target, by, why: why.join(": ") };
};
