/** Lines that no id of a payment has connected, by weaker names: order, contract, customer, and the moment where a line has no name at all. */
import { dayMs, secondMs } from "../../durations.ts";
import { none } from "../sides/numbers.ts";
import { standings } from "../sides/our-side.ts";
import { groupsOf, type Key } from "./groups.ts";
import { type MatchState, pair, type Sides, setAside, type Tie, type Unequal, type Way, type WeakerWay } from "./match-state.ts";

/** How far apart in time a line and a movement may be that only such a name connects: gateways book days later. */
const nearMs = 3 * dayMs;

export interface Naming {
  readonly way: WeakerWay;
  readonly ties: Tie[];
  readonly byWay: Record<Way, number>;
}

/** Of one name, type, amount and currency, and near each other in time. */
export const matchByName = (sides: Sides, state: MatchState, { way, ties, byWay }: Naming): void => {
  const { ours, theirs } = sides;
  const settle = (line: number, movement: number): void => {
    pair(state, line, movement);
    state.payment[line] = ours.movements.payment.get(movement);
    byWay[way]++;
  };
  groupsOf(theirs.movements.type.length, ours.movements.type.length, lineKey(sides, state, way), ourKey(sides, state, way)).each(
    (lines, movements) => {
      if (movements.length === 0) return;
      const tie = settleClear(sides, lines, movements, settle);
      if (!tie) return;
      setAside(state, tie);
      ties.push({ way, ...tie });
    },
  );
};

/** The only line and the only movement of an order, of other amounts. */
export const unequalOrders = (sides: Sides, state: MatchState): readonly Unequal[] => {
  const { ours, theirs } = sides;
  const found: Unequal[] = [];
  const whole = (key: Key | undefined): Key | undefined => key && [key[0], key[1], none, none];
  const [line, our] = [lineKey(sides, state, "order"), ourKey(sides, state, "order")];
  groupsOf(
    theirs.movements.type.length,
    ours.movements.type.length,
    (row) => whole(line(row)),
    (row) => whole(our(row)),
  ).each((lines, movements) => {
    const [only, movement] = [lines[0] as number, movements[0]];
    if (lines.length !== 1 || movement === undefined || movements.length !== 1 || !isNear(sides, only, movement)) return;
    setAside(state, { lines, movements });
    state.payment[only] = ours.movements.payment.get(movement);
    found.push({ payment: ours.movements.payment.get(movement), lines, movements });
  });
  return found;
};

const lineKey =
  ({ theirs }: Sides, state: MatchState, way: WeakerWay) =>
  (line: number): Key | undefined => {
    if (state.payment[line] !== none || state.tied[line] !== 0) return undefined;
    const { type, minor, currency, at } = theirs.movements;
    // The moment alone connects only what has no name at all.
    if (
      way === "moment" &&
      (theirs.idsCount.get(line) > 0 || [theirs.order, theirs.contract, theirs.customer].some((names) => names.get(line) >= 0))
    )
      return undefined;
    const name = way === "moment" ? Math.floor(at.get(line) / secondMs) : theirs[way].get(line);
    return name === none || Number.isNaN(minor.get(line)) ? undefined : [name, type.get(line), minor.get(line), currency.get(line)];
  };

const ourKey =
  ({ ours }: Sides, state: MatchState, way: WeakerWay) =>
  (movement: number): Key | undefined => {
    if (state.theirs[movement] !== none || state.ourTied[movement] !== 0 || ours.standing.get(movement) === standings.gone)
      return undefined;
    const { type, minor, currency, at, payment } = ours.movements;
    const name = way === "moment" ? Math.floor(at.get(movement) / secondMs) : ours[way].get(payment.get(movement));
    return Number.isNaN(minor.get(movement)) ? undefined : [name, type.get(movement), minor.get(movement), currency.get(movement)];
  };

/** A line and a movement belong together when neither has another near it; then those at the very same moment. What is left is a tie. */
const settleClear = (
  sides: Sides,
  lines: readonly number[],
  movements: readonly number[],
  settle: (line: number, movement: number) => void,
): Pick<Tie, "lines" | "movements"> | undefined => {
  let [openLines, openMovements] = [lines, movements];
  for (const isClose of [isNear, isAtOnce]) {
    const fits = new Map(openLines.map((line) => [line, openMovements.filter((movement) => isClose(sides, line, movement))]));
    const settled = openLines.flatMap((line) => {
      const [movement, ...others] = fits.get(line) ?? [];
      const isOnly =
        movement !== undefined && others.length === 0 && openLines.every((other) => other === line || !fits.get(other)?.includes(movement));
      return isOnly ? [[line, movement] as const] : [];
    });
    for (const [line, movement] of settled) settle(line, movement);
    const done = new Set(settled.map(([line]) => line));
    const taken = new Set(settled.map(([, movement]) => movement));
    openLines = openLines.filter((line) => !done.has(line));
    openMovements = openMovements.filter((movement) => !taken.has(movement));
  }
  const tiedLines = openLines.filter((line) => openMovements.some((movement) => isNear(sides, line, movement)));
  if (tiedLines.length === 0) return undefined;
  const tiedMovements = openMovements.filter((movement) => tiedLines.some((line) => isNear(sides, line, movement)));
  return { lines: tiedLines, movements: tiedMovements };
};

const distance = ({ ours, theirs }: Sides, line: number, movement: number): number =>
  Math.abs(theirs.movements.at.get(line) - ours.movements.at.get(movement));

const isNear = (sides: Sides, line: number, movement: number): boolean =>
  distance(sides, line, movement) <= nearMs + (sides.theirs.isDay.get(line) ? dayMs : 0);

const isAtOnce = (sides: Sides, line: number, movement: number): boolean => distance(sides, line, movement) < secondMs;
