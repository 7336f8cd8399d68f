/**
 * What an export proves and no callback has said, as events for the ledger. They name payments, refunds and contracts as callbacks do, so that the
 * callback, should it come after all, is about the same one and changes nothing. What has no such name is left to the operator.
 */
import type { Money } from "../../formats/money.ts";
import type { Difference } from "../compare/difference.ts";
import { endTypeOf, whyNotContract } from "./found-contract.ts";
import { type FoundEvent, foundType } from "./found-record.ts";

export interface Recovery {
  readonly events: readonly FoundEvent[];
  /** What they are made of. */
  readonly settled: ReadonlySet<Difference>;
  /** In the export and never sent, and not to be entered. */
  readonly left: readonly LeftOpen[];
}

export interface LeftOpen {
  readonly difference: Difference;
  readonly why: string;
}

/** Of a payment, by the first id that the export gives it: what is recorded as given back of it. */
export type RefundedSoFar = ReadonlyMap<string, Money>;

/** The differences of which the recorded sum of refunds has to be known. */
export const isRunningTotal = ({ about, cause, names }: Difference): boolean =>
  about === "refund" && cause === "never sent" && names.reference === undefined && names.payment.length > 0;

/** @param differences of one comparison, in their order; those of other causes are passed over */
export const recoveryOf = (
  differences: readonly Difference[],
  { asOf, refunded }: { readonly asOf: number; readonly refunded: RefundedSoFar },
): Recovery => {
  const left: LeftOpen[] = [];
  const drafts = new Map<string, Draft>();
  for (const difference of differences) {
    if (difference.cause !== "never sent") continue;
    const draft = draftOf(difference, asOf);
    if (typeof draft === "string") {
      left.push({ difference, why: draft });
      continue;
    }
    // Several lines of one payment, or several refunds without a name, are one sum.
    const place = placeOf(draft.event);
    const before = drafts.get(place);
    drafts.set(place, before ? together(before, draft) : draft);
  }
  const events: FoundEvent[] = [];
  const settled = new Set<Difference>();
  for (const { event, amounts, differences: about } of drafts.values()) {
    const [first] = amounts;
    const isTotal = about.some(isRunningTotal);
    const so = isTotal ? refunded.get(event.charge ?? "") : undefined;
    if ([...amounts, ...(so ? [so] : [])].some(({ currency }) => currency !== first?.currency)) {
      left.push(...about.map((difference) => ({ difference, why: "its amounts are of several currencies" })));
      continue;
    }
    for (const difference of about) settled.add(difference);
    const minor = amounts.reduce((sum, amount) => sum + amount.minor, so?.minor ?? 0);
    events.push({ ...event, ...(first && { amount: { minor, currency: first.currency } }) });
  }
  return { events, settled, left };
};

interface Draft {
  readonly event: FoundEvent;
  readonly amounts: readonly Money[];
  readonly differences: readonly Difference[];
}

/** Drafts of one place are one event. */
const placeOf = ({ type, charge, contract, refund, dispute }: FoundEvent): string =>
  JSON.stringify([type, charge ?? contract, refund, dispute]);

const together = (one: Draft, other: Draft): Draft => ({
  event: { ...one.event, occurredAt: Math.max(one.event.occurredAt, other.event.occurredAt) },
  amounts: [...one.amounts, ...other.amounts],
  differences: [...one.differences, ...other.differences],
});

/** A sentence: why it cannot be entered. */
const draftOf = (difference: Difference, asOf: number): Draft | string => {
  const { about, symptom, names, at, theirs, money, states } = difference;
  if (about === "contract") {
    const why = whyNotContract(difference, asOf);
    if (why !== undefined || names.contract === undefined) return why ?? "it names no contract";
    const type = symptom === "missing" ? "contract.started" : endTypeOf(states?.theirs);
    const event = {
      type,
      gatewayType: foundType,
      occurredAt: Math.min(at, asOf - 1),
      contract: names.contract,
      ...customerOf(difference),
    } as const;
    return { event, amounts: [], differences: [difference] };
  }
  const [charge, ...others] = names.payment;
  if (charge === undefined) return "the export does not name the payment as its callback would";
  if (about === "charge" && symptom !== "missing") return "its payment is recorded already, and a second charge of it has no id of its own";
  const type = types[about];
  const isOfPart = about !== "charge" && about !== "failure" && about !== "void";
  // Without a name a refund counts as the sum so far; nothing else can.
  if (isOfPart && about !== "refund" && names.reference === undefined) return `the export does not name the ${about}`;
  const amount = about === "refund" && names.reference === undefined ? money : theirs;
  if (!amount && about !== "failure" && about !== "void") return "the export has no amount of it";
  const event: FoundEvent = {
    type,
    gatewayType: foundType,
    occurredAt: at,
    charge,
    ...(others.length > 0 && { alsoKnownAs: others }),
    ...(names.contract !== undefined && { contract: names.contract }),
    ...customerOf(difference),
    ...(names.order !== undefined && { order: names.order }),
    ...(isOfPart && names.reference !== undefined && { [type.startsWith("dispute.") ? "dispute" : "refund"]: names.reference }),
  };
  return {
    event,
    amounts: amount ? [amount] : [],
    differences: [difference],
  };
};

const customerOf = ({ names }: Difference) => (names.customer === undefined ? {} : { customer: names.customer });

const types = {
  charge: "charge.succeeded",
  failure: "charge.failed",
  void: "charge.voided",
  refund: "charge.refunded",
  "refund failed": "refund.failed",
  // That the money is gone shows that there is one, not how it ends.
  chargeback: "dispute.opened",
  "chargeback reversed": "dispute.won",
} as const satisfies Record<Exclude<Difference["about"], "contract">, FoundEvent["type"]>;
