/** Stripe callbacks of a given size, about one contract each, that say one thing or two. */
import { randomBytes } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { verified } from "../../core/callback.ts";
import { gateways } from "../../gateways/index.ts";
import { signedEvent } from "../payload.ts";

const id = (prefix: string): string => `${prefix}_1Q${randomBytes(16).toString("hex")}`;

/** A paid invoice says that it is paid, and one of a renewal also that the contract goes on. */
const reason = { 1: "subscription_create", 2: "subscription_cycle" } as const;

export interface Contract {
  readonly subscription: string;
  readonly customer: string;
}

export const newContracts = (count: number): readonly Contract[] =>
  Array.from({ length: count }, () => ({ subscription: id("sub"), customer: id("cus") }));

/** Since API version 2025-03-31 an invoice names neither its charge nor its payment intent, and its subscription in its parent. */
const invoice = ({ subscription, customer }: Contract, events: 1 | 2, created: number) => ({
  id: id("in"),
  object: "invoice",
  amount_paid: 1980,
  billing_reason: reason[events],
  created,
  currency: "jpy",
  customer,
  parent: { subscription_details: { subscription }, type: "subscription_details" },
});

/** As Stripe prints it, two spaces deep; what is missing in size is metadata of ids and words. */
const bodyOf = (contract: Contract, bytes: number, events: 1 | 2, now: number): Buffer => {
  const created = Math.floor(now / 1000);
  const metadata: Record<string, string> = {};
  const object = { ...invoice(contract, events, created), metadata };
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
  contracts: readonly Contract[],
  shape: { readonly bytes: number; readonly events: 1 | 2 },
  secret: string,
): APIGatewayProxyEventV2[] => {
  const now = Date.now();
  return contracts.map((contract) => signedEvent(bodyOf(contract, shape.bytes, shape.events, now), secret, now));
};

/** What one of them says, by the gateway's own parser: a figure for one event is worth nothing when there are two. */
export const eventsIn = (event: APIGatewayProxyEventV2): number => {
  const raw = { source: "stripe", method: "POST", url: "", headers: {}, body: Buffer.from(event.body ?? ""), sourceIp: "", receivedAt: 0 };
  return gateways.stripe.parse(verified(raw).callback).length;
};
