import { expect, test } from "vitest";
import { contractOf } from "../../core/event.ts";
import { paymentEvent } from "../support/samples.ts";

test("an event belongs to its contract, else to its charge, else to its customer, else to none", () => {
  const all = { contract: "sub_1", charge: "ch_1", customer: "cus_1" };
  expect(contractOf(paymentEvent(all))).toBe("sub_1");
  expect(contractOf(paymentEvent({ charge: "ch_1", customer: "cus_1" }))).toBe("ch_1");
  expect(contractOf(paymentEvent({ customer: "cus_1" }))).toBe("cus_1");
  expect(contractOf(paymentEvent({ order: "A-1" }))).toBeUndefined();
});
