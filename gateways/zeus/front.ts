/**
 * ZEUS: results of card payments, convenience stores and bank transfers. Transport: GET, Shift_JIS query. Proof: none in the
 * request; only the published addresses it comes from, and `clientip`, the shop's number, which is no secret. Weak.
 * Id: none; `ordd` of a card payment, `order_no` of the others, with their state. Yes: `successok`. No: 500; told again up to
 * 5 times, then a mail to the shop, which can have it sent again by hand.
 * `money=0` stores or checks a card and charges nothing. Renewals come through the same URL with the same `sendid`, the shop's own
 * number of a customer or contract, and nothing tells a first payment from a renewal. No moment is sent: the receipt time stands.
 * A slip's status 04 (paid) comes before 05 (the sale is final); 06 takes 04 back; 11 to 13 are the same after a cancellation by
 * the shop. Some shop software calls 05 an expiry; three others and ZEUS's own list say sale, and the money is there.
 * A bank transfer (told by `tracking_no`) counts differently: 03 is paid, 04 and 05 are failures.
 * Cancellations and chargebacks are never told. `successok` or `zeus`: both work; the answer may not be read at all.
 * Medium confidence: everything; low: the meanings of a bank transfer's 01 and 02.
 * https://support.cardservice.co.jp/ https://github.com/wp-plugins/usc-e-shop
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { withPublished } from "../published.ts";
import { present, request } from "../request.ts";
import { senderOf } from "../sender.ts";

const published = ["210.164.6.67", "202.221.139.50"] as const;

const slipMeanings = new Map<string, EventType>([
  ["01", "notice"],
  ["02", "charge.failed"],
  ["03", "charge.failed"],
  ["04", "charge.succeeded"],
  ["05", "charge.succeeded"],
  ["06", "charge.voided"],
  ["11", "charge.succeeded"],
  ["12", "charge.succeeded"],
  ["13", "charge.voided"],
]);

const transferMeanings = new Map<string, EventType>([
  ["01", "notice"],
  ["02", "notice"],
  ["03", "charge.succeeded"],
  ["04", "charge.failed"],
  ["05", "charge.failed"],
]);

export const zeus: Gateway = {
  name: "zeus",
  facts: {
    title: "ZEUS",
    sources: ["https://support.cardservice.co.jp/hc/ja/articles/28562945709977", "https://github.com/wp-plugins/usc-e-shop"],
    confidence: "M",
    proof: "none but the published source addresses, and options.clientip where it is set",
    strength: "source address",
    key: "ordd, result, money; or order_no, status",
    charset: "Shift_JIS",
    deadlineSeconds: undefined,
    retries: "up to 5 times, then an error mail and a button to send it again",
    announces: "card payments, card checks, slips and transfers; never cancellations, refunds or chargebacks",
  },
  methods: ["GET"],
  unproven: "accept",
  needsReadBack: "an amount it should ever leave out. Nothing is read back",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, withPublished(settings, published))) return refused("the sender is none of ZEUS's addresses");
    const clientip = settings.options?.clientip;
    return clientip && fieldsOf(raw.body).clientip !== clientip ? refused("clientip is not options.clientip") : verified(raw);
  },

  identify(callback) {
    const { ordd, result = "", money = "", order_no: order, status = "" } = fieldsOf(callback.body);
    if (ordd) return [ordd, result, money].join("/");
    if (order) return [order, status].join("/");
    throw new Error("the query has neither ordd nor order_no");
  },

  parse(callback) {
    const fields = fieldsOf(callback.body);
    const told = fields.result === undefined ? aboutStatus(fields) : aboutCard(fields);
    if (!told) throw new Error("the query is not a ZEUS result: it has neither ordd with result nor order_no with status");
    const key = present({ contract: fields.sendid || undefined, customer: fields.sendid || undefined });
    return [{ id: this.identify(callback), occurredAt: callback.receivedAt, ...key, ...told }];
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "successok" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "NG" }),

  sign(body, settings, now) {
    return request({ body, now, method: "GET", headers: {}, ...senderOf(withPublished(settings, published)) });
  },
};

type Fields = Readonly<Record<string, string | undefined>>;

type Told = Pick<PaymentEvent, "type" | "gatewayType"> & Partial<PaymentEvent>;

const fieldsOf = (query: Uint8Array): Fields => formRecord(query, "shift_jis");

const aboutCard = ({ ordd, result, money }: Fields): Told | undefined => {
  if (!ordd) return undefined;
  const isCheck = money === "0";
  const meanings = isCheck ? (["card.verified", "card.verification_failed"] as const) : (["charge.succeeded", "charge.failed"] as const);
  const type = result === "OK" ? meanings[0] : result === "NG" ? meanings[1] : "unknown";
  return { type, gatewayType: `result=${result}`, charge: ordd, ...(!isCheck && amountFrom(fromMinor(money, "JPY"))) };
};

const aboutStatus = ({ order_no: order, tracking_no: tracking, status, money, ...fields }: Fields): Told | undefined => {
  if (!order || !status) return undefined;
  const type = (tracking ? transferMeanings : slipMeanings).get(status) ?? "unknown";
  return {
    type,
    gatewayType: `status=${status}`,
    charge: order,
    ...present({ reason: fields.error_code || fields.error_message || undefined }),
    ...(type.startsWith("charge.") && amountFrom(fromMinor(money, "JPY"))),
  };
};
