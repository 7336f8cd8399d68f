import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../core/event.ts";
import { isIncomplete, without } from "../../core/read-back.ts";

describe("an event", () => {
  const event: PaymentEvent = { id: "1", type: "charge.succeeded", gatewayType: "paid", occurredAt: 0, incomplete: ["amount", "contract"] };

  test("is complete when nothing is left that it lacks", () => {
    expect(without(event, "amount").incomplete).toEqual(["contract"]);
    expect(without(event, "contract", "amount")).toEqual({ id: "1", type: "charge.succeeded", gatewayType: "paid", occurredAt: 0 });
    expect(isIncomplete(event)).toBe(true);
    expect(isIncomplete(without(event, "amount"))).toBe(true);
    expect(isIncomplete(without(event, "contract", "amount"))).toBe(false);
  });
});
