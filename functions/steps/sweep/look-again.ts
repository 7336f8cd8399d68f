/**
 * Looks for findings again: where time alone changes them, because a grace has run out or a renewal was due; where a look has failed; and where
 * the application has begun to speak of a source. And for those of conflicts that have come or were decided. Those to which so much belongs that it
 * takes much memory come last, one at a time.
 */
import { dayMs } from "../../../core/durations.ts";
import { type LookPlace, placeText } from "../../../core/findings/finding.ts";
import { inGroups } from "../../../core/sequences.ts";
import { type OneByOne, oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Of each shard. */
const placesARound = 10;
/** Side by side. Where the ledger is slow, a run that ends has done these at least, and the next one the next. */
const placesTogether = 10;
/** One for which there is no room at all is tried again then. */
const tooLargeForMs = dayMs;

export const lookAgain = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "lookAgain");
  const large = new Map<string, LookPlace>();
  const noteLarge = (place: LookPlace) => large.set(placeText(place), place);
  await lookAtAll(sweep, { each, noteLarge }, (limit) => sweep.findings.dueLooks(sweep.clock(), limit));
  const { sources } = sweep.config;
  if (Object.values(sources).some(({ gateway }) => gateway === "app"))
    for (const source of Object.keys(sources))
      if (sweep.hasTime() && (await sweep.ledger.hasSide(source)))
        await lookAtAll(sweep, { each, noteLarge }, (limit) => sweep.findings.sidelessLooks(source, limit));
  for (const place of large.values()) {
    if (!sweep.hasTime()) break;
    await each.all([place], placeText, (one) => lookAtLarge(sweep, one));
  }
  each.end();
};

const lookAtLarge = async ({ look, findings, clock, report }: SweepDependencies, place: LookPlace): Promise<void> => {
  if ((await look(place, { within: "large look" })) !== "too large" || "conflict" in place) return;
  report(new Error("more events belong to it than there is room for: its findings are not looked for"), { record: placeText(place) });
  await findings.lookAgain(place, clock() + tooLargeForMs, clock());
};

const lookAtAll = async (
  sweep: SweepDependencies,
  { each, noteLarge }: { readonly each: OneByOne; readonly noteLarge: (place: LookPlace) => void },
  read: (limit: number) => Promise<readonly LookPlace[]>,
): Promise<void> => {
  const seen = new Set<string>();
  for (;;) {
    // Those that failed stay where they are, before the others; so do, for a moment, those that the index still shows.
    const due = (await read(placesARound + each.failed.size)).filter((place) => !seen.has(placeText(place)));
    if (due.length === 0) return;
    for (const place of due) seen.add(placeText(place));
    for (const some of inGroups(due, placesTogether)) {
      const looked = await each.all(some, placeText, (place) => sweep.look(place, { within: "turn" }));
      for (const [at, place] of some.entries()) if (looked[at] === "too large") noteLarge(place);
      if (!sweep.hasTime()) return;
    }
  }
};
