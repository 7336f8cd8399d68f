/**
 * Keeps the dead-letter queue and the table consistent. A letter whose record is no longer dead is removed. So is one that the queue's
 * own redrive policy put there, because consume could do nothing about it for a day: its record is rung for again. One that crashes
 * consume is found out there.
 */
import { readDoorbell } from "../../../core/lifecycle/doorbell.ts";
import { can } from "../../../core/lifecycle/events.ts";
import { find } from "../../../core/lifecycle/transitions/sweep.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { Received } from "../../../io/queues/queue.ts";
import { oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Longer than a check takes; those that stay become visible again when all have been checked, so that each take brings others. */
const hiddenSeconds = 60;
/** More than these are checked as the first ones go. */
const mostLetters = 5_000;
/** Shown again side by side. */
const callsAtATime = 50;

export const tidyDeadLetters = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "tidyDeadLetters");
  const [seen, staying]: [Set<string>, string[]] = [new Set(), []];
  const startedAt = sweep.clock();
  while (sweep.hasTime() && seen.size < mostLetters && sweep.clock() - startedAt < (hiddenSeconds - 10) * 1000) {
    const letters = await sweep.deadLetters.take(hiddenSeconds);
    const isNews = letters.some(({ body }) => !seen.has(body));
    for (const { body } of letters) seen.add(body);
    const stay = await each.all(letters, keyIn, ({ body }) => belongsHere(sweep, body));
    const isGone = (at: number) => stay[at] === false;
    staying.push(...letters.filter((_, at) => !isGone(at)).map(({ handle }) => handle));
    await each.all(
      letters.filter((_, at) => isGone(at)),
      keyIn,
      ({ handle }) => sweep.deadLetters.discard(handle),
    );
    if (!isNews) break;
  }
  // What does not become visible here becomes so when its time is over.
  for (const some of inGroups(staying, callsAtATime)) await Promise.allSettled(some.map((handle) => sweep.deadLetters.snooze(handle, 0)));
  each.end();
};

const keyIn = ({ body }: Received): string => readDoorbell(body)?.key ?? "no doorbell";

const belongsHere = async (sweep: SweepDependencies, body: string): Promise<boolean> => {
  const letter = readDoorbell(body);
  // Not ours: stays where an operator sees it.
  if (!letter) return true;
  const known = await sweep.ledger.progress(letter.key);
  if (known?.state === "dead") return true;
  if (known && letter.epoch >= known.epoch && !("reason" in JSON.parse(body)) && can("find", known)) {
    await sweep.ledger.save(find(known, sweep.clock()), known);
    sweep.count("Redriven", known.source);
  }
  return false;
};
