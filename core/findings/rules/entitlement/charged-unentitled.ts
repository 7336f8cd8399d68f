/** R-A3: somebody is charged whom the application does not entitle: it had revoked that, or never granted it. */

import { backOf, type Draft, entriesOf, netOf } from "../../draft.ts";
import { closedSince } from "../../sides/account-side.ts";
import { type ContractSide, endBefore, grantsOf, standingAt } from "../../sides/contract-side.ts";
import type { PaymentSide } from "../../sides/payment-side.ts";
import type { Sides } from "../../sides/sides.ts";
import type { Rule, RuleInput } from "../rule.ts";
import { unknownBeside } from "./replaced-or-doubled.ts";

export const chargedUnentitled: Rule = (input) =>
  input.sides.contracts.flatMap((contract) => {
    if (contract.subject.kind !== "contract") return [];
    const isOtherwiseFound = otherwiseFoundIn(contract, input.sides);
    const kept = contract.payments.filter((payment) => payment.isKept && !isOtherwiseFound(payment));
    if (kept.length === 0 || !input.settings.hasSide(contract.source)) return [];
    const revoked = kept.filter((payment) => isRevokedAt(contract, payment, input));
    const never = grantsOf(contract).length === 0 ? neverGranted(kept, contract, input) : undefined;
    if (never) return [never];
    return revoked.length > 0 ? [draftOf(contract, revoked, false)] : [];
  });

/** That charge is what another class is about: after its end, after the closing of its account, of a contract beside a known one. */
const otherwiseFoundIn = (contract: ContractSide, sides: Sides) => {
  const isBeside = unknownBeside(contract, sides).length > 0;
  const own = sides.accounts.filter(({ id }) => id === contract.account);
  return ({ at }: PaymentSide): boolean =>
    isBeside || endBefore(contract, at) !== undefined || own.some((account) => closedSince(account, at) !== undefined);
};

/** A grant that comes soon after the charge heals it. */
const isRevokedAt = (contract: ContractSide, { at }: PaymentSide, { settings }: RuleInput): boolean => {
  if (standingAt(contract, at)?.type !== "entitlement.revoked") return false;
  return !grantsOf(contract).some(({ occurredAt }) => occurredAt > at && occurredAt <= at + settings.graces.grant);
};

/** Once it is found, further charges are added to it (R-ONE-1). */
const neverGranted = (kept: readonly PaymentSide[], contract: ContractSide, { settings, watch }: RuleInput): Draft | undefined => {
  const until = (kept[0] as PaymentSide).at + settings.graces.grant;
  return watch.reached(until) ? { ...draftOf(contract, kept, true), grace: { name: "grant", until } } : undefined;
};

const draftOf = (contract: ContractSide, charges: readonly PaymentSide[], never: boolean): Draft => ({
  cause: { kind: "charged without entitlement", class: "A3", never, charges: charges.length },
  subject: contract.subject,
  severity: "urgent",
  money: netOf(charges),
  since: (charges[0] as PaymentSide).at,
  last: charges.at(-1)?.at,
  contracts: [contract],
  entries: entriesOf(charges),
  back: backOf(contract, charges),
  applicationEvents: contract.applicationEvents.filter(({ event }) => event.type === "entitlement.revoked").slice(-1),
});
