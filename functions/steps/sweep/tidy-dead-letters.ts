/**
 * Keeps the dead-letter queue and the table consistent. A letter whose record is no longer dead is removed. One that the
 * queue's own redrive policy put there, because consume crashed on it repeatedly, makes its record dead, with that cause.
 */
import { readDoorbell } from "../../../core/lifecycle/doorbell.ts";
import { can } from "../../../core/lifecycle/events.ts";
import { crash } from "../../../core/lifecycle/transitions/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Longer than a check takes; those that stay become visible again at once. */
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
  // Not ours: stays where an operator sees it.
  if (!letter) return true;
  const known = await sweep.ledger.progress(letter.key);
  if (known?.state === "dead") return true;
  if (!known || !can("crash", known) || letter.epoch < known.epoch) return false;
  if ("reason" in JSON.parse(body)) return false;
  await sweep.ledger.save(crash(known, sweep.clock()), known);
  return true;
};
