/**
 * Telecom Credit. Transport: GET, or POST form where the shop chose it; Shift_JIS. Proof: none in the request; only the published
 * addresses it comes from, and `clientip`, the shop's number, which is no secret. Weak.
 * Id: `settle_uuid`, of older contracts `credit_id` and `settle_count`, with `rel`. Yes: `SuccessOK`. No: 500; told again about
 * every 5 minutes for up to 3 hours.
 * `rel` says whether the payment went through, `cont` whether it is a renewal; `sendid` is the member, under whom renewals and the
 * end of the contract are told. `retry_active` says that Telecom will try a failed renewal again.
 * The end of a contract comes to a URL of its own, with the member as `member_id` and nothing that tells one end from another:
 * when a member leaves, returns and leaves again with the same number, the second end looks like the first told twice.
 * No moment is sent: the receipt time stands. Refunds and chargebacks are never told.
 * Medium confidence: everything. Low: whether 52.196.8.0 is one address (as most shops have it) or a block of 256.
 * https://www.telecomcredit.co.jp/ (connection specification), eight public shops
 */
import { refused, verified } from "../../core/callback.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { numbered } from "../numbered.ts";
import { withPublished } from "../published.ts";
import { present, request } from "../request.ts";
import { senderOf } from "../sender.ts";

const published = ["54.65.177.67", "52.196.8.0", "54.238.8.174", "54.95.89.20"] as const;

export const telecomCredit: Gateway = {
  name: "telecom-credit",
  facts: {
    title: "Telecom Credit",
    sources: ["https://www.telecomcredit.co.jp/"],
    confidence: "M",
    proof: "none but the published source addresses, and options.clientip where it is set",
    strength: "source address",
    key: "settle_uuid, or credit_id and settle_count, with rel; or member_id",
    charset: "Shift_JIS",
    deadlineSeconds: undefined,
    retries: "about every 5 minutes for up to 3 hours",
    announces: "payments, renewals, failures and the end of a contract; never refunds or chargebacks",
  },
  methods: ["GET", "POST"],
  unproven: "accept",
  needsReadBack: "an amount it should ever leave out. Nothing is read back",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, withPublished(settings, published))) return refused("the sender is none of Telecom Credit's addresses");
    const clientip = settings.options?.clientip;
    if (!clientip) return verified(raw);
    const fields = fieldsOf(raw.body);
    // The end of a contract is not known to carry it. Refused, it would be lost, and the member would keep what is no longer paid for.
    if (fields.clientip === undefined && isEnd(fields)) return verified(raw);
    return fields.clientip === clientip ? verified(raw) : refused("clientip is not options.clientip");
  },

  identify(callback) {
    const fields = fieldsOf(callback.body);
    if (isEnd(fields)) return `end/${fields.member_id}`;
    const charge = chargeOf(fields);
    if (!charge) throw new Error("the callback has neither settle_uuid nor credit_id with settle_count, and no member_id");
    return `${charge}/${fields.rel ?? ""}`;
  },

  parse(callback) {
    const fields = fieldsOf(callback.body);
    const told = isEnd(fields) ? aboutEnd(fields) : aboutPayment(fields);
    return numbered(
      this.identify(callback),
      told.map((event) => ({ occurredAt: callback.receivedAt, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "SuccessOK" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "NG" }),

  sign(body, settings, now) {
    return request({ body, now, method: "GET", headers: {}, ...senderOf(withPublished(settings, published)) });
  },
};

type Fields = Readonly<Record<string, string | undefined>>;

type Told = Pick<PaymentEvent, "type" | "gatewayType"> & Partial<PaymentEvent>;

const fieldsOf = (body: Uint8Array): Fields => formRecord(body, "shift_jis");

const isEnd = (fields: Fields): boolean => fields.rel === undefined && !!fields.member_id;

const aboutEnd = ({ member_id: member }: Fields): readonly Told[] => [
  { type: "contract.cancelled", gatewayType: "member_id", ...present({ contract: member, customer: member }) },
];

const aboutPayment = (fields: Fields): readonly Told[] => {
  const { rel, cont, money, sendid, option } = fields;
  const contract = present({ contract: sendid || undefined, customer: sendid || undefined });
  const gatewayType = `rel=${rel ?? ""}`;
  const about = { gatewayType, ...contract, ...present({ charge: chargeOf(fields), order: option || undefined }) };
  if (rel !== "yes" && rel !== "no") return [{ type: "unknown", ...about }];
  const passed = rel === "yes";
  if (money === "0") return [{ type: passed ? "card.verified" : "card.verification_failed", ...about }];
  const charge: Told = { type: passed ? "charge.succeeded" : "charge.failed", ...about, ...amountFrom(fromMinor(money, "JPY")) };
  if (cont !== "yes") return [charge];
  return [charge, { type: passed ? "contract.renewed" : "contract.past_due", gatewayType, ...contract }];
};

const chargeOf = ({ settle_uuid: uuid, credit_id: credit, settle_count: count }: Fields): string | undefined =>
  uuid || (credit && count ? `${credit}-${count}` : undefined);
