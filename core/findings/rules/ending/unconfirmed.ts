/** R-CONFIRM: a cancellation that the gateway has not confirmed. Giving all charges back confirms nothing. */
import type { ApplicationEntry } from "../../../application/both-sides.ts";
import { type Draft, entriesOf, netOf } from "../../draft.ts";
import { isClosed } from "../../sides/account-side.ts";
import { announcedEnd, type ContractSide, isAlive, paidUntil, standingAt } from "../../sides/contract-side.ts";
import type { Rule, RuleInput } from "../rule.ts";

export const unconfirmed: Rule = (input) =>
  input.sides.contracts.flatMap((contract) => {
    // A contract of which the gateway never said anything needs no confirmation; that of a closed account is R-CLOSE.
    if (!isAlive(contract) || isClosed(input.sides.accounts, contract.account)) return [];
    const request = requestOf(contract);
    const found = request && !isConfirmed(contract, request) && draftOf(contract, request, input);
    return found ? [found] : [];
  });

/** What had ended when it was asked for, or ended later, is confirmed, also where it began again since. */
const isConfirmed = ({ ended }: ContractSide, { event }: ApplicationEntry): boolean =>
  ended.some(({ to }) => to === undefined || to > event.occurredAt);

/** The first that asks for its end and is not taken back by a later grant. */
export const requestOf = ({ applicationEvents }: ContractSide): ApplicationEntry | undefined => {
  const granted = applicationEvents.findLastIndex(({ event }) => event.type === "entitlement.granted");
  return applicationEvents.slice(granted + 1).find(({ event }) => {
    if (event.type === "cancellation.requested") return true;
    return event.type === "entitlement.revoked" && (event.reason === "cancelled" || event.reason === "plan_change");
  });
};

const draftOf = (contract: ContractSide, request: ApplicationEntry, input: RuleInput): Draft | undefined => {
  const { settings, watch } = input;
  const requestedAt = request.event.occurredAt;
  const until = Math.max(requestedAt, quietUntil(contract, input) ?? requestedAt) + settings.graces.confirm;
  if (!watch.reached(until)) return undefined;
  const charges = contract.payments.filter(({ isKept, at }) => isKept && at > requestedAt);
  // What is charged to somebody who is not entitled stands in R-A3 or R-A1.
  const entitled = charges.filter(({ at }) => standingAt(contract, at)?.type === "entitlement.granted");
  return {
    cause: { kind: "not confirmed", class: "CONFIRM", requestedAt, isTold: settings.traitsOf(contract.source).tellsEnds },
    subject: contract.subject,
    severity: "warning",
    money: netOf(entitled),
    since: requestedAt,
    last: charges.at(-1)?.at,
    contracts: [contract],
    entries: entriesOf(charges),
    applicationEvents: [request],
    grace: { name: "confirm", until },
  };
};

/** The gateway has announced an end before which nothing is charged: until then the cancellation is as good as confirmed. */
export const quietUntil = (contract: ContractSide, { settings }: Pick<RuleInput, "settings">): number | undefined => {
  const end = announcedEnd(contract);
  if (end === undefined) return undefined;
  const due = paidUntil(contract, settings.traitsOf(contract.source).zone);
  return due === undefined || end <= due + endsWithinMs ? end : undefined;
};

/** An end at the renewal's own moment comes before it, though the two are computed apart. */
const endsWithinMs = 24 * 3_600_000;
