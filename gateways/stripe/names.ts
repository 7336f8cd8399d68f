/**
 * By which ids Stripe's objects name a payment, its contract and its customer.
 *
 * A payment goes by the ids of its payment intent, its charge, its invoice and its Checkout session, and no event names all of them: each names
 * those it knows, and the ledger joins them (R-JOIN-1). Since API 2025-03-31 an invoice no longer names its payment intent;
 * `invoice_payment.paid` names both, and some payment intents name their invoice (`payment_details.order_reference`: in recorded traffic, but
 * not documented; M). https://docs.stripe.com/changelog/basil
 */
import { at, listAt, textAt } from "../../core/formats/json.ts";
import { type EventDraft, omitUndefined } from "../kit/kit.ts";

export const idAt = (object: unknown, name: string): string | undefined => textAt(object, name) ?? textAt(object, name, "id");

export const partiesOf = (object: unknown): Partial<EventDraft> =>
  omitUndefined({ contract: idAt(object, "subscription"), customer: idAt(object, "customer") });

/** The first is the payment's, the others are its names besides. */
const named = (ids: readonly (string | undefined)[]): Pick<EventDraft, "charge" | "alsoKnownAs"> => {
  const [charge, ...others] = new Set(ids.filter((id) => id !== undefined));
  return omitUndefined({ charge, alsoKnownAs: others.length > 0 ? others : undefined });
};

/** What an invoice says but its amount. */
export const invoiceNames = (invoice: unknown): Partial<EventDraft> => {
  const payments = listAt(invoice, "payments", "data").map((payment) => at(payment, "payment"));
  return {
    ...omitUndefined({
      contract:
        idAt(at(invoice, "parent", "subscription_details"), "subscription") ??
        idAt(invoice, "subscription") ??
        idAt(at(invoice, "lines", "data", 0, "parent", "subscription_item_details"), "subscription"),
      customer: idAt(invoice, "customer"),
    }),
    ...named([
      idAt(invoice, "payment_intent"),
      idAt(invoice, "charge"),
      ...payments.flatMap((payment) => [idAt(payment, "payment_intent"), idAt(payment, "charge")]),
      textAt(invoice, "id"),
    ]),
  };
};

export const invoicePaymentNames = (object: unknown): Partial<EventDraft> => {
  const payment = at(object, "payment");
  return named([idAt(payment, "payment_intent"), idAt(payment, "charge"), idAt(object, "invoice")]);
};

/** Where an intent names what it pays: its invoice, or the Checkout session that made it. */
const referenceOf = (intent: unknown, prefix: string): string | undefined => {
  const reference = textAt(intent, "payment_details", "order_reference");
  return reference?.startsWith(prefix) ? reference : undefined;
};

export const invoiceOf = (intent: unknown): string | undefined => idAt(intent, "invoice") ?? referenceOf(intent, "in_");

/** Before API 2022-11-15 an intent lists its attempts instead of naming the latest. */
export const intentNames = (intent: unknown): Partial<EventDraft> => ({
  ...partiesOf(intent),
  ...named([
    textAt(intent, "id"),
    idAt(intent, "latest_charge"),
    ...listAt(intent, "charges", "data").map((charge) => textAt(charge, "id")),
    invoiceOf(intent),
    referenceOf(intent, "cs_"),
  ]),
});

/** The payment a charge, a refund or a dispute belongs to. */
export const paymentOf = (object: unknown, own?: string): Partial<EventDraft> => ({
  ...named([idAt(object, "payment_intent"), own, idAt(object, "charge"), idAt(object, "invoice")]),
  ...omitUndefined({ customer: idAt(object, "customer") }),
});

const sessionNames = (session: unknown): Partial<EventDraft> => {
  const [intent, invoice] = [idAt(session, "payment_intent"), idAt(session, "invoice")];
  return {
    ...partiesOf(session),
    // One that sets up a card, or costs nothing, is no payment.
    ...(intent === undefined && invoice === undefined ? {} : named([intent, invoice, textAt(session, "id")])),
  };
};

/** By the beginning of an event's type: which payment and contract its object names. */
const namesBy: readonly (readonly [string, (object: unknown) => Partial<EventDraft>])[] = [
  ["invoice.", invoiceNames],
  ["invoice_payment.", invoicePaymentNames],
  ["payment_intent.", intentNames],
  ["charge.", (object) => paymentOf(object, textAt(object, "id"))],
  ["checkout.session.", sessionNames],
];

/** Events without an effect of their own still say which ids belong together. */
export const namesOf = (type: string, object: unknown): Partial<EventDraft> =>
  (namesBy.find(([beginning]) => type.startsWith(beginning))?.[1] ?? partiesOf)(object);
