/** Where an export says beside each charge what went back of it: the sum of a payment's lines against that of our refunds of it. */
import type { Money } from "../../formats/money.ts";
import type { Matching } from "../match/match.ts";
import type { Sides } from "../match/match-state.ts";
import { lineNames } from "../match/row-names.ts";
import { byLine } from "../match/row-order.ts";
import { codeOf, moneyOf } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import { standings } from "../sides/our-side.ts";
import type { Difference } from "./difference.ts";
import { type DifferenceSettings, difference, idsIn } from "./make-difference.ts";
import { sumOf } from "./unequal.ts";

/** One difference for each payment, named by the same of its lines whatever their order in the file. */
export function* givenBack(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, theirs, shared } = sides;
  for (const [payment, lines] of linesThatSay(sides, matching)) {
    const back = refundsOf(sides, payment);
    // An amount that is not known agrees with any.
    if (back.includes(undefined)) continue;
    const said = lines.map((line): Money => {
      const currency = shared.currencies.name(theirs.movements.currency.get(line));
      return { minor: theirs.refunded.get(line), currency };
    });
    const their = sumOf(said);
    const our = sumOf([...said.map(({ currency }) => ({ minor: 0, currency })), ...back]);
    const [line] = lines.toSorted((one, other) => byLine(sides, one, other)) as [number];
    const about = { about: "refund", names: lineNames(sides, line, payment), at: theirs.movements.at.get(line) } as const;
    if (!their || !our) {
      const known = sumOf(back);
      yield difference(settings, {
        ...about,
        cause: "export wrong",
        symptom: "currency",
        theirs: their,
        ours: known,
        money: their ?? known,
      });
      continue;
    }
    const isMore = their.minor > our.minor;
    if (their.minor === our.minor || (isMore && ours.hadGoneBack(payment, their.minor))) continue;
    const trace = isMore ? settings.traces.find("refund", idsIn(about.names)) : undefined;
    yield difference(settings, {
      cause: isMore ? "never sent" : "export wrong",
      symptom: our.minor === 0 || their.minor === 0 ? "missing" : isMore ? "over" : "under",
      ...trace,
      ...about,
      theirs: their,
      ours: our,
      money: { minor: Math.abs(their.minor - our.minor), currency: our.currency },
    });
  }
}

/** Of each payment, the lines that say what went back. */
const linesThatSay = ({ theirs }: Sides, { payment: payments }: Matching): ReadonlyMap<number, readonly number[]> => {
  const found = new Map<number, number[]>();
  for (const [line, payment] of payments.entries()) {
    if (payment === none || Number.isNaN(theirs.refunded.get(line))) continue;
    const lines = found.get(payment);
    if (lines) lines.push(line);
    else found.set(payment, [line]);
  }
  return found;
};

const refundsOf = ({ ours, shared }: Sides, payment: number): readonly (Money | undefined)[] => {
  const [from, until] = ours.movementsOf(payment);
  return Array.from({ length: until - from }, (_, index) => from + index)
    .filter((movement) => ours.movements.type.get(movement) === codeOf("refund") && ours.standing.get(movement) !== standings.gone)
    .map((movement) => moneyOf(ours.movements, movement, shared));
};
