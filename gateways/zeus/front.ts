/**
 * ZEUS: results of card payments, convenience stores and bank transfers. Transport: GET, Shift_JIS query. Proof: none in the
 * request; only the published addresses it comes from, and `clientip`, the shop's number, which is not a secret. Weak.
 * Id: none; `ordd` of a card payment, `order_no` of the others, with their state. Ack: `successok`. Nack: 500; redelivered up to
 * 5 times, then a mail to the shop, which can have it sent again by hand.
 * `money=0` stores or checks a card and charges nothing. Renewals come through the same URL with the same `sendid`, the shop's own
 * number of a customer or contract, and nothing distinguishes a first payment from a renewal. No moment is sent: the receipt time is used.
 * A slip's status 04 (paid) comes before 05 (the sale is final); 06 takes 04 back; 11 to 13 are the same after a cancellation by
 * the shop. Some shop software calls 05 an expiry; three others and ZEUS's own list say sale, and the money is there.
 * A bank transfer (recognised by `tracking_no`) counts differently: 03 is paid, 04 and 05 are failures.
 * Cancellations and chargebacks are never reported. `successok` or `zeus`: both work; the answer may not be read at all.
 * Medium confidence: everything; low: the meanings of a bank transfer's 01 and 02.
 * https://support.cardservice.co.jp/ https://github.com/wp-plugins/usc-e-shop
 */
import { refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest } from "../kit/kit.ts";

const published = ["210.164.6.67", "202.221.139.50"] as const satisfies readonly [string, ...string[]];

export const front: Front = {
  name: "zeus",
  strength: "source address",
  addresses: published,
  methods: ["GET"],
  onUnverified: "accept",

  verify(raw, settings) {
    const clientip = settings.options?.clientip;
    return clientip && fieldsOf(raw.body).clientip !== clientip ? refused("clientip is not options.clientip") : verified(raw);
  },

  hashesId: true,
  identify(callback) {
    const { ordd, result = "", money = "", order_no: order, status = "" } = fieldsOf(callback.body);
    if (ordd) return [ordd, result, money].join("/");
    if (order) return [order, status].join("/");
    throw new Error("the query has neither ordd nor order_no");
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "successok" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "NG" }),
};

export const sign: Sign = (body, settings, now) => {
  return signedRequest({ body, now, method: "GET", headers: {} }, settings, published);
};

export type Fields = Readonly<Record<string, string | undefined>>;

export const fieldsOf = (query: Uint8Array): Fields => formRecord(query, "shift_jis");
