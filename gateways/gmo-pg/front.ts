/**
 * GMO Payment Gateway (PG Multi-Payment): the result notices. POST, form, Shift_JIS (M; card notices are ASCII).
 * Proof: none. Nothing is signed and the passwords come as asterisks; as in GMO's own module a notice counts as genuine when its
 * ShopID is options.shopId. Anyone who knows the URL and the shop's id can forge one: keep the source's name secret, configure the
 * addresses (GMO gives the list to its shops only), and compare with the shop's own data, since every notice can be read back.
 * Id: none; ShopID, OrderID, AccessID, Status, JobCd, TranID, TranDate and the error together,
 * and for slips and wallets FinishDate and the amount cancelled. Ack: `0`. Nack: `1`, "send it again";
 * it leaves the payment alone, but every failure is mailed to the shop.
 * A notice can arrive before the answer to the request that caused it. ErrCode filled: that step failed and Status is the former one.
 * The specification is not public: facts from GMO's published EC-CUBE module and SDKs, retries from code that quotes it (M).
 * https://github.com/gmopg/sdk-nodejs https://faq.gmo-pg.com
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest } from "../kit/kit.ts";

export type Fields = Readonly<Record<string, string>>;

export const front: Front = {
  name: "gmo-pg",
  strength: "none",
  methods: ["POST"],
  onUnverified: "accept",

  checkSettings({ options }) {
    return options?.shopId ? [] : ["options.shopId is missing; write the shop's ID, 13 characters, as GMO-PG's administration shows it"];
  },

  verify(raw, settings) {
    const shopId = settings.options?.shopId;
    if (!shopId) return refused("the source has no options.shopId to compare with");
    return fieldsOf(raw).ShopID === shopId ? verified(raw) : refused("ShopID is not the source's options.shopId");
  },

  hashesId: true,
  identify(callback) {
    const fields = fieldsOf(callback);
    if (!fields.OrderID && !fields.AccessID) throw new Error("the notice names neither an OrderID nor an AccessID");
    const names = ["ShopID", "OrderID", "AccessID", "Status", "JobCd", "TranID", "TranDate", "ErrCode", "ErrInfo"];
    // The id of a card's notice is what it always was.
    const own = Object.keys(fields).filter((name) => name === "FinishDate" || name.endsWith("CancelAmount"));
    return [...names, ...own.sort().filter((name) => fields[name])].map((name) => fields[name]).join("|");
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "0" }),
  refuse: () => ({ status: 200, contentType: "text/plain", body: "1" }),
};

export const sign: Sign = (body, settings, now) =>
  signedRequest({ body, now, headers: { "content-type": "application/x-www-form-urlencoded" } }, settings);

export const fieldsOf = (raw: RawCallback): Fields => formRecord(raw.body, "shift_jis");
