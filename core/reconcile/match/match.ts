/**
 * Which line of an export is which of our movements. By the strongest name first: the payment's own ids, then order, contract and customer with the
 * amount, at last amount and moment alone. Each match consumes both. Where several would fit equally well none is chosen: they are a tie. The
 * order of lines decides nothing.
 */

import { codeOf } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import { standings } from "../sides/our-side.ts";
import { matchByName, unequalOrders } from "./match-names.ts";
import { type MatchState, pair, type Sides, setAside, type Tie, type Unequal, type Way, weakerWays } from "./match-state.ts";
import { byLine, byMovement } from "./row-order.ts";

export interface Matching extends Pick<MatchState, "ours" | "theirs" | "payment" | "tied" | "ourTied"> {
  /** Groups of one payment and type whose amounts do not agree, nor their sums. */
  readonly unequal: readonly Unequal[];
  readonly ties: readonly Tie[];
  /** The number of lines matched in each way. */
  readonly byWay: Readonly<Record<Way, number>>;
}

export const matchSides = (sides: Sides): Matching => {
  const { ours, theirs } = sides;
  const lines = theirs.movements.type.length;
  const movements = ours.movements.type.length;
  const state: MatchState = {
    ours: new Int32Array(lines).fill(none),
    theirs: new Int32Array(movements).fill(none),
    payment: new Int32Array(lines).fill(none),
    tied: new Uint8Array(lines),
    ourTied: new Uint8Array(movements),
  };
  const byWay = { payment: 0, order: 0, contract: 0, customer: 0, moment: 0 };
  for (const line of state.payment.keys()) state.payment[line] = paymentNamed(sides, line);
  const unequal = byPayment(sides, state, byWay);
  const ties: Tie[] = [];
  for (const way of weakerWays) {
    matchByName(sides, state, { way, ties, byWay });
    if (way === "order") unequal.push(...unequalOrders(sides, state));
  }
  return { ...state, unequal, ties, byWay };
};

/** By the first of its ids that we know: a refund's own id says whose it is too. */
const paymentNamed = ({ ours, theirs }: Sides, line: number): number => {
  const from = theirs.idsFrom.get(line);
  const count = theirs.idsCount.get(line);
  for (let at = from; at < from + count; at++) {
    const payment = ours.paymentOf(theirs.ids.get(at));
    if (payment >= 0) return payment;
  }
  const movement = ours.movementOf(theirs.movements.reference.get(line));
  return movement < 0 ? none : ours.movements.payment.get(movement);
};

/** Within a payment and a type: those of equal amounts first, then all of them where their sums are equal. */
const byPayment = (sides: Sides, state: MatchState, byWay: Record<Way, number>): Unequal[] => {
  const { ours, theirs } = sides;
  const unequal: Unequal[] = [];
  const next = new Int32Array(theirs.movements.type.length).fill(none);
  const heads = new Int32Array(ours.payments()).fill(none);
  for (const [line, payment] of state.payment.entries())
    if (payment !== none) {
      next[line] = heads[payment] as number;
      heads[payment] = line;
    }
  for (const [payment, line] of heads.entries()) {
    if (line === none) continue;
    const [from, until] = ours.movementsOf(payment);
    // Nearly all payments are one line and one movement.
    if (next[line] === none && until === from + 1 && isPlainPair(sides, line, from)) {
      pair(state, line, from);
      byWay.payment++;
    } else matchPayment(sides, state, { payment, line, next, from, until }, { byWay, unequal });
  }
  return unequal;
};

const isPlainPair = (sides: Sides, line: number, movement: number): boolean =>
  sides.ours.standing.get(movement) !== standings.gone &&
  sides.theirs.movements.type.get(line) === sides.ours.movements.type.get(movement) &&
  isEqual(sides, line, movement);

interface Chain {
  readonly payment: number;
  /** Its first line; from one to the next. */
  readonly line: number;
  readonly next: Int32Array;
  /** Its movements. */
  readonly from: number;
  readonly until: number;
}

