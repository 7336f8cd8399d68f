/** Stripe callbacks of about a kilobyte; four in a row are about one contract, so that an order can be kept or lost. */
import { randomBytes } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { signedEvent } from "../payload.ts";

export interface Sent {
  readonly id: string;
  readonly contract: string;
  readonly event: APIGatewayProxyEventV2;
}

const perContract = 4;

export const callbacksFor = (count: number, secret: string): readonly Sent[] => {
  const run = randomBytes(6).toString("hex");
  return Array.from({ length: count }, (_, at) => {
    const [id, contract] = [`evt_${run}_${at}`, `sub_${run}_${Math.floor(at / perContract)}`];
    const now = Date.now();
    const invoice = { id: `in_${run}_${at}`, object: "invoice", subscription: contract, amount_paid: 1980, currency: "jpy" };
    const object = { ...invoice, billing_reason: "subscription_create", metadata: { reference: randomBytes(300).toString("hex") } };
    const body = { id, object: "event", created: Math.floor(now / 1000), livemode: true, type: "invoice.paid", data: { object } };
    return { id, contract, event: fromHere(signedEvent(Buffer.from(JSON.stringify(body)), secret, now)) };
  });
};

/** A local stack takes callbacks from this machine alone. */
const fromHere = (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
  const { requestContext } = event;
  return { ...event, requestContext: { ...requestContext, http: { ...requestContext.http, sourceIp: "127.0.0.1" } } };
};
