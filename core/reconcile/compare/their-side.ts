/** What the gateway's exports say, as movements: lines of one or several files, of which one that stands there twice counts once (R-REC-4). */
import type { Millis } from "../../callback.ts";
import { ledgerId } from "../../ledger/ledger-id.ts";
import type { MoneyLine } from "../export-line.ts";
import { addMovement, createMovements, type Movements, type MovementType, type Shared } from "./movements.ts";
import { type Column, codes, exact, none, rows } from "./numbers.ts";
import { createSeen } from "./seen.ts";

export interface TheirSide {
  readonly movements: Movements;
  /** Ids of the payment, in the order in which they are asked for: the first and how many, in `ids`. */
  readonly idsFrom: Column;
  readonly idsCount: Column;
  readonly ids: Column;
  readonly contract: Column;
  readonly customer: Column;
  readonly order: Column;
  /** What the line is called. */
  readonly line: Column;
  /** A day and no time. */
  readonly isDay: Column;
  /** What was given back of a charge so far, in minor units of its currency; NaN where that is not said. */
  readonly refunded: Column;
  /** Rows of lines that stand there more than once, once for each further time. */
  readonly repeated: Column;
  /** Adds a line; says what became of it. `restated`: it stands there twice, and the second says what has gone back since. */
  add(line: MoneyLine): Added;
  readonly first: () => Millis | undefined;
  readonly last: () => Millis | undefined;
}

export type Added = "added" | "repeated" | "restated" | "pending" | "later";

/** Pending is nothing yet: it is counted, and compared with nothing. */
const typeOf = ({ type, outcome }: MoneyLine): MovementType | "pending" => {
  if (outcome === "pending") return "pending";
  if (type === "void" || (type === "charge" && outcome === "voided")) return "void";
  if (type === "refund failed" || (type === "refund" && outcome !== "done")) return "refund failed";
  if (type === "charge") return outcome === "failed" ? "failure" : "charge";
  return type as MovementType;
};

/** @param asOf what happened then or later is not compared (R-REC-2) */
export const createTheirSide = (shared: Shared, asOf: Millis = Number.POSITIVE_INFINITY): TheirSide => {
  const { texts } = shared;
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
  const seen = createSeen();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const idOf = (text: string | undefined): number => (text === undefined ? none : texts.add(ledgerId(text)));
  const again = (row: number, { refunded }: MoneyLine): Added => {
    const [before, now] = [side.refunded.get(row), refunded?.minor ?? Number.NaN];
    if (now === before || Number.isNaN(now)) {
      side.repeated.push(row);
      return "repeated";
    }
    // What goes back only grows: the larger is the later.
    if (Number.isNaN(before) || now > before) side.refunded.set(row, now);
    return "restated";
  };
  return {
    movements,
    ...side,
    add(line) {
      const type = typeOf(line);
      if (type === "pending") return "pending";
      if (line.at >= asOf) return "later";
      const ids = line.payment.map((id) => idOf(id));
      const reference = line.refund ?? line.dispute;
      const row = movements.type.length;
      const own = [idOf(line.contract), idOf(line.customer), idOf(line.order), idOf(line.line)] as const;
      const { minor, currency } = line.amount ?? { minor: "", currency: "" };
      const same = seen.add(row, `${type} ${minor} ${currency} ${line.at} ${ids.join()} ${own.join()} ${reference ?? ""}`);
      if (same >= 0) return again(same, line);
      addMovement(movements, { type, amount: line.amount, at: line.at, reference: reference && ledgerId(reference) }, none, shared);
      side.idsFrom.push(side.ids.length);
      side.idsCount.push(ids.length);
      for (const id of ids) side.ids.push(id);
      const [contract, customer, order, name] = own;
      side.contract.push(contract);
      side.customer.push(customer);
      side.order.push(order);
      side.line.push(name);
      side.isDay.push(line.isDay ? 1 : 0);
      side.refunded.push(line.refunded?.minor ?? Number.NaN);
      if (line.at < first) first = line.at;
      if (line.at > last) last = line.at;
      return "added";
    },
    first: () => (first <= last ? first : undefined),
    last: () => (first <= last ? last : undefined),
  };
};
