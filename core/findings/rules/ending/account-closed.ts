/** R-CLOSE: an account was closed, and is still charged, or a contract of it goes on. */

import { type AccountSide, type ClosedPeriod, closedPeriodsOf } from "../../account-side.ts";
import { type ContractSide, isAlive } from "../../contract-side.ts";
import { type Draft, entriesOf, netOf } from "../../draft.ts";
import type { Rule, RuleInput } from "../rule.ts";
import { quietUntil } from "./unconfirmed.ts";

export const accountClosed: Rule = (input) =>
  input.sides.accounts.flatMap((account) => {
    const periods = closedPeriodsOf(account);
    const contracts = input.sides.contracts.filter((contract) => contract.account === account.id);
    return [...chargedAfterClosing(account, periods, contracts), ...outlives(account, periods, contracts, input)];
  });

/** At once, and a reopening does not undo it. */
const chargedAfterClosing = (
  account: AccountSide,
  periods: readonly ClosedPeriod[],
  contracts: readonly ContractSide[],
): readonly Draft[] => {
  const closedAt = (at: number) => periods.find(({ from, to }) => at > from && (to === undefined || at <= to))?.from;
  const charged = contracts.flatMap((contract) =>
    contract.payments.filter(({ isKept, at }) => isKept && closedAt(at) !== undefined).map((payment) => ({ contract, payment })),
  );
  const charges = charged.map(({ payment }) => payment).sort((one, other) => one.at - other.at);
  const [first] = charges;
  if (!first) return [];
  return [
    {
      cause: { kind: "charged after closing", class: "CLOSE", closedAt: closedAt(first.at) ?? first.at, charges: charges.length },
      subject: { kind: "account", id: account.id },
      severity: "urgent",
      money: netOf(charges),
      since: first.at,
      last: charges.at(-1)?.at,
      accounts: [account.id],
      contracts: [...new Set(charged.map(({ contract }) => contract))],
      entries: entriesOf(charges),
      back: { payments: charged, past: contracts.map((contract) => ({ contract, isMeant: (due) => closedAt(due) !== undefined })) },
      applicationEvents: account.applicationEvents,
    },
  ];
};

/** Closes itself when the last contract ends, however late. One that ends with what is paid for is left to do so. */
const outlives = (
  account: AccountSide,
  periods: readonly ClosedPeriod[],
  contracts: readonly ContractSide[],
  { settings, watch }: RuleInput,
): readonly Draft[] => {
  const closed = periods.at(-1);
  if (!closed || closed.to !== undefined) return [];
  const graced = (contract: ContractSide) =>
    Math.max(closed.last, quietUntil(contract, { settings }) ?? closed.last) + settings.graces.closure;
  const living = contracts.filter((contract) => isAlive(contract)).filter((contract) => watch.reached(graced(contract)));
  if (living.length === 0) return [];
  return [
    {
      cause: {
        kind: "outlives its account",
        class: "CLOSE",
        closedAt: closed.last,
        living: living.map(({ source, contract }) => ({ source, contract })),
      },
      subject: { kind: "account", id: account.id },
      severity: "warning",
      since: closed.last,
      accounts: [account.id],
      contracts: living,
      applicationEvents: account.applicationEvents,
      grace: { name: "closure", until: living.map(graced).reduce((first, one) => Math.min(first, one)) },
    },
  ];
};
