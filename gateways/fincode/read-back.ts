/**
 * fincode: which renewals a batch consisted of. `GET /v1/payments` lists a day's payments of subscriptions, with the
 * subscription of each, page by page. Each then becomes an event as if it had been announced alone, under its own id, so a
 * payment that two batches of one day list counts once.
 * A cancelled payment does not say there either whether it was a void or a refund; that stays open.
 * https://github.com/fincode-byGMO/fincode-mcp (fincode-openapi.yml: retrievePaymentList; test: https://api.test.fincode.jp)
 */
import type { VerifiedCallback } from "../../core/callback.ts";
import type { PublicSettings } from "../../core/config/config.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { at, listAt, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { Learnt, Question, ReadBack } from "../../core/read-back.ts";
import { acceptJson, bearer, withBody } from "../read-back.ts";
import { parse } from "./meaning.ts";

const list = "/v1/payments?";

/** As the payment would have been announced. */
const announcedAs: Readonly<Record<string, string>> = { Card: "payments.card.exec", Directdebit: "payments.directdebit.exec" };

const batch = /^recurring\.(card|directdebit)\.batch$/;

export const readBack: ReadBack = {
  url: "https://api.fincode.jp",
  ask(event, callback, settings, from): Question | undefined {
    if (!batch.test(event.gatewayType)) return undefined;
    const body = parseJson(callback.body);
    const payType = textAt(body, "pay_type") ?? (event.gatewayType.includes("directdebit") ? "Directdebit" : "Card");
    const [day] = /^\d{4}\/\d\d\/\d\d/.exec(textAt(body, "process_date") ?? textAt(body, "charge_date") ?? "") ?? [];
    if (day === undefined) return undefined;
    const query = new URLSearchParams({
      pay_type: payType,
      pay_pattern: "subscription",
      process_date_from: day,
      process_date_to: day,
      limit: "100",
      page: "1",
    });
    const path = from ?? `${list}${query}`;
    return {
      request: (credential) => ({ method: "GET", path, headers: { ...bearer(credential), ...acceptJson } }),
      read: (answer) => learntFrom({ event, callback, settings, payType }, answer, from === undefined),
    };
  },
};

interface Search {
  readonly event: PaymentEvent;
  readonly callback: VerifiedCallback;
  readonly settings: PublicSettings;
  readonly payType: string;
}

const learntFrom = (search: Search, answer: Uint8Array, isFirst: boolean): Learnt => {
  const body = parseJson(answer);
  if (!Array.isArray(at(body, "list"))) throw new Error("the answer is not a list of payments");
  const payments = listAt(body, "list").flatMap((payment) => eventsOf(search, payment));
  const events = isFirst ? [whole(search, numberAt(body, "total_count") ?? 0), ...payments] : payments;
  const from = textAt(body, "link_next");
  // The credential follows that link: to the list we asked for, and nowhere else.
  return from?.startsWith(list) ? { kind: "more", events, from } : { kind: "completed", events };
};

/** The announcement itself. Once all its payments are there, it is complete. */
const whole = ({ event, callback }: Search, listed: number): PaymentEvent => {
  const { incomplete: _, ...rest } = event;
  return listed >= Number(textAt(parseJson(callback.body), "total") ?? 0) ? rest : event;
};

const eventsOf = ({ callback, settings, payType }: Search, payment: unknown): readonly PaymentEvent[] => {
  if (typeof payment !== "object" || payment === null || !textAt(payment, "subscription_id")) return [];
  const announced = { ...payment, order_id: textAt(payment, "id"), event: announcedAs[payType] };
  return parse(withBody(callback, Buffer.from(JSON.stringify(announced))), settings);
};
