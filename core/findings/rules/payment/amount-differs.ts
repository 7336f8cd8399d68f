/** R-AMOUNT: a regular renewal was not of the price in force. What a change of plan adds, and what was given back, make no difference. */
import type { Millis } from "../../../callback.ts";
import { dayMs } from "../../../durations.ts";
import type { Money } from "../../../formats/money.ts";
import { nextDue } from "../../calendar.ts";
import { type Draft, entriesOf } from "../../draft.ts";
import type { FindingSettings } from "../../settings.ts";
import { type ContractSide, freeUntilOf, grantsOf, intervalIn, paidAt, priceAt } from "../../sides/contract-side.ts";
import type { PaymentSide } from "../../sides/payment-side.ts";
import type { Rule, RuleInput } from "../rule.ts";

export const amountDiffers: Rule = (input) =>
  input.sides.contracts.flatMap((contract): readonly Draft[] => {
    const found = contract.payments.flatMap((payment) => {
      const price = differs(contract, payment, input);
      return price ? [{ payment, price }] : [];
    });
    const [first] = found;
    if (!first) return [];
    const last = found.at(-1) ?? first;
    const { amount } = last.payment.charge;
    return [
      {
        cause: {
          kind: "amount differs",
          class: "AMOUNT",
          ...(amount && { taken: amount }),
          price: last.price,
          charges: found.length,
        },
        subject: contract.subject,
        severity: "warning",
        money: found.map(({ payment, price }) => tooMuch(payment, price)),
        since: first.payment.at,
        last: last.payment.at,
        contracts: [contract],
        back: {
          payments: found.flatMap(({ payment, price }) => {
            const most = tooMuch(payment, price);
            return most ? [{ payment, contract, most }] : [];
          }),
        },
        entries: entriesOf(found.map(({ payment }) => payment)),
        applicationEvents: contract.applicationEvents.filter(({ event }) => event.type === "entitlement.granted").slice(-2),
      },
    ];
  });

/** The first charge belongs to the sign-up, which may cost otherwise. */
const signUpMs = 3 * dayMs;

/** The price that was in force, where a renewal that is kept was not of it. */
const differs = (contract: ContractSide, payment: PaymentSide, { settings }: RuleInput): Money | undefined => {
  const { at, charge, isKept } = payment;
  const price = priceAt(contract, at);
  if (!isKept || !isRegular(contract, payment, price, settings) || !price || !charge.amount || isSame(charge.amount, price))
    return undefined;
  if (at < (freeUntilOf(contract) ?? at) || isSignUp(contract, payment)) return undefined;
  // The application may say a moment later what the gateway has charged already.
  const follows = grantsOf(contract).filter(({ occurredAt }) => occurredAt > at && occurredAt <= at + settings.graces.grant);
  if (follows.some((grant) => grant.price && isSame(grant.price, charge.amount as Money))) return undefined;
  // All that was too much has gone back.
  return charge.amount.minor > price.minor && tooMuch(payment, price)?.minor === 0 ? undefined : price;
};

/**
 * A gateway that never calls anything a renewal charges one where a renewal is due. Where one of the price is beside it, it is another purchase: some
 * know only a customer's number, to which everything belongs.
 */
const isRegular = (contract: ContractSide, payment: PaymentSide, price: Money | undefined, settings: FindingSettings): boolean => {
  if (contract.entries.some(({ event }) => event.type === "contract.renewed")) return payment.isRenewal;
  const before = paidAt(contract).filter((moment) => moment < payment.at);
  const interval = intervalIn(contract);
  const due = interval && nextDue(before, interval, settings.traitsOf(contract.source).zone);
  if (due === undefined || Math.abs(payment.at - due) > dueMs || payment.isProrated) return false;
  return !contract.payments.some(
    ({ at, isGood, charge }) => isGood && Math.abs(at - due) <= dueMs && price && charge.amount && isSame(charge.amount, price),
  );
};

/** By so much a renewal comes early or late at most. */
const dueMs = 3 * dayMs;

const isSignUp = (contract: ContractSide, payment: PaymentSide): boolean => {
  const first = contract.payments.find(({ isGood }) => isGood);
  const granted: Millis | undefined = grantsOf(contract)[0]?.occurredAt;
  return first === payment && granted !== undefined && Math.abs(payment.at - granted) < signUpMs;
};

const isSame = (one: Money, other: Money): boolean => one.minor === other.minor && one.currency === other.currency;

/** What is still with the merchant beyond the price; undefined where that is in another currency. */
const tooMuch = ({ net }: PaymentSide, price: Money): Money | undefined =>
  net?.currency === price.currency ? { minor: Math.max(0, net.minor - price.minor), currency: price.currency } : undefined;
