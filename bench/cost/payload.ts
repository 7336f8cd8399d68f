/** Stripe callbacks of a given size, about a contract of their own each, that say one thing or two. */
import { randomBytes } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { verified } from "../../core/callback.ts";
import { gateways } from "../../gateways/index.ts";
import { signedEvent } from "../payload.ts";

const id = (prefix: string): string => `${prefix}_1Q${randomBytes(16).toString("hex")}`;

/** A paid invoice says that it is paid, and one of a renewal also that the contract goes on. */
const reason = { 1: "subscription_create", 2: "subscription_cycle" } as const;

const invoice = (events: 1 | 2, created: number) => ({
  id: id("in"),
  object: "invoice",
  subscription: id("sub"),
  customer: id("cus"),
  charge: id("ch"),
  amount_paid: 1980,
  currency: "jpy",
  billing_reason: reason[events],
  created,
});

/** As Stripe prints it, two spaces deep; what is missing in size is metadata of ids and words. */
const bodyOf = (bytes: number, events: 1 | 2, now: number): Buffer => {
  const created = Math.floor(now / 1000);
  const metadata: Record<string, string> = {};
  const object = { ...invoice(events, created), metadata };
  const event = {
    id: id("evt"),
    object: "event",
    api_version: "2026-10-28.dahlia",
    created,
    data: { object },
    livemode: true,
    type: "invoice.paid",
  };
  const text = () => JSON.stringify(event, null, 2);
  while (Buffer.byteLength(text()) + 60 <= bytes) metadata[`order_reference_${Object.keys(metadata).length + 1}`] = id("ord");
  return Buffer.from(text().padEnd(bytes, "\n"));
};

export const callbacksOf = (
  count: number,
  shape: { readonly bytes: number; readonly events: 1 | 2 },
  secret: string,
): APIGatewayProxyEventV2[] => {
  const now = Date.now();
  return Array.from({ length: count }, () => signedEvent(bodyOf(shape.bytes, shape.events, now), secret, now));
};

/** What one of them says, by the gateway's own parser: a figure for one event is worth nothing when there are two. */
export const eventsIn = (event: APIGatewayProxyEventV2): number => {
  const raw = { source: "stripe", method: "POST", url: "", headers: {}, body: Buffer.from(event.body ?? ""), sourceIp: "", receivedAt: 0 };
  return gateways.stripe.parse(verified(raw).callback).length;
};
