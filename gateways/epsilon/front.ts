/**
 * GMO Epsilon: the notices of payments at convenience stores and of completed orders. Transport: POST form, Shift_JIS.
 * Proof: none in the request, and no published address: anyone who knows the URL can send one. Keep the URL secret, give the
 * source its `addresses` once Epsilon has named them, set `options.contractCode`, and confirm with Epsilon's sales query.
 * Id: none; `trans_code`, `order_number`, `state` and `paid` make the key. Ack: `1`. Nack: `0 999 ERROR_01`, both with status 200.
 * The card payment's return is the customer's browser (GET), proves nothing, and is not accepted here.
 * Only `paid=1` has a known meaning, and no moment is sent: the receipt time is used.
 * Medium confidence: the fields and the answers (from public shop software); retries and deadline are not public.
 * https://www.epsilon.jp/developer/ https://github.com/wp-plugins/usc-e-shop (paymentEpsilon.class.php)
 */
import { refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest } from "../kit/kit.ts";

export const front: Front = {
  name: "epsilon",
  strength: "none",
  methods: ["POST"],
  onUnverified: "accept",

  verify(raw, settings) {
    const contractCode = settings.options?.contractCode;
    if (contractCode && fieldsOf(raw.body).contract_code !== contractCode) return refused("contract_code is not options.contractCode");
    return verified(raw);
  },

  hashesId: true,
  identify(callback) {
    const { trans_code: transaction, order_number: order, state = "", paid = "" } = fieldsOf(callback.body);
    if (!transaction && !order) throw new Error("the form has neither trans_code nor order_number");
    return [transaction, order, state, paid].join("/");
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "1" }),
  refuse: () => ({ status: 200, contentType: "text/plain", body: "0 999 ERROR_01" }),
};

export const sign: Sign = (body, settings, now) => {
  return signedRequest({ body, now, headers: { "content-type": "application/x-www-form-urlencoded" } }, settings);
};

export const fieldsOf = (body: Uint8Array): Readonly<Record<string, string | undefined>> => formRecord(body, "shift_jis");
