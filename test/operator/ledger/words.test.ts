import { expect, test } from "vitest";
import type { PaymentEvent } from "../../../core/event.ts";
import { sidesOf } from "../../../operator/ledger/words.ts";
import { paymentEvent } from "../../support/samples.ts";

const event: PaymentEvent = paymentEvent({ type: "charge.succeeded", charge: "pi_1", amount: { minor: 1_000, currency: "USD" } });
const entry = (changes: Partial<PaymentEvent> = {}) =>
  ({ source: "stripe", contract: "sub_1", record: "stripe/evt_1", event: { ...event, ...changes } }) as const;

test("what is missing has one side, and what is stale the other", () => {
  expect(sidesOf({ kind: "missing", entry: entry() })).toEqual(["", "charge.succeeded 10.00 USD pi_1"]);
  expect(sidesOf({ kind: "stale", entry: entry() })).toEqual(["charge.succeeded 10.00 USD pi_1", ""]);
});

test("what an older version entered of a test says why nothing is to stand there", () => {
  expect(sidesOf({ kind: "stale", entry: entry() }, "test")[1]).toBe("a test, and its source is not for tests");
});

test("two that look alike are told apart by the fields that differ, and by no others", () => {
  const said = entry({ alsoKnownAs: ["ch_1", "in_1"], previousState: "paused", incomplete: ["contract"] });
  expect(sidesOf({ kind: "differs", entry: said, stored: { ...event, incomplete: ["contract"], customer: "cus_1" } })).toEqual([
    "charge.succeeded 10.00 USD pi_1; customer cus_1; alsoKnownAs -; previousState -",
    "charge.succeeded 10.00 USD pi_1; customer -; alsoKnownAs ch_1, in_1; previousState paused",
  ]);
});

test("an amount that differs is said once, where it stands in every row", () => {
  const stored = { ...event, amount: { minor: 500, currency: "USD" } };
  expect(sidesOf({ kind: "differs", entry: entry(), stored })).toEqual([
    "charge.succeeded 5.00 USD pi_1",
    "charge.succeeded 10.00 USD pi_1",
  ]);
});

test("what is not joined says with what it is one", () => {
  const joined = entry({ contract: "sub_1", alsoKnownAs: ["ch_1"] });
  expect(sidesOf({ kind: "not joined", entry: joined })[1]).toBe("one payment with sub_1, pi_1, ch_1");
});
