/**
 * Keeps the dead-letter queue and the table saying the same. A letter whose record is no longer dead is taken out. One that the
 * queue's own redrive policy put there, because consume crashed on it again and again, makes its record dead, with that reason.
 */
import { readDoorbell } from "../../../core/lifecycle/doorbell.ts";
import { isSettled } from "../../../core/lifecycle/progress.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Longer than a look takes; those that stay are shown again at once. */
const hiddenSeconds = 30;

export const tidyDeadLetters = async (sweep: SweepDependencies): Promise<void> => {
  const seen = new Set<string>();
  while (sweep.hasTime()) {
    const letters = await sweep.deadLetters.take(hiddenSeconds);
    const staying: string[] = [];
    for (const { body, handle } of letters) {
      const stays = await belongsHere(sweep, body);
      if (!stays) await sweep.deadLetters.discard(handle);
      else staying.push(handle);
    }
    const isNews = letters.some(({ body }) => !seen.has(body));
    for (const { body } of letters) seen.add(body);
    await Promise.all(staying.map((handle) => sweep.deadLetters.snooze(handle, 0)));
    if (letters.length === 0 || !isNews || staying.length === letters.length) return;
  }
};

const belongsHere = async (sweep: SweepDependencies, body: string): Promise<boolean> => {
  const letter = readDoorbell(body);
  // Nothing of ours: stays where a person sees it.
  if (!letter) return true;
  const known = await sweep.ledger.progress(letter.key);
  if (known?.state === "dead") return true;
  if (!known || isSettled(known.state) || letter.epoch < known.epoch) return false;
  if ("reason" in JSON.parse(body)) return false;
  const { dueAt: _, ...rest } = known;
  const reason = "consume failed on it again and again without saying why; its log tells more";
  await sweep.ledger.save({ ...rest, state: "dead", at: sweep.clock(), inLine: known.contracts.length > 0, reason }, known);
  return true;
};
