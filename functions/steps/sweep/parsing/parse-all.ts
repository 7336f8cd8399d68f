/** Records that are parsed side by side, but for those at which the last run may have ended: first, and one at a time. */
import type { Progress } from "../../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../../core/record.ts";
import { setRecordAside } from "../../consume/failing/set-aside.ts";
import type { OneByOne } from "../../one-by-one.ts";
import type { SweepDependencies } from "../dependencies.ts";

interface Parsing<Known, Outcome> {
  readonly parse: (known: Known) => Promise<Outcome | undefined>;
  /** What comes of those for which there is no time. */
  readonly notYet?: Outcome;
}

/** The outcomes in the order of `some`. Undefined for those that failed, and for one that crashes the sweep, which is dead. */
export const parseAll = async <Known extends Progress, Outcome>(
  sweep: SweepDependencies,
  each: OneByOne,
  some: readonly Known[],
  { parse, notYet }: Parsing<Known, Outcome>,
): Promise<readonly (Outcome | undefined)[]> => {
  const turns = await Promise.all(some.map(async (known) => ({ known, turn: await turnOf(sweep, known) })));
  const outcomes = new Map<RecordKey, Outcome | undefined>();
  const inOrder = () => some.map(({ key }) => (outcomes.has(key) ? outcomes.get(key) : notYet));
  const keep = async (parsed: readonly Known[], work: (known: Known) => Promise<Outcome | undefined>): Promise<void> => {
    const found = await each.all(parsed, ({ key }) => key, work);
    for (const [at, { key }] of parsed.entries()) outcomes.set(key, found[at]);
  };
  for (const { known, turn } of turns) {
    if (turn === "as usual") continue;
    if (!sweep.hasTime()) return inOrder();
    await keep([known], (one) => (turn === "crashed" ? giveUpCrashing(sweep, one) : parseAlone(sweep, one, parse)));
  }
  const others = turns.filter(({ turn }) => turn === "as usual").map(({ known }) => known);
  await sweep.suspects.note(others.filter(({ applied }) => !applied).map(({ key }) => key));
  await keep(others, parse);
  return inOrder();
};

/** One that is in the ledger was parsed before, by consume. */
const turnOf = async ({ suspects }: SweepDependencies, { key, applied }: Progress) => (applied ? "as usual" : suspects.turnOf(key));

const parseAlone = async <Known extends Progress, Outcome>(
  { suspects }: SweepDependencies,
  known: Known,
  parse: (known: Known) => Promise<Outcome>,
): Promise<Outcome> => {
  await suspects.note([known.key]);
  return parse(known);
};

const giveUpCrashing = async (sweep: SweepDependencies, known: Progress): Promise<undefined> => {
  sweep.count("Crashed");
  await setRecordAside(sweep, { kind: "crashed" }, known, known);
};
