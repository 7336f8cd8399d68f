/** What is known of contracts that have to do with one another, put in order for the rules: both sides of each, and the accounts. */

import type { ApplicationEntry, BothSides } from "../../application/both-sides.ts";
import type { ContractLinked, RefundRequested } from "../../application/event.ts";
import { type AccountSide, accountsOf } from "./account-side.ts";
import { type CheckSide, checksOf } from "./check-side.ts";
import { byEntryOrder, type ContractSide } from "./contract-side.ts";
import { contractsOf } from "./contracts-of.ts";
import { type Line, linesAt, linesOf, withoutContract } from "./lines.ts";
import { paidApart } from "./paid-apart.ts";
import type { PaymentSide } from "./payment-side.ts";

export interface Sides {
  readonly contracts: readonly ContractSide[];
  /** Payments that belong to no contract, by source. */
  readonly single: ReadonlyMap<string, readonly PaymentSide[]>;
  readonly checks: readonly CheckSide[];
  readonly accounts: readonly AccountSide[];
  readonly links: readonly (ApplicationEntry & { readonly event: ContractLinked })[];
  readonly refundRequests: readonly (ApplicationEntry & { readonly event: RefundRequested })[];
  /** Everything the gateways said, each event once for each line, in the order of the lines. */
  readonly lines: readonly Line[];
}

/** Undefined for a line of a payment or a customer. */
export const contractOfLine = ({ source, id, isContract }: Line, { contracts }: Pick<Sides, "contracts">): ContractSide | undefined =>
  isContract ? contracts.find((one) => one.subject.kind === "contract" && one.source === source && one.contract === id) : undefined;

export const sidesOf = ({ events, applicationEvents, accepted = new Set() }: BothSides): Sides => {
  const heard = [...new Map(applicationEvents.map((one) => [one.event.id, one])).values()].sort(byEntryOrder);
  const lines = linesOf(events);
  const sources = new Set(lines.map(({ source }) => source));
  const loose = new Map([...sources].map((source) => [source, withoutContract(source, lines)]));
  const apart = new Map([...loose].map(([source, { payments }]) => [source, paidApart(linesAt(source, lines), payments, heard)]));
  const single = new Map(
    [...loose].map(([source, { payments }]) => [source, payments.filter((payment) => !apart.get(source)?.has(payment))]),
  );
  return {
    contracts: contractsOf({ heard, events, lines, single, apart, accepted }),
    single,
    checks: checksOf(lines, loose),
    accounts: accountsOf(heard),
    links: heard.flatMap(({ event, record }) => (event.type === "contract.linked" ? [{ event, record }] : [])),
    refundRequests: heard.flatMap(({ event, record }) => (event.type === "refund.requested" ? [{ event, record }] : [])),
    lines,
  };
};
