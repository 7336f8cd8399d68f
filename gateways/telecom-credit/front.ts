/**
 * Telecom Credit. Transport: GET, or POST form where the shop chose it; Shift_JIS. Proof: none in the request; only the published
 * addresses it comes from, and `clientip`, the shop's number, which is not a secret. Weak.
 * Id: `settle_uuid`, of older contracts `credit_id` and `settle_count`, with `rel`. Ack: `SuccessOK`. Nack: 500; redelivered about
 * every 5 minutes for up to 3 hours.
 * `rel` says whether the payment went through, `cont` whether it is a renewal; `sendid` is the member, under whom renewals and the
 * end of the contract are reported. `retry_active` says that Telecom will retry a failed renewal.
 * The end of a contract comes to a separate URL, with the member as `member_id` and nothing that distinguishes one end from another:
 * when a member leaves, returns and leaves again with the same number, the second end looks like a redelivery of the first.
 * No moment is sent: the receipt time is used. Refunds and chargebacks are never reported.
 * Medium confidence: everything. Low: whether 52.196.8.0 is one address (as most shops have it) or a block of 256.
 * https://www.telecomcredit.co.jp/ (connection specification), eight public shops
 */
import { refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest } from "../kit/kit.ts";

const published = ["54.65.177.67", "52.196.8.0", "54.238.8.174", "54.95.89.20"] as const satisfies readonly [string, ...string[]];

export const front: Front = {
  name: "telecom-credit",
  strength: "source address",
  addresses: published,
  methods: ["GET", "POST"],
  onUnverified: "accept",

  verify(raw, settings) {
    const clientip = settings.options?.clientip;
    if (!clientip) return verified(raw);
    const fields = fieldsOf(raw.body);
    // The end of a contract is not known to carry it. Rejected, it would be lost, and the member would keep what is no longer paid for.
    if (fields.clientip === undefined && isEnd(fields)) return verified(raw);
    return fields.clientip === clientip ? verified(raw) : refused("clientip is not options.clientip");
  },

  hashesId: true,
  identify(callback) {
    const fields = fieldsOf(callback.body);
    if (isEnd(fields)) return `end/${fields.member_id}`;
    const charge = chargeOf(fields);
    if (!charge) throw new Error("the callback has neither settle_uuid nor credit_id with settle_count, and no member_id");
    return `${charge}/${fields.rel ?? ""}`;
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "SuccessOK" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "NG" }),
};

export const sign: Sign = (body, settings, now) => {
  return signedRequest({ body, now, method: "GET", headers: {} }, settings, published);
};

export type Fields = Readonly<Record<string, string | undefined>>;

export const fieldsOf = (body: Uint8Array): Fields => formRecord(body, "shift_jis");

export const isEnd = (fields: Fields): boolean => fields.rel === undefined && !!fields.member_id;

export const chargeOf = ({ settle_uuid: uuid, credit_id: credit, settle_count: count }: Fields): string | undefined =>
  uuid || (credit && count ? `${credit}-${count}` : undefined);
