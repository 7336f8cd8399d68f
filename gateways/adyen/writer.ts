/** Adyen: standard items about payments, a flat notification when a stored payment method is disabled. There are no subscriptions. */
import type { EventType } from "../../core/event.ts";
import type { Money } from "../../core/formats/money.ts";
import type { Moment } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { isLive, iso, json } from "../writing.ts";
import { captureModeOf } from "./capture-mode.ts";

interface Item {
  readonly code: string;
  readonly psp: string;
  readonly original?: string;
  readonly success?: boolean;
  readonly amount?: Money;
  readonly reports: EventType;
}

/** What is undefined is left out of JSON. */
const item = (moment: Moment, said: Item): Written => {
  const { minor, currency } = said.amount ?? moment.amount;
  const stored = said.original === undefined && { "recurring.recurringDetailReference": moment.contract };
  const fields = {
    additionalData: { shopperReference: moment.customer, ...stored },
    amount: { currency, value: minor },
    eventCode: said.code,
    eventDate: iso(moment.at),
    merchantAccountCode: "SimulatedMerchant",
    merchantReference: moment.order,
    originalReference: said.original,
    paymentMethod: "visa",
    pspReference: said.psp,
    reason: reasonOf(said),
    success: String(said.success ?? true),
  };
  return {
    body: json({ live: String(isLive(moment)), notificationItems: [{ NotificationRequestItem: fields }] }),
    reports: [said.reports],
  };
};

/** For an authorisation: why it was declined, or its code, the card's last digits and when the card expires. */
const reasonOf = ({ code, success }: Item): string =>
  code !== "AUTHORISATION" ? "" : success === false ? "Refused" : "033899:1111:03/2030";

const zero = (moment: Moment): Money => ({ ...moment.amount, minor: 0 });

const authorisation =
  (reports: EventType, more: (moment: Moment) => Partial<Item> = () => ({})) =>
  (moment: Moment): readonly Written[] => [item(moment, { code: "AUTHORISATION", psp: moment.charge, reports, ...more(moment) })];

const modification =
  (code: string, reports: EventType, amount: (moment: Moment) => Money = (moment) => moment.amount) =>
  (moment: Moment): readonly Written[] => [
    item(moment, { code, psp: moment.part, original: moment.charge, amount: amount(moment), reports }),
  ];

/** Captured at once an authorisation is all there is; else a capture follows it. */
const taken = (moment: Moment, options: Options): readonly Written[] =>
  captureModeOf({ options }) === "automatic"
    ? authorisation("charge.succeeded")(moment)
    : [...authorisation("charge.authorized")(moment), ...captured(moment)];

const captured = modification("CAPTURE", "charge.succeeded");

const reference = ({ text }: { readonly text: string }): string => text.slice(0, 16).toUpperCase();

export const writer: Writer = {
  ids: {
    contract: reference,
    customer: ({ text }) => `shopper-${text}`,
    charge: reference,
    order: ({ text }) => `order-${text}`,
    part: reference,
  },
  ownPayment: ["failed", "recovered"],
  scenes: {
    "card checked": authorisation("card.verified", (moment) => ({ amount: zero(moment) })),
    "card declined": authorisation("card.verification_failed", (moment) => ({ amount: zero(moment), success: false })),
    started: (moment) => [
      item(moment, { code: "RECURRING_CONTRACT", psp: moment.contract ?? "", amount: zero(moment), reports: "contract.started" }),
    ],
    paid: taken,
    renewed: taken,
    failed: authorisation("charge.failed", () => ({ success: false })),
    recovered: taken,
    refunded: modification("REFUND", "charge.refunded", (moment) => moment.refund?.amount ?? moment.amount),
    authorized: (moment, options) =>
      authorisation(captureModeOf({ options }) === "automatic" ? "charge.succeeded" : "charge.authorized")(moment),
    captured: (moment, options) => (captureModeOf({ options }) === "automatic" ? [] : captured(moment)),
    voided: modification("CANCELLATION", "charge.voided", zero),
    cancelled: (moment) => [
      {
        body: json({
          createdAt: iso(moment.at),
          data: { merchantAccount: "SimulatedMerchant", shopperReference: moment.customer, storedPaymentMethodId: moment.contract },
          environment: isLive(moment) ? "live" : "test",
          eventId: moment.id,
          type: "recurring.token.disabled",
        }),
        reports: ["contract.cancelled"],
      },
    ],
    disputed: modification("CHARGEBACK", "dispute.opened"),
    "dispute won": modification("CHARGEBACK_REVERSED", "dispute.won"),
    "dispute lost": modification("SECOND_CHARGEBACK", "dispute.lost"),
  },
};
