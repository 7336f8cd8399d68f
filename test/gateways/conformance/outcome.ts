/** What may come out of `parse` and `identify`, and nothing else. */
import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { VerifiedCallback } from "../../../core/callback.ts";
import { eventTypes, type PaymentEvent } from "../../../core/event.ts";
import type { Gateway } from "../../../gateways/gateway.ts";

export const expectWellFormed = (events: readonly PaymentEvent[]): void => {
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const event of events) {
    expect(event.id).not.toBe("");
    expect(eventTypes).toContain(event.type);
    expect(event.gatewayType).toBeTypeOf("string");
    expect(Number.isSafeInteger(event.occurredAt), `occurredAt ${event.occurredAt}`).toBe(true);
    if (event.amount) expect(Number.isSafeInteger(event.amount.minor)).toBe(true);
    for (const name of ["contract", "charge", "customer", "order", "refund", "replacedBy", "reason"] as const)
      if (name in event) expect(event[name], name).toBeTypeOf("string");
  }
};

/** The identity the front would use: the gateway's own, or the hash of the bytes when it has none. */
export const identityOf = (gateway: Gateway, callback: VerifiedCallback): string =>
  errorOr(() => gateway.identify(callback)) ?? createHash("sha256").update(callback.body).digest("hex");

/** @returns undefined when it threw as it may: an Error with a message. */
export const errorOr = <Result>(attempt: () => Result): Result | undefined => {
  try {
    return attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    // What a bug throws is an Error too; only a sentence of the gateway's own counts.
    expect(error).not.toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(RangeError);
    expect((error as Error).message).not.toBe("");
    return undefined;
  }
};
