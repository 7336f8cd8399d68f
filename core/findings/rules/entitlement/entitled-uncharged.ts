/** R-A2: the application entitles somebody who is not charged. A refund does not make it, a courtesy may be meant; a void does. */
import type { Millis } from "../../../callback.ts";
import type { EventType } from "../../../event.ts";
import type { Money } from "../../../formats/money.ts";
import type { Zone } from "../../../formats/zone.ts";
import { dueAt } from "../../calendar.ts";
import { type Draft, entriesOf, lastGrantOf } from "../../draft.ts";
import type { Cause } from "../../finding.ts";
import type { GraceName } from "../../graces.ts";
import { isClosed } from "../../sides/account-side.ts";
import {
  type ContractSide,
  dueAfterPaid,
  endedAt,
  entitlementOf,
  failuresOf,
  freeUntilOf,
  intervalIn,
  paidAt,
  paidUntil,
  priceAt,
} from "../../sides/contract-side.ts";
import type { Rule, RuleInput } from "../rule.ts";

export const entitledUncharged: Rule = (input) =>
  input.sides.contracts.flatMap((contract) => {
    const entitlement = entitlementOf(contract);
    if (!entitlement || entitlement.isGift || isClosed(input.sides.accounts, contract.account)) return [];
    const found = neverCharged(contract, entitlement.since, input) ?? endedAtGateway(contract, input) ?? failing(contract, input);
    return found ? [draftOf(contract, found, input)] : [];
  });

interface Found {
  readonly cause: Cause;
  /** When it was not charged: the first time, and so many periods later; undefined when nobody knows how often it is charged. */
  readonly due: (count: number) => Millis | undefined;
  readonly since: Millis;
  readonly grace: { readonly name: GraceName; readonly until: Millis };
}

/** No payment ever stood: none was reported, or all failed or were voided. Money that is set aside stands. */
const neverCharged = (contract: ContractSide, granted: Millis, { settings, watch }: RuleInput): Found | undefined => {
  if (paidAt(contract).length > 0 || contract.payments.some(({ charge }) => charge.state === "authorized")) return undefined;
  const free = freeUntilOf(contract) ?? granted;
  // After a free time the gateway tries as long as with any renewal.
  const failed = free > granted ? firstFailure(contract, (moment) => moment >= free) : undefined;
  const name = failed === undefined ? ("grant" as const) : ("dunning" as const);
  const until = failed === undefined ? Math.max(granted, free) + settings.graces.grant : failed + settings.graces.dunning;
  if (!watch.reached(until)) return undefined;
  const interval = intervalIn(contract);
  const { zone } = settings.traitsOf(contract.source);
  const from = Math.max(granted, free);
  const due = (count: number) => (count === 0 ? from : interval && dueAt(from, interval, count, zone));
  return { cause: { kind: "never charged", class: "A2" }, due, since: granted, grace: { name, until } };
};

/** The gateway has ended it. A cancelled member rightly stays until what is paid for, or free, is over. */
const endedAtGateway = (contract: ContractSide, { settings, watch }: RuleInput): Found | undefined => {
  const ended = endedAt(contract);
  if (ended === undefined) return undefined;
  const { zone } = settings.traitsOf(contract.source);
  const paid = paidUntil(contract, zone);
  const from = Math.max(ended, paid ?? ended);
  const until = from + settings.graces.end;
  if (!watch.reached(until)) return undefined;
  const cause: Cause = { kind: "ended", class: "A2", endedAt: ended, ...(paid !== undefined && { paidUntil: paid }) };
  return { cause, due: (count) => unpaidAt(contract, zone, ended, count), since: from, grace: { name: "end", until } };
};

/** It fails and was not charged since, whether or not the gateway says that it gave up. */
const failing = (contract: ContractSide, { settings, watch }: RuleInput): Found | undefined => {
  const lastPaid = paidAt(contract).at(-1);
  if (lastPaid === undefined) return undefined;
  const failed = firstFailure(contract, (moment) => moment > lastPaid);
  const { zone } = settings.traitsOf(contract.source);
  const paid = paidUntil(contract, zone);
  if (failed === undefined || paid === undefined) return undefined;
  const until = Math.max(failed + settings.graces.dunning, paid);
  if (!watch.reached(until)) return undefined;
  return {
    cause: { kind: "charge failed", class: "A2", failedAt: failed, paidUntil: paid },
    due: (count) => unpaidAt(contract, zone, paid, count),
    since: failed,
    grace: { name: "dunning", until },
  };
};

/** So many periods after what was paid for or, where it never was, after that moment. */
const unpaidAt = (contract: ContractSide, zone: Zone, otherwise: Millis, count: number): Millis | undefined => {
  if (paidUntil(contract, zone) !== undefined) return dueAfterPaid(contract, zone, count);
  const interval = intervalIn(contract);
  return count === 0 ? otherwise : interval && dueAt(otherwise, interval, count, zone);
};

/** Of what was tried and does not stand: a failure, a void, or that the gateway calls it past due. */
const firstFailure = (contract: ContractSide, isMeant: (moment: Millis) => boolean): Millis | undefined => {
  const pastDue = contract.entries.flatMap(({ event }) => (event.type === "contract.past_due" ? [event.occurredAt] : []));
  const all = [...failuresOf(contract), ...pastDue].filter(isMeant);
  return all.length > 0 ? all.reduce((first, one) => Math.min(first, one)) : undefined;
};

const draftOf = (contract: ContractSide, { cause, due, since, grace }: Found, input: RuleInput): Draft => ({
  cause,
  subject: contract.subject,
  severity: "warning",
  money: uncharged(contract, due, input),
  since,
  contracts: [contract],
  entries: [...entriesOf(contract.payments.slice(-3)), ...contract.entries.filter(({ event }) => ends.includes(event.type))],
  applicationEvents: lastGrantOf(contract),
  grace,
});

const ends: readonly EventType[] = ["contract.cancelled", "contract.expired", "contract.replaced"];

/** An uncharged contract is noticed within weeks, or never: beyond this nobody counts. */
const mostPeriods = 240;

/** The price of every period that has begun since, as far as it is known. */
const uncharged = (contract: ContractSide, dueOf: Found["due"], { watch }: RuleInput): readonly (Money | undefined)[] => {
  const prices: (Money | undefined)[] = [];
  for (let count = 0; count < mostPeriods; count++) {
    const due = dueOf(count);
    if (due === undefined || !watch.reached(due)) break;
    prices.push(priceAt(contract, due));
  }
  return prices;
};
