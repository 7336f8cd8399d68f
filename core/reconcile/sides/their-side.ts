/** What the gateway's exports say, as movements: lines of one or several files, of which one that stands there twice counts once (R-REC-4). */
import type { Millis } from "../../callback.ts";
import type { MovementType } from "../../difference/movement-type.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { MoneyLine } from "../export-line.ts";
import { hashText } from "./hash-text.ts";
import { codeOf, createMovements, type Movements, noAmount, type Shared } from "./movements.ts";
import { type Column, codes, exact, none, rows } from "./numbers.ts";
import type { NamesUsed } from "./our-side.ts";
import { chainOf, createRepeats } from "./repeats.ts";

export interface TheirSide {
  readonly movements: Movements;
  /** Ids of the payment, in the order in which they are asked for: the first and how many, in `ids`. */
  readonly idsFrom: Column;
  readonly idsCount: Column;
  readonly ids: Column;
  readonly contract: Column;
  readonly customer: Column;
  readonly order: Column;
  /** What the line is called, where it has no other name. */
  readonly line: Column;
  /** A day and no time. */
  readonly isDay: Column;
  /** What was given back of a charge so far, in minor units of its currency; NaN where that is not said. */
  readonly refunded: Column;
  /** Rows of lines that stand there more than once, once for each further time. */
  readonly repeated: Column;
  /** Adds a line; says what became of it. `restated`: it stands there twice, and the second says what has gone back since. */
  add(line: MoneyLine): Added;
  /** Which weaker names its lines have. */
  readonly names: () => NamesUsed;
  readonly first: () => Millis | undefined;
  readonly last: () => Millis | undefined;
}

export type Added = "added" | "repeated" | "restated" | "pending" | "later";

/** Pending is nothing yet: it is counted, and compared with nothing. */
const typeOf = ({ type, outcome }: MoneyLine): MovementType | "pending" => {
  if (outcome === "pending") return "pending";
  if (type === "charge" && outcome === "voided") return "void";
  if (type === "charge" && outcome === "failed") return "failure";
  if (type === "refund" && outcome !== "done") return "refund failed";
  return type as MovementType;
};

/** @param asOf what happened then or later is not compared (R-REC-2) */
export const createTheirSide = (shared: Shared, asOf: Millis = Number.POSITIVE_INFINITY): TheirSide => {
  const { texts, currencies } = shared;
  const movements = createMovements();
  const side = {
    idsFrom: rows(),
    idsCount: codes(),
    ids: rows(),
    contract: rows(),
    customer: rows(),
    order: rows(),
    line: rows(),
    isDay: codes(),
    refunded: exact(),
    repeated: rows(),
  };
  /** What lines are called, hashed: of those that agree in everything else their names decide. */
  const names = rows();
  const [named, nameless] = [createRepeats(), createRepeats()];
  const used = { contract: false, customer: false, order: false };
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const idOf = (text: string | undefined): number => (text === undefined ? none : texts.add(ledgerId(text)));
  const again = (row: number, { refunded }: MoneyLine): Added => {
    const [before, now] = [side.refunded.get(row), refunded?.minor ?? Number.NaN];
    if (now === before || Number.isNaN(now)) {
      side.repeated.push(row);
      return "repeated";
    }
    // What goes back only grows: the larger is the later.
    side.refunded.set(row, Number.isNaN(before) ? now : Math.max(before, now));
    return "restated";
  };
  return {
    movements,
    ...side,
    add(line) {
      const type = typeOf(line);
      if (type === "pending") return "pending";
      const { amount, at, payment } = line;
      if (at >= asOf) return "later";
      const row = movements.type.length;
      const from = side.ids.length;
      const firstId = idOf(payment[0]);
      const [contract, customer, order, reference] = [
        idOf(line.contract),
        idOf(line.customer),
        idOf(line.order),
        idOf(line.refund ?? line.dispute),
      ];
      const name = line.line === undefined ? none : hashText(line.line);
      const [code, minor, currency] = [codeOf(type), amount?.minor ?? noAmount, currencies.codeOf(amount?.currency)];
      const isSame = (other: number): boolean =>
        movements.type.get(other) === code &&
        Object.is(movements.minor.get(other), minor) &&
        movements.currency.get(other) === currency &&
        movements.at.get(other) === at &&
        movements.reference.get(other) === reference &&
        names.get(other) === name &&
        side.contract.get(other) === contract &&
        side.customer.get(other) === customer &&
        side.order.get(other) === order;
      const key = firstId === none ? reference : firstId;
      const same = key === none ? nameless.find(chainOf(at, minor), row, isSame) : named.find(key, row, isSame);
      if (same !== none) return again(same, line);
      movements.type.push(code);
      movements.minor.push(minor);
      movements.currency.push(currency);
      movements.at.push(at);
      if (reference !== none) movements.reference.set(row, reference);
      if (name !== none) names.set(row, name);
      side.idsFrom.push(from);
      side.idsCount.push(payment.length);
      if (firstId !== none) side.ids.push(firstId);
      for (const id of payment.slice(1)) side.ids.push(idOf(id));
      if (contract !== none) used.contract = true;
      if (customer !== none) used.customer = true;
      if (order !== none) used.order = true;
      if (contract !== none) side.contract.set(row, contract);
      if (customer !== none) side.customer.set(row, customer);
      if (order !== none) side.order.set(row, order);
      // Where nothing else names it. For a million lines that name their payments it would be a million texts for nothing.
      if (key === none && contract === none && customer === none && order === none) side.line.set(row, idOf(line.line));
      if (line.isDay) side.isDay.set(row, 1);
      if (line.refunded) side.refunded.set(row, line.refunded.minor);
      first = Math.min(first, at);
      last = Math.max(last, at);
      return "added";
    },
    names: () => used,
    first: () => (first <= last ? first : undefined),
    last: () => (first <= last ? last : undefined),
  };
};
