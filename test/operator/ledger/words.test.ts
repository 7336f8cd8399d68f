import { expect, test } from "vitest";
import type { PaymentEvent } from "../../../core/event.ts";
import type { Finding } from "../../../core/findings/finding.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { applicationSidesOf, findingSidesOf, sidesOf } from "../../../operator/ledger/words.ts";
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

test("what is not joined says to what it belongs", () => {
  const joined = entry({ contract: "sub_1", alsoKnownAs: ["ch_1"] });
  expect(sidesOf({ kind: "not joined", entry: joined })[1]).toBe("belongs to sub_1, pi_1, ch_1");
  const named = entry({ contract: "sub_1", customer: "cus_1", order: "A-7" });
  expect(sidesOf({ kind: "not joined", entry: named })[1]).toBe("belongs to sub_1, pi_1, cus_1, A-7");
});

const price = { minor: 500, currency: "JPY" };
const grant = {
  type: "entitlement.granted",
  id: "msg_1",
  occurredAt: 1,
  receivedAt: 2,
  account: "a-1",
  source: "shop",
  plan: "premium",
  price,
} as const;
const said = { event: grant, record: "app/msg_1" } as const;

test("what the application said has its words on the side where it stands, and fields only where the words are the same", () => {
  expect(applicationSidesOf({ kind: "missing", entry: said })).toEqual(["", "granted premium, 500 JPY"]);
  expect(applicationSidesOf({ kind: "not joined", entry: said })).toEqual([
    "granted premium, 500 JPY",
    "what it names does not lead to it",
  ]);
  expect(applicationSidesOf({ kind: "differs", entry: said, stored: { ...grant, plan: "basic" } })).toEqual([
    "granted basic, 500 JPY",
    "granted premium, 500 JPY",
  ]);
  expect(applicationSidesOf({ kind: "differs", entry: said, stored: { ...grant, customer: "cus_1" } })).toEqual([
    "granted premium, 500 JPY; otherwise: customer",
    "granted premium, 500 JPY",
  ]);
});

test("a finding has what is kept on one side, and what both sides make now on the other", () => {
  const cause = { kind: "charged after its end", class: "AFTER", endedAt: 0, charges: 1 } as const;
  const found = { id: "AFTER:shop/sub_1", class: "AFTER", cause, money: [price], evidence: [] } as unknown as Finding;
  const stored = { finding: { ...found, money: [] }, standing: { state: "closed", at: 1 } } as unknown as StoredFinding;
  const words = "1 charge after the gateway ended it on 1970-01-01";
  const { id } = found;
  expect(findingSidesOf({ kind: "missing", id, found })).toEqual(["", `500 JPY; ${words}`]);
  expect(findingSidesOf({ kind: "differs", id, found, stored })).toEqual([words, `500 JPY; ${words}`]);
  expect(findingSidesOf({ kind: "differs", id, found, stored: { ...stored, finding: { ...found, severity: "notice" } } })).toEqual([
    `500 JPY; ${words}; otherwise: severity`,
    `500 JPY; ${words}`,
  ]);
  expect(findingSidesOf({ kind: "should be open", id, found, stored })).toEqual(["closed", `500 JPY; ${words}`]);
  expect(findingSidesOf({ kind: "should be closed", id, stored })).toEqual([words, "nothing"]);
  expect(findingSidesOf({ kind: "cannot be read", id, item: {} })).toEqual(["altered", "nothing"]);
  expect(findingSidesOf({ kind: "cannot be read", id, item: {}, found })).toEqual(["altered", `500 JPY; ${words}`]);
  expect(findingSidesOf({ kind: "not listed", id, stored })).toEqual(["closed, and no list has it", ""]);
  expect(findingSidesOf({ kind: "not looked for again", id })).toEqual(["", "time will change what is found there"]);
});
