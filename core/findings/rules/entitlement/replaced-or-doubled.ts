/** R-A1: a contract has taken the place of another one, or stands beside it, and the customer pays twice or cannot cancel. */
import type { Millis } from "../../../callback.ts";
import { backOf, type Draft, entriesOf, lastGrantOf, netOf } from "../../draft.ts";
import { type ContractSide, endBefore, entitlementOf, grantsOf, isAlive } from "../../sides/contract-side.ts";
import type { PaymentSide } from "../../sides/payment-side.ts";
import type { Sides } from "../../sides/sides.ts";
import type { Rule, RuleInput } from "../rule.ts";

export const replacedOrDoubled: Rule = (input) => {
  const unknown = input.sides.contracts.flatMap((contract) => besideKnown(contract, input));
  return [...unknown, ...samePlanTwice(input.sides)];
};

const keptOf = ({ payments }: ContractSide): readonly PaymentSide[] => payments.filter(({ isKept }) => isKept);

/** That it is to end, or that money is to go back, is said to remedy it, and is no grant. */
const isNamed = ({ applicationEvents, implied }: ContractSide): boolean =>
  implied.length > 0 || applicationEvents.some(({ event }) => event.type !== "cancellation.requested" && event.type !== "refund.requested");

/** The granted contracts of the same customer, where the application never named this one. */
export const unknownBeside = (contract: ContractSide, { contracts }: Sides): readonly ContractSide[] => {
  if (isNamed(contract)) return [];
  const isSameCustomer = ({ source, customers }: ContractSide) =>
    source === contract.source && customers.some((customer) => contract.customers.includes(customer));
  return contracts.filter((other) => other.subject.kind === "contract" && isSameCustomer(other) && grantsOf(other).length > 0);
};

const besideKnown = (contract: ContractSide, { sides, settings, watch }: RuleInput): readonly Draft[] => {
  const [known, ...more] = unknownBeside(contract, sides);
  const charges = keptOf(contract);
  const [first] = charges;
  if (!known || !first) return [];
  // The application may be about to name it.
  const until = first.at + settings.graces.grant;
  if (!watch.reached(until)) return [];
  const afterwards = (other: ContractSide) => keptOf(other).filter(({ at }) => at > first.at);
  const doubled = [known, ...more].find((other) => afterwards(other).length > 0);
  const other = doubled ?? known;
  return [
    {
      cause: { kind: doubled ? "doubled" : "replaced", class: "A1", known: other.contract },
      subject: contract.subject,
      severity: doubled ? "urgent" : "warning",
      money: netOf(charges),
      since: first.at,
      last: charges.at(-1)?.at,
      contracts: [contract, known, ...more],
      entries: entriesOf([...charges, ...afterwards(other)]),
      applicationEvents: lastGrantOf(other),
      grace: { name: "grant", until },
      back: backOf(contract, charges),
    },
  ];
};

/** Two granted contracts of one account for one plan, both charged. Another plan is a second product. */
const samePlanTwice = ({ contracts }: Sides): readonly Draft[] => {
  const charged = contracts
    .flatMap((contract) => {
      const [first] = keptOf(contract);
      return contract.subject.kind === "contract" && contract.account !== undefined && first ? [{ contract, since: first.at }] : [];
    })
    .sort((one, other) => one.since - other.since);
  return charged.flatMap((later, index): readonly Draft[] => {
    // Of several, the first stands.
    for (const { contract } of charged.slice(0, index)) {
      const double = doubleOf(contract, later.contract, later.since);
      if (double) return [double];
    }
    return [];
  });
};

/**
 * The earlier one goes on on both sides, and the later one does too, or did when it was charged: having been cancelled gives nothing back.
 */
const doubleOf = (earlier: ContractSide, later: ContractSide, since: Millis): Draft | undefined => {
  const plan = entitlementOf(earlier)?.last.plan;
  if (earlier.account !== later.account || plan === undefined || plan !== grantsOf(later).at(-1)?.plan || !isAlive(earlier))
    return undefined;
  const charges = keptOf(later);
  if (!charges.some(({ at }) => endBefore(later, at) === undefined)) return undefined;
  const { source, contract } = earlier;
  return {
    cause: { kind: "same plan twice", class: "A1", other: { source, contract }, plan },
    subject: later.subject,
    severity: "urgent",
    money: netOf(charges),
    since,
    last: charges.at(-1)?.at,
    contracts: [earlier, later],
    entries: entriesOf([...charges, ...keptOf(earlier).slice(-1)]),
    back: { ...backOf(later, charges), past: [{ contract: later }] },
    applicationEvents: [...lastGrantOf(earlier), ...lastGrantOf(later)],
  };
};
