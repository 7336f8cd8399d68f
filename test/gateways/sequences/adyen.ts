/** Adyen tells captures, refunds and disputes by the payment alone, each with a reference of its own. */
import type { Callback, Sequence } from "./sequence.ts";

const start = Date.UTC(2026, 0, 1);

interface Said {
  readonly psp?: string;
  readonly value?: number;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly additionalData?: Readonly<Record<string, string>>;
}

const item = (hours: number, eventCode: string, { psp = "PAY1", value = 1000, more = {}, additionalData = {} }: Said = {}): Callback => ({
  body: {
    live: "true",
    notificationItems: [
      {
        NotificationRequestItem: {
          additionalData,
          amount: { currency: "EUR", value },
          eventCode,
          eventDate: new Date(start + hours * 3_600_000).toISOString(),
          merchantAccountCode: "Shop",
          merchantReference: "order-1",
          pspReference: psp,
          reason: "",
          success: "true",
          ...more,
        },
      },
    ],
  },
});

const step = (hours: number, eventCode: string, psp: string, said: Said = {}): Callback =>
  item(hours, eventCode, { ...said, psp, more: { originalReference: "PAY1", ...said.more } });

const token = (hours: number, what: string, eventId: string): Callback => ({
  body: {
    createdAt: new Date(start + hours * 3_600_000).toISOString(),
    type: `recurring.token.${what}`,
    eventId,
    data: { storedPaymentMethodId: "TOKEN1", shopperReference: "shopper-1" },
  },
});

const authorised = item(1, "AUTHORISATION");
const automatic = { gateway: "adyen" };
const manual = { gateway: "adyen", options: { captureMode: "manual" } };
const eur = { contract: "PAY1", currency: "EUR" };
const refund = step(4, "REFUND", "REF1", { value: 400 });
const chargeback = (hours: number, eventCode: string, disputeStatus = "Pending") =>
  step(hours, eventCode, "DISPUTE1", { value: 300, additionalData: { disputeStatus } });

