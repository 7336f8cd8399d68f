import * as meaning from "../../../gateways/hmac/meaning.ts";
import { writer } from "../../../gateways/hmac/writer.ts";
import { form, json, now } from "../conformance/conformance.ts";
import { type Input, type Meaning, type Meanings, type Row, refund, sentAt, yen } from "./row.ts";

const options = {
  header: "x-signature",
  typePointer: "/type",
  events: [
    "authorized=charge.authorized, paid=charge.succeeded, failed=charge.failed, refunded=charge.refunded, voided=charge.voided",
    "ok=card.verified, bad=card.verification_failed, new=contract.started, renewed=contract.renewed, late=contract.past_due",
    "paused=contract.paused, resumed=contract.resumed, ended=contract.cancelled, out=contract.expired, moved=contract.replaced",
    "disputed=dispute.opened, won=dispute.won, lost=dispute.lost, ping=notice, a=b=notice, wrong=wrong, paid=notice, alone",
  ].join(","),
  contractPointer: "/data/contract",
  chargePointer: "/data/charge",
  customerPointer: "/data/customer",
  orderPointer: "/data/order",
  refundPointer: "/data/refund",
  replacedByPointer: "/data/next",
  reasonPointer: "/data/reason",
  amountPointer: "/data/amount",
  currencyPointer: "/data/currency",
  occurredAtPointer: "/at",
};
const known = { contract: "c1", charge: "p1", customer: "u1", order: "o1", amount: yen };
const data = { contract: "c1", charge: "p1", customer: "u1", order: "o1", refund: "r1", next: "c2", amount: 1980, currency: "JPY" };
const body = (type: string, more: object = {}): Input => ({
  body: json({ type, at: new Date(sentAt).toISOString(), data: { ...data, ...more } }),
});
const row = (input: Input, means: Meaning, more: Readonly<Record<string, string>> = {}): Row => ({
  ...input,
  means: [means],
  options: { ...options, ...more },
});
const at = (value: unknown): Input => ({ body: json({ type: "ping", at: value }) });

/** By its scenes: what the options describe, written backwards. */
const moment = {
  id: "m1",
  at: sentAt,
  customer: "u1",
  contract: "c1",
  charge: "p1",
  order: "o1",
  amount: yen,
  cycle: 2,
  part: "r1",
};
const written = (kind: "refunded" | "failed" | "started"): Input => {
  const [one] = writer.scenes[kind]?.({ kind, ...moment, ...(kind === "refunded" && { refund }) }, options) ?? [];
  if (!one) throw new Error(`the writer writes no ${kind}`);
  return one;
};

const types = {
  authorized: "charge.authorized",
  paid: "charge.succeeded",
  failed: "charge.failed",
  voided: "charge.voided",
  ok: "card.verified",
  bad: "card.verification_failed",
  new: "contract.started",
  renewed: "contract.renewed",
  late: "contract.past_due",
  paused: "contract.paused",
  resumed: "contract.resumed",
  ended: "contract.cancelled",
  out: "contract.expired",
  disputed: "dispute.opened",
  won: "dispute.won",
  lost: "dispute.lost",
  ping: "notice",
  "a=b": "notice",
  wrong: "unknown",
  alone: "unknown",
  "something new": "unknown",
} as const;

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {},
  others: {
    ...Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, { ...row(body(name), { type, ...known }), gatewayType: name }]),
    ),
    refunded: row(body("refunded"), { type: "charge.refunded", ...known, refund: "r1" }),
    // Only the options can say that a contract is replaced.
    moved: row(body("moved"), { type: "contract.replaced", ...known, replacedBy: "c2" }),
    "a reason": row(body("failed", { reason: "declined" }), { type: "charge.failed", ...known, reason: "declined" }),
    "a charge without its id and amount": row(body("paid", { charge: null, amount: null }), {
      type: "charge.succeeded",
      contract: "c1",
      customer: "u1",
      order: "o1",
      incomplete: ["charge", "amount"],
    }),
    "a contract without its id": row(
      { body: json({ type: "ended", at: new Date(sentAt).toISOString() }) },
      {
        type: "contract.cancelled",
        incomplete: ["contract"],
      },
    ),
    "a card without anything": row({ body: json({ type: "ok", at: new Date(sentAt).toISOString() }) }, { type: "card.verified" }),
    "an amount in major units": row(
      body("paid", { amount: "19.80", currency: "USD" }),
      {
        type: "charge.succeeded",
        ...known,
        amount: { minor: 1980, currency: "USD" },
      },
      { amountUnit: "major" },
    ),
    "an amount in minor units": row(body("paid"), { type: "charge.succeeded", ...known }, { amountUnit: "minor" }),
    "the currency of the options": row(body("paid", { currency: undefined }), { type: "charge.succeeded", ...known }, { currency: "JPY" }),
    "the currency of the callback before that of the options": row(
      body("paid"),
      { type: "charge.succeeded", ...known },
      { currency: "USD" },
    ),
    "a time in seconds": row(at(sentAt / 1_000), { type: "notice" }),
    "a time of one digit": row(at(5), { type: "notice", occurredAt: 5_000 }),
    "a time in milliseconds": row(at(String(sentAt)), { type: "notice" }),
    "the least that is milliseconds": row(at(100_000_000_000), { type: "notice", occurredAt: 100_000_000_000 }),
    "the most that is seconds": row(at(99_999_999_999), { type: "notice", occurredAt: 99_999_999_999_000 }),
    "a time that is none": row(at("yesterday"), { type: "notice", occurredAt: now }),
    "a number that is too long for a time": row(at("1234567890123456"), { type: "notice", occurredAt: now }),
    "no time": row(at(undefined), { type: "notice", occurredAt: now }),
    "a form": row(
      {
        body: form({ type: "paid", id: "p1", amount: "1980" }),
        headers: { "content-type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" },
      },
      {
        type: "charge.succeeded",
        charge: "p1",
        amount: yen,
        occurredAt: now,
      },
      { chargePointer: "/id", amountPointer: "/amount", currency: "JPY" },
    ),
    "no pointer to a type": { ...row(body("paid"), { type: "unknown", ...known }, { typePointer: "" }), gatewayType: "" },
    "written: a refund": row(written("refunded"), { type: "charge.refunded", ...known, refund: "r1", amount: refund.amount }),
    "written: a failure": row(written("failed"), { type: "charge.failed", ...known, reason: "insufficient_funds" }),
    "written: a start": row(written("started"), { type: "contract.started", contract: "c1", customer: "u1" }),
  },
};
