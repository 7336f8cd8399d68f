/**
 * GMO Epsilon: the notices of payments at convenience stores and of completed orders. Transport: POST form, Shift_JIS.
 * Proof: none in the request, and no published address: whoever knows the URL can send one. Keep the URL secret, give the
 * source its `addresses` once Epsilon has named them, set `options.contractCode`, and confirm with Epsilon's sales query.
 * Id: none; `trans_code`, `order_number`, `state` and `paid` make the key. Yes: `1`. No: `0 999 ERROR_01`, both with status 200.
 * The card payment's return is the customer's browser (GET), proves nothing, and is not taken here.
 * Only `paid=1` has a known meaning, and no moment is sent: the receipt time stands for it.
 * Medium confidence: the fields and the answers (from public shop software); retries and deadline are not public.
 * https://www.epsilon.jp/developer/ https://github.com/wp-plugins/usc-e-shop (paymentEpsilon.class.php)
 */
import { refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { present, request } from "../request.ts";
import { senderOf } from "../sender.ts";

/** What Epsilon shows for a customer who has no number. */
const nobody = "-";

export const epsilon: Gateway = {
  name: "epsilon",
  facts: {
    title: "GMO Epsilon",
    sources: ["https://www.epsilon.jp/developer/", "https://github.com/wp-plugins/usc-e-shop"],
    confidence: "M",
    proof: "none; the source's addresses and options.contractCode where they are set",
    strength: "none",
    key: "trans_code, order_number, state, paid",
    charset: "Shift_JIS",
    deadlineSeconds: undefined,
    retries: "not published",
    announces: "payments at convenience stores and by Pay-easy, completed orders; what else is not public",
  },
  methods: ["POST"],
  unproven: "accept",
  needsReadBack:
    "what any paid but 1 means, and what renewed a contract. Nothing is read back: Epsilon's query answers fixed addresses only",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const contractCode = settings.options?.contractCode;
    if (contractCode && fieldsOf(raw.body).contract_code !== contractCode) return refused("contract_code is not options.contractCode");
    return verified(raw);
  },

  identify(callback) {
    const { trans_code: transaction, order_number: order, state = "", paid = "" } = fieldsOf(callback.body);
    if (!transaction && !order) throw new Error("the form has neither trans_code nor order_number");
    return [transaction ?? "", order ?? "", state, paid].join("/");
  },

  parse(callback) {
    const fields = fieldsOf(callback.body);
    const { trans_code: transaction, order_number: order, user_id: customer, paid } = fields;
    const charge = transaction || order;
    if (!charge) throw new Error("the form is not an Epsilon notice: it has neither trans_code nor order_number");
    const isPaid = paid === "1";
    return [
      {
        id: this.identify(callback),
        type: isPaid ? "charge.succeeded" : "unknown",
        gatewayType: `paid=${paid ?? ""}`,
        occurredAt: callback.receivedAt,
        charge,
        ...present({ order: order || undefined, customer: customer && customer !== nobody ? customer : undefined }),
        ...(isPaid && amountFrom(fromMinor(fields.item_price, "JPY"))),
      },
    ];
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "1" }),
  refuse: () => ({ status: 200, contentType: "text/plain", body: "0 999 ERROR_01" }),

  sign(body, settings, now) {
    return request({ body, now, headers: { "content-type": "application/x-www-form-urlencoded" }, ...senderOf(settings) });
  },
};

const fieldsOf = (body: Uint8Array): Readonly<Record<string, string | undefined>> => formRecord(body, "shift_jis");