interface Results {
  readonly byWay: Record<Way, number>;
  readonly unequal: Unequal[];
}

const matchPayment = (sides: Sides, state: MatchState, { payment, line, next, from, until }: Chain, { byWay, unequal }: Results): void => {
  const { ours, theirs } = sides;
  const lines: number[] = [];
  for (let one = line; one !== none; one = next[one] as number) lines.push(one);
  const movements: number[] = [];
  for (let one = from; one < until; one++) if (ours.standing.get(one) !== standings.gone) movements.push(one);
  for (const [type, some] of Map.groupBy(lines, (one) => theirs.movements.type.get(one))) {
    const others = movements.filter((one) => ours.movements.type.get(one) === type);
    const left = pairEqual(sides, state, some, others);
    byWay.payment += some.length - left.lines.length;
    if (left.lines.length === 0 || left.movements.length === 0) continue;
    if (sumsAgree(sides, left)) {
      for (const [index, one] of left.lines.entries())
        pair(state, one, left.movements[Math.min(index, left.movements.length - 1)] as number);
      for (const one of left.movements) if (state.theirs[one] === none) state.theirs[one] = left.lines[0] as number;
      byWay.payment += left.lines.length;
      continue;
    }
    setAside(state, left);
    unequal.push({ payment, ...left });
  }
  settleVoided(sides, state, lines, movements);
};

/** Of what was voided we have the void alone. Where an export has both, its charge is what that void undid. */
const settleVoided = (sides: Sides, state: MatchState, lines: readonly number[], movements: readonly number[]): void => {
  const [theirs, ours] = [sides.theirs.movements, sides.ours.movements];
  const undone = movements.find((one) => ours.type.get(one) === codeOf("void") && state.theirs[one] !== none);
  if (undone === undefined) return;
  for (const line of lines) if (theirs.type.get(line) === codeOf("charge") && isEqual(sides, line, undone)) state.ours[line] = undone;
};

interface Left {
  readonly lines: readonly number[];
  readonly movements: readonly number[];
}

/** Pairs by amount, those with the same reference first; what is left of both, sorted. An amount that is not known agrees with any. */
const pairEqual = (sides: Sides, state: MatchState, lines: readonly number[], movements: readonly number[]): Left => {
  const { reference } = sides.theirs.movements;
  const free = new Set(movements.toSorted((one, other) => byMovement(sides, one, other)));
  const take = (line: number, fits: (movement: number) => boolean): boolean => {
    for (const movement of free)
      if (fits(movement) && isEqual(sides, line, movement)) {
        free.delete(movement);
        pair(state, line, movement);
        return true;
      }
    return false;
  };
  const isSame = (line: number) => (movement: number) =>
    reference.get(line) !== none && reference.get(line) === sides.ours.movements.reference.get(movement);
  const rest = lines.toSorted((one, other) => byLine(sides, one, other)).filter((line) => !take(line, isSame(line)));
  return { lines: rest.filter((line) => !take(line, () => true)), movements: [...free] };
};

const isEqual = ({ ours, theirs }: Sides, line: number, movement: number): boolean => {
  const [their, our] = [theirs.movements.minor.get(line), ours.movements.minor.get(movement)];
  if (Number.isNaN(their) || Number.isNaN(our)) return true;
  return their === our && theirs.movements.currency.get(line) === ours.movements.currency.get(movement);
};

/** Several captures for one sum, or one for several. */
const sumsAgree = ({ ours, theirs }: Sides, { lines, movements }: Left): boolean => {
  const [their, our] = [theirs.movements, ours.movements];
  const currencies = new Set([...lines.map((line) => their.currency.get(line)), ...movements.map((one) => our.currency.get(one))]);
  const sum = (minors: readonly number[]) => minors.reduce((all, one) => all + one, 0);
  return currencies.size === 1 && sum(lines.map((line) => their.minor.get(line))) === sum(movements.map((one) => our.minor.get(one)));
};