export const sequences: readonly Sequence[] = [
  {
    what: "the account captures at once, and no capture is told",
    source: automatic,
    callbacks: [authorised, refund],
    adds: { charged: 1000, refunded: 400 },
    ...eur,
  },
  {
    what: "the account captures later, and nothing was captured yet",
    source: manual,
    callbacks: [authorised],
    adds: { charged: 0, refunded: 0 },
    ...eur,
  },
  {
    what: "the payment is captured in two parts",
    source: manual,
    callbacks: [authorised, step(2, "CAPTURE", "CAP1", { value: 700 }), step(3, "CAPTURE", "CAP2", { value: 300 }), refund],
    adds: { charged: 1000, refunded: 400 },
    ...eur,
  },
  ...[automatic, manual].flatMap((source): readonly Sequence[] => [
    {
      what: `a part is captured and the rest expires, ${JSON.stringify(source)}`,
      source,
      callbacks: [authorised, step(2, "CAPTURE", "CAP1", { value: 600 }), item(9, "EXPIRE")],
      adds: { charged: 600, refunded: 0 },
      ...eur,
    },
    {
      what: `the second of two captures fails later, ${JSON.stringify(source)}`,
      source,
      callbacks: [
        authorised,
        step(2, "CAPTURE", "CAP1", { value: 700 }),
        step(3, "CAPTURE", "CAP2", { value: 300 }),
        step(5, "CAPTURE_FAILED", "CAP2", { value: 300 }),
      ],
      adds: { charged: 700, refunded: 0 },
      ...eur,
    },
    {
      what: `the only capture fails later, ${JSON.stringify(source)}`,
      source,
      callbacks: [authorised, step(2, "CAPTURE", "CAP1"), step(5, "CAPTURE_FAILED", "CAP1")],
      adds: { charged: 0, refunded: 0 },
      ...eur,
    },
    {
      what: `a technical cancel releases it, ${JSON.stringify(source)}`,
      source,
      callbacks: [authorised, step(2, "TECHNICAL_CANCEL", "CANCEL1")],
      adds: { charged: 0, refunded: 0 },
      ...eur,
    },
  ]),
  {
    what: "what was only authorised is cancelled or refunded, and it is not said which",
    source: manual,
    callbacks: [authorised, step(2, "CANCEL_OR_REFUND", "BACK1")],
    adds: { charged: 0, refunded: 0 },
    ...eur,
  },
  {
    what: "what was captured is cancelled or refunded, and it is not said which",
    source: manual,
    callbacks: [authorised, step(2, "CAPTURE", "CAP1"), step(3, "CANCEL_OR_REFUND", "BACK1")],
    adds: { charged: 1000, refunded: 1000 },
    ...eur,
  },
  {
    what: "one refund fails and another comes back",
    source: automatic,
    callbacks: [
      authorised,
      refund,
      step(5, "REFUND_FAILED", "REF1", { value: 400 }),
      step(6, "REFUND", "REF2", { value: 100 }),
      step(7, "REFUNDED_REVERSED", "REF2", { value: 100 }),
      step(8, "REFUND", "REF3", { value: 50 }),
      step(9, "REFUND", "REF4", { value: 60, more: { success: "false", reason: "no" } }),
      step(9, "POSTPONED_REFUND", "REF5", { value: 70 }),
    ],
    adds: { charged: 1000, refunded: 50 },
    ...eur,
  },
  {
    what: "a chargeback is reversed",
    source: automatic,
    callbacks: [authorised, chargeback(2, "NOTIFICATION_OF_CHARGEBACK"), chargeback(3, "CHARGEBACK"), chargeback(4, "CHARGEBACK_REVERSED")],
    adds: { charged: 1000, refunded: 0, chargedBack: 0 },
    ...eur,
  },
  {
    what: "a second chargeback is lost",
    source: automatic,
    callbacks: [authorised, chargeback(3, "CHARGEBACK"), chargeback(4, "CHARGEBACK_REVERSED"), chargeback(5, "SECOND_CHARGEBACK", "Lost")],
    adds: { charged: 1000, refunded: 0, chargedBack: 300 },
    ...eur,
  },
  {
    what: "a chargeback is not defended",
    source: automatic,
    callbacks: [authorised, chargeback(3, "CHARGEBACK"), chargeback(9, "DISPUTE_DEFENSE_PERIOD_ENDED", "Lost")],
    adds: { charged: 1000, refunded: 0, chargedBack: 300 },
    ...eur,
  },
  {
    what: "a stored payment method is charged month by month",
    source: manual,
    callbacks: [
      authorised,
      item(1.5, "RECURRING_CONTRACT", { psp: "TOKEN1", value: 0, more: { originalReference: "PAY1" } }),
      step(2, "CAPTURE", "CAP1"),
      item(30, "AUTHORISATION", { psp: "PAY2", additionalData: { "recurring.recurringDetailReference": "TOKEN1" } }),
      item(31, "CAPTURE", { psp: "CAP2", more: { originalReference: "PAY2" } }),
      item(32, "REFUND", { psp: "REF2", value: 250, more: { originalReference: "PAY2" } }),
    ],
    contract: "TOKEN1",
    adds: { state: "active", charged: 2000, refunded: 250 },
    currency: "EUR",
  },
  {
    what: "only the token's own notifications name it, and it is disabled before a last refund",
    source: automatic,
    callbacks: [
      authorised,
      token(2, "created", "PAY1"),
      item(30, "AUTHORISATION", { psp: "PAY2" }),
      token(31, "alreadyExisting", "PAY2"),
      token(40, "disabled", "OTHER"),
      refund,
    ],
    contract: "TOKEN1",
    adds: { state: "cancelled", charged: 2000, refunded: 400 },
    currency: "EUR",
  },
];
