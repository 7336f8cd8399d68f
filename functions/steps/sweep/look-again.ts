/**
 * Looks for findings again: where time alone changes them, because a grace has run out or a renewal was due; where a look has failed; and where
 * the application has begun to speak of a source. And for those of conflicts that have come or were decided. Those to which so much belongs that it
 * takes much memory are written down as large, and each is looked at alone: one after every ten others, so that neither holds up the other, and the
 * rest at the end.
 */
import { dayMs } from "../../../core/durations.ts";
import { type FindingPlace, type LookPlace, placeText } from "../../../core/findings/finding.ts";
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
  const lookAtOneLarge = largeOnes(sweep, each);
  await lookAtAll(sweep, { each, lookAtOneLarge }, (limit) => sweep.findings.dueLooks(sweep.clock(), limit));
  const { sources } = sweep.config;
  if (Object.values(sources).some(({ gateway }) => gateway === "app"))
    for (const source of Object.keys(sources))
      if (sweep.hasTime() && (await sweep.ledger.hasSide(source)))
        await lookAtAll(sweep, { each, lookAtOneLarge }, (limit) => sweep.findings.sidelessLooks(source, limit));
  while (sweep.hasTime() && (await lookAtOneLarge()));
  each.end();
};

/** Looks at the one that has been due longest. False when there is none. */
type LookAtOneLarge = () => Promise<boolean>;

const largeOnes = (sweep: SweepDependencies, each: OneByOne): LookAtOneLarge => {
  const seen = new Set<string>();
  let due: readonly LookPlace[] = [];
  return async () => {
    if (due.length === 0) {
      const read = await sweep.findings.dueLargeLooks(sweep.clock(), placesARound + each.failed.size);
      due = read.filter((place) => !seen.has(placeText(place)));
    }
    const [first, ...others] = due;
    due = others;
    if (!first) return false;
    seen.add(placeText(first));
    await each.all([first], placeText, (place) => lookAtLarge(sweep, place));
    return true;
  };
};

const lookAtLarge = async ({ look, findings, clock, report }: SweepDependencies, place: LookPlace): Promise<void> => {
  if ((await look(place, { within: "large look" })) !== "too large" || "conflict" in place) return;
  report(new Error("more events belong to it than there is room for: its findings are not looked for"), { record: placeText(place) });
  await findings.lookAgain(place, clock() + tooLargeForMs, clock(), "large look");
};

const lookAtSmall = async ({ look, findings, clock }: SweepDependencies, place: LookPlace): Promise<void> => {
  if ((await look(place, { within: "turn" })) === "too large" && !("conflict" in place)) await noteLarge({ findings, clock }, place);
};

/** Where it waited before it would be read again with every run. */
const noteLarge = async ({ findings, clock }: Pick<SweepDependencies, "findings" | "clock">, place: FindingPlace): Promise<void> => {
  const now = clock();
  await findings.lookAgain(place, now, now, "large look");
  await findings.noLongerSideless(place);
};

const lookAtAll = async (
  sweep: SweepDependencies,
  { each, lookAtOneLarge }: { readonly each: OneByOne; readonly lookAtOneLarge: LookAtOneLarge },
  read: (limit: number) => Promise<readonly LookPlace[]>,
): Promise<void> => {
  const seen = new Set<string>();
  for (;;) {
    // Those that failed stay where they are, before the others; so do, for a moment, those that the index still shows.
    const due = (await read(placesARound + each.failed.size)).filter((place) => !seen.has(placeText(place)));
    if (due.length === 0) return;
    for (const place of due) seen.add(placeText(place));
    for (const some of inGroups(due, placesTogether)) {
      await each.all(some, placeText, (place) => lookAtSmall(sweep, place));
      if (!sweep.hasTime()) return;
      await lookAtOneLarge();
      if (!sweep.hasTime()) return;
    }
  }
};
