/** Distinguishes a record that crashes consume from one whose stores refuse: its turn is noted before it begins, and again when it ends. */
import { isNoted, turnOf } from "../../../../core/lifecycle/crash.ts";
import { type Before, can } from "../../../../core/lifecycle/events.ts";
import { untouched } from "../../../../core/lifecycle/progress.ts";
import { noteTurn, survive } from "../../../../core/lifecycle/transitions/turn.ts";
import type { CallbackRecord } from "../../../../core/record.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Answer } from "../outcome.ts";
import { deadLetter } from "./dead-letter.ts";

/** How a doorbell came. */
export interface Handed {
  /** How often the queue has handed it out. */
  readonly receives: number;
  /** Whether no other is being answered. */
  readonly isAlone: boolean;
}

export const firstHanded: Handed = { receives: 1, isAlone: false };

type Known = Before<"begin"> | undefined;

/** @param proceed its turn, from the progress as it is by then */
export const turnNoted = async (
  steps: StepDependencies,
  record: CallbackRecord,
  known: Known,
  { receives, isAlone, proceed }: Handed & { readonly proceed: (known: Known) => Promise<Answer> },
): Promise<Answer> => {
  const turn = known ? turnOf(known) : "as usual";
  if (known && turn === "crashed") {
    steps.count("Crashed");
    return deadLetter(steps, known, known, { cause: { kind: "crashed" }, attempts: known.attempts });
  }
  if (turn === "alone" && !isAlone) return { kind: "alone" };
  if (turn === "as usual" && !isNoted(receives)) return proceed(known);
  const noted = await steps.ledger.save(noteTurn(known ?? untouched(record, steps.clock())), known);
  if (noted.kind === "overtaken") return { kind: "done" };
  try {
    return await proceed(noted.progress);
  } catch (error) {
    await noteSurvived(steps, record).catch(() => {});
    throw error;
  }
};

const noteSurvived = async (steps: StepDependencies, { key }: CallbackRecord): Promise<void> => {
  const now = await steps.ledger.progress(key);
  if (now?.turnsNotEnded !== undefined && can("survive", now)) await steps.ledger.save(survive(now), now);
};
