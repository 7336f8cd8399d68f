/** How often each card was checked: by customer, each pair once (R-CHECK 7). */
import type { Millis } from "../callback.ts";
import { dayMs } from "../durations.ts";
import { balance } from "../ledger/ledger.ts";
import { mostWithin } from "../ledger/payment/most-within.ts";
import { compareText } from "../ledger/text-order.ts";
import { ledgerId } from "../ledger-id.ts";
import { type CountedLine, type Interval, isIn } from "./taken.ts";

export interface Checked {
  readonly source: string;
  /** The gateway's id; absent where it did not say whose card it was. */
  readonly customer?: string;
  readonly id: string;
  readonly at: Millis;
  readonly passed: boolean;
  /** Its unit has not been undone. */
  readonly isOpen: boolean;
}

/** @returns those of a line; whose card it was is what the gateway last said of the line. */
export const checkedIn = ({ source, id: line, entries }: CountedLine, interval: Interval): readonly Checked[] => {
  const { cardChecks, customer } = balance(source, line, entries);
  return cardChecks
    .filter(({ at }) => isIn(interval, at))
    .map(({ id, at, passed, isOpen = false }) => ({
      source,
      ...(customer !== undefined && { customer: ledgerId(customer) }),
      id,
      at,
      passed,
      isOpen,
    }));
};

/** The cards of one customer, or all of which nobody knows whose they are. */
export interface CheckCount {
  readonly source: string;
  readonly customer?: string;
  readonly checks: number;
  readonly failed: number;
  readonly open: number;
  /** The most within any thirty days (R-CHECK 6). */
  readonly mostInAMonth: number;
  readonly first: Millis;
  readonly last: Millis;
}

const monthMs = 30 * dayMs;

/** Those that are checked most come first; among equals, by source and customer. */
export const checkCounts = (checks: Iterable<Checked>): readonly CheckCount[] =>
  [...Map.groupBy(checks, nameOf).values()]
    .map(countOf)
    .sort((one, other) => other.checks - one.checks || compareText(nameOf(one), nameOf(other)));

const countOf = (some: readonly Checked[]): CheckCount => {
  const { source, customer } = some[0] as Checked;
  const times = some.map(({ at }) => at).sort((one, other) => one - other);
  return {
    source,
    ...(customer !== undefined && { customer }),
    checks: some.length,
    failed: some.filter(({ passed }) => !passed).length,
    open: some.filter(({ isOpen }) => isOpen).length,
    mostInAMonth: mostWithin(times, monthMs),
    first: times[0] as Millis,
    last: times.at(-1) as Millis,
  };
};

const nameOf = ({ source, customer = "" }: Pick<Checked, "source" | "customer">): string => `${source}/${customer}`;
