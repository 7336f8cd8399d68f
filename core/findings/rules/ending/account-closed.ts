/** R-CLOSE: an account was closed, and is still charged, or a contract of it goes on. */

import { type Draft, entriesOf, netOf } from "../../draft.ts";
import { type AccountSide, closedPeriodsOf, closedSince } from "../../sides/account-side.ts";
import { type ContractSide, isAlive } from "../../sides/contract-side.ts";
import type { Rule, RuleInput } from "../rule.ts";
import { quietUntil } from "./unconfirmed.ts";

export const accountClosed: Rule = (input) =>
  input.sides.accounts.flatMap((account) => {
    const contracts = input.sides.contracts.filter((contract) => contract.account === account.id);
    return [...chargedAfterClosing(account, contracts), ...outlives(account, contracts, input)];
  });

/** At once, and a reopening does not undo it. */
const chargedAfterClosing = (account: AccountSide, contracts: readonly ContractSide[]): readonly Draft[] => {
  const charged = contracts
    .flatMap((contract) =>
      contract.payments.flatMap((payment) => {
        const closedAt = payment.isKept ? closedSince(account, payment.at) : undefined;
        return closedAt === undefined ? [] : [{ contract, payment, closedAt }];
      }),
    )
    .sort((one, other) => one.payment.at - other.payment.at);
  const [first] = charged;
  if (!first) return [];
  const charges = charged.map(({ payment }) => payment);
  return [
    {
      cause: { kind: "charged after closing", class: "CLOSE", closedAt: first.closedAt, charges: charges.length },
      subject: { kind: "account", id: account.id },
      severity: "urgent",
      money: netOf(charges),
      since: first.payment.at,
      last: charges.at(-1)?.at,
      contracts: charged.map(({ contract }) => contract),
      entries: entriesOf(charges),
      back: {
        payments: charged,
        past: contracts.map((contract) => ({ contract, isMeant: (due) => closedSince(account, due) !== undefined })),
      },
      applicationEvents: account.applicationEvents,
    },
  ];
};

/** Closes itself when the last contract ends, however late. One that ends with what is paid for is left to do so. */
const outlives = (account: AccountSide, contracts: readonly ContractSide[], { settings, watch }: RuleInput): readonly Draft[] => {
  const closed = closedPeriodsOf(account).at(-1);
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
      contracts: living,
      applicationEvents: account.applicationEvents,
      grace: { name: "closure", until: living.map(graced).reduce((first, one) => Math.min(first, one)) },
    },
  ];
};
