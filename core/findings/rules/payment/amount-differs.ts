/** R-AMOUNT: a regular renewal was not of the price in force. What a change of plan adds, and what was given back, make no difference. */
import type { Millis } from "../../../callback.ts";
import { dayMs } from "../../../durations.ts";
import type { Money } from "../../../formats/money.ts";
import { remembering } from "../../../lazy.ts";
import { nextDue } from "../../calendar.ts";
import { type Draft, entriesOf } from "../../draft.ts";
import type { FindingSettings } from "../../settings.ts";
import { type ContractSide, freeUntilOf, grantsOf, intervalIn, paidAt, priceAt } from "../../sides/contract-side.ts";
import type { PaymentSide } from "../../sides/payment-side.ts";
import { countBelow } from "../../sorted.ts";
import type { Rule } from "../rule.ts";

export const amountDiffers: Rule = (input) =>
  input.sides.contracts.flatMap((contract): readonly Draft[] => {
    const isRegular = regularIn(contract, input.settings);
    const found = contract.payments.flatMap((payment) => {
      const price = differs(contract, payment, isRegular, input.settings);
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
const differs = (contract: ContractSide, payment: PaymentSide, isRegular: IsRegular, settings: FindingSettings): Money | undefined => {
  const { at, charge, isKept } = payment;
  const price = priceAt(contract, at);
  if (!isKept || !price || !charge.amount || isSame(charge.amount, price) || !isRegular(payment, price)) return undefined;
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
const regularIn = (contract: ContractSide, settings: FindingSettings): IsRegular => {
  if (contract.entries.some(({ event }) => event.type === "contract.renewed")) return ({ isRenewal }) => isRenewal;
  const [paid, interval] = [paidAt(contract), intervalIn(contract)];
  const good = contract.payments.filter(({ isGood }) => isGood);
  const isPricePaid = remembering((asked: string): boolean => {
    const { due, price } = JSON.parse(asked) as { readonly due: Millis; readonly price: Money };
    return good.some(({ at, charge }) => Math.abs(at - due) <= dueMs && charge.amount && isSame(charge.amount, price));
  });
  return ({ at, isProrated }, price) => {
    const happened = countBelow(paid, at);
    const due = interval && nextDue(paid, interval, settings.traitsOf(contract.source).zone, { happened });
    if (due === undefined || Math.abs(at - due) > dueMs || isProrated) return false;
    return !isPricePaid(JSON.stringify({ due, price }));
  };
};

type IsRegular = (payment: PaymentSide, price: Money) => boolean;

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
