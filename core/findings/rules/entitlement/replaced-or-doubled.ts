/** R-A1: a contract has taken the place of another one, or stands beside it, and the customer pays twice or cannot cancel. */
import { type ContractSide, endBefore, entitlementOf, grantsOf, isAlive } from "../../contract-side.ts";
import { backOf, type Draft, entriesOf, netOf } from "../../draft.ts";
import type { PaymentSide } from "../../payment-side.ts";
import type { Sides } from "../../sides.ts";
import type { Rule, RuleInput } from "../rule.ts";

export const replacedOrDoubled: Rule = (input) => {
  const unknown = input.sides.contracts.flatMap((contract) => besideKnown(contract, input));
  return [...unknown, ...samePlanTwice(input.sides)];
};

const keptOf = ({ payments }: ContractSide): readonly PaymentSide[] => payments.filter(({ isKept }) => isKept);

const firstOf = ([first]: readonly PaymentSide[]): PaymentSide["at"] => first?.at ?? Number.POSITIVE_INFINITY;

/** That it is to end, or that money is to go back, is said to remedy it, and is no grant. */
const isNamed = ({ applicationEvents, implied }: ContractSide): boolean =>
  implied.length > 0 || applicationEvents.some(({ event }) => event.type !== "cancellation.requested" && event.type !== "refund.requested");

/** The granted contracts of the same customer, where the application never named this one. */
export const unknownBeside = (contract: ContractSide, { contracts }: Sides): readonly ContractSide[] => {
  if (contract.subject.kind !== "contract" || isNamed(contract)) return [];
  const isSameCustomer = ({ source, customers }: ContractSide) =>
    source === contract.source && customers.some((customer) => contract.customers.includes(customer));
  return contracts.filter((other) => other.subject.kind === "contract" && isSameCustomer(other) && grantsOf(other).length > 0);
};

const besideKnown = (contract: ContractSide, { sides, settings, watch }: RuleInput): readonly Draft[] => {
  const known = unknownBeside(contract, sides);
  const charges = keptOf(contract);
  const since = firstOf(charges);
  // The application may be about to name it.
  if (known.length === 0 || charges.length === 0 || !watch.reached(since + settings.graces.grant)) return [];
  const doubled = known.find((other) => keptOf(other).some(({ at }) => at > since));
  const other = doubled ?? (known[0] as ContractSide);
  return [
    {
      cause: { kind: doubled ? "doubled" : "replaced", class: "A1", known: other.contract },
      subject: contract.subject,
      severity: doubled ? "urgent" : "warning",
      money: netOf(charges),
      since,
      last: charges.at(-1)?.at,
      contracts: [contract, ...known],
      entries: [...entriesOf(charges), ...(doubled ? entriesOf(keptOf(doubled).filter(({ at }) => at > since)) : [])],
      applicationEvents: other.applicationEvents.filter(({ event }) => event.type === "entitlement.granted").slice(-1),
      grace: { name: "grant", until: since + settings.graces.grant },
      back: backOf(contract, charges),
    },
  ];
};

/** Two granted contracts of one account for one plan, both charged. Another plan is a second product. */
const samePlanTwice = ({ contracts }: Sides): readonly Draft[] => {
  const charged = contracts
    .filter(({ subject, account }) => subject.kind === "contract" && account !== undefined)
    .filter((one) => grantsOf(one).length > 0 && keptOf(one).length > 0)
    .sort((one, other) => firstOf(keptOf(one)) - firstOf(keptOf(other)));
  return charged.flatMap((later, index) => {
    const earlier = charged.slice(0, index).find((one) => isDouble(one, later));
    return earlier ? [doubleOf(earlier, later)] : [];
  });
};

const planOf = (contract: ContractSide): string | undefined => grantsOf(contract).at(-1)?.plan;

/**
 * The earlier one goes on on both sides, and the later one does too, or did when it was charged: having been cancelled gives nothing back.
 */
const isDouble = (earlier: ContractSide, later: ContractSide): boolean =>
  earlier.account === later.account &&
  planOf(earlier) === planOf(later) &&
  isAlive(earlier) &&
  entitlementOf(earlier) !== undefined &&
  keptOf(later).some(({ at }) => endBefore(later, at) === undefined);

const doubleOf = (earlier: ContractSide, later: ContractSide): Draft => {
  const charges = keptOf(later);
  const { source, contract } = earlier;
  return {
    cause: { kind: "same plan twice", class: "A1", other: { source, contract }, plan: planOf(later) ?? "" },
    subject: later.subject,
    severity: "urgent",
    money: netOf(charges),
    since: firstOf(charges),
    last: charges.at(-1)?.at,
    contracts: [earlier, later],
    entries: entriesOf([...charges, ...keptOf(earlier).slice(-1)]),
    back: { ...backOf(later, charges), past: [{ contract: later }] },
    applicationEvents: [earlier, later].flatMap(({ applicationEvents }) =>
      applicationEvents.filter(({ event }) => event.type === "entitlement.granted").slice(-1),
    ),
  };
};
