import { describe, expect, test } from "vitest";
import { type EventType, eventTypes } from "../../../../core/event.ts";
import { findingsOf } from "../../../../core/findings/findings.ts";
import { impliedBy, isPaymentWord, isStateWord } from "../../../../core/findings/sides/implied.ts";
import { ledgerId } from "../../../../core/ledger-id.ts";
import {
  charged,
  contract,
  days,
  granted,
  hours,
  type Part,
  partsOf,
  revoked,
  settings,
  start,
  textOf,
  told,
  yen,
} from "../../../support/both-sides/both-sides.ts";

/** Everything that was sent was accepted but for what is named. */
const finds = (now: number, parts: readonly Part[], refused: readonly string[] = []) => {
  const { events, applicationEvents } = partsOf(parts);
  const accepted = new Set(events.map(({ record }) => record).filter((record) => !refused.includes(record)));
  return findingsOf({ events, applicationEvents, accepted }, settings, now).findings.map(textOf);
};
const says = (type: EventType, at: number, id: string, of = contract) => told(type, at, { id, contract: of, customer: "cus_1" });
const paid = (at: number, id: string, of = contract) => charged(at, `ch_${id}`, { id, contract: of, customer: "cus_1" });

describe("R-APP-3: where a target means by a 2xx that entitlement follows", () => {
  test("a first payment that was accepted entitles", () => {
    expect(finds(start + days(2), [paid(start, "e1")])).toEqual([]);
    expect(finds(start + days(2), [paid(start, "e1")], ["shop/e1"])).toEqual(["A3:shop/sub_1 500 JPY"]);
  });

  test("so does the start, and the end takes it back", () => {
    const parts = [says("contract.started", start, "e1"), paid(start + 1, "e2"), says("contract.cancelled", start + hours(5), "e3")];
    expect(finds(start + days(60), parts)).toEqual([]);
    expect(finds(start + days(60), parts, ["shop/e3"])).toEqual(["A2:shop/sub_1"]);
  });

  test("R-STATE-1: a payment after the end is no grant", () => {
    const parts = [paid(start, "e1"), says("contract.cancelled", start + hours(5), "e2"), paid(start + days(30), "e3")];
    expect(finds(start + days(60), parts)).toEqual(["AFTER:shop/sub_1 500 JPY"]);
  });

  test("charged in a pause is charged without entitlement, until it goes on", () => {
    const parts = [paid(start, "e1"), says("contract.paused", start + hours(5), "e2"), paid(start + hours(9), "e3")];
    expect(finds(start + hours(9), parts)).toEqual(["A3:shop/sub_1 500 JPY"]);
    expect(finds(start + hours(9), [...parts, says("contract.resumed", start + hours(8), "e4")])).toEqual([]);
  });

  test("what the application says itself counts, whatever it has accepted", () => {
    const parts = [granted(start), revoked(start + days(1), { reason: "paused" }), paid(start + days(2), "e1")];
    expect(finds(start + days(2), parts)).toContain("A3:shop/sub_1 500 JPY");
    expect(finds(start + days(2), [granted(start, { price: yen(500) }), paid(start + 1, "e1")])).toEqual([]);
  });

  test("R-A1: two contracts of one customer that were both accepted are none that nobody named", () => {
    expect(finds(start + days(3), [paid(start, "e1"), paid(start + days(1), "e2", "sub_2")])).toEqual([]);
  });

  test("neither order nor repetition changes what is found (P5)", () => {
    const parts = [paid(start, "e1"), says("contract.cancelled", start + hours(5), "e2"), paid(start + days(30), "e3"), paid(start, "e1")];
    expect(finds(start + days(60), parts.toReversed())).toEqual(finds(start + days(60), parts));
  });
});

describe("R-APP-3: what each callback that was accepted says of the entitlement", () => {
  const line = { source: "shop", contract };
  const impliedIn = (parts: readonly Part[], of: typeof line = line) => {
    const { events } = partsOf(parts);
    return impliedBy(of, events, new Set(events.map(({ record }) => record)));
  };
  const meanings: Partial<Record<EventType, string>> = {
    "contract.started": "granted",
    "contract.resumed": "granted",
    "charge.succeeded": "granted",
    "contract.renewed": "granted",
    "contract.cancelled": "revoked: cancelled",
    "contract.expired": "revoked: cancelled",
    "contract.replaced": "revoked: plan_change",
    "contract.paused": "revoked: paused",
  };

  test.each(eventTypes)("%s", (type) => {
    const [one, ...more] = impliedIn([told(type, start, { contract, charge: "ch_1" })]);
    const said = one && (one.type === "entitlement.granted" ? "granted" : `revoked: ${one.reason}`);
    expect(said).toBe(meanings[type]);
    expect(more).toEqual([]);
  });

  test("is said by words about the state, and by payments", () => {
    const words = (isWord: typeof isStateWord) =>
      eventTypes.filter((type) => isWord({ event: { id: "", gatewayType: "", type, occurredAt: 0 } }));
    expect(words(isStateWord)).toEqual([
      "contract.started",
      "contract.paused",
      "contract.resumed",
      "contract.cancelled",
      "contract.expired",
      "contract.replaced",
    ]);
    expect(words(isPaymentWord)).toEqual(["charge.succeeded", "contract.renewed"]);
  });

  test("is of nobody's account and no plan, at the event's own time", () => {
    expect(impliedIn([told("contract.started", start, { contract, id: "e1" })])).toEqual([
      { type: "entitlement.granted", id: "e1", source: "shop", contract, account: "", plan: "", occurredAt: start, receivedAt: start },
    ]);
  });

  test("is said by a payment only where nothing was said before", () => {
    const types = (...parts: readonly Part[]) => impliedIn(parts).map(({ type }) => type.replace("entitlement.", ""));
    expect(types(paid(start, "e1"), paid(start + 1, "e2"))).toEqual(["granted"]);
    expect(types(says("contract.paused", start, "e1"), paid(start + 1, "e2"))).toEqual(["revoked"]);
    expect(types(says("contract.started", start, "e1"), paid(start + 1, "e2"), says("contract.resumed", start + 2, "e3"))).toEqual([
      "granted",
      "granted",
    ]);
  });

  test("is not said by the end of another contract that stands in the line, and by a payment whichever contract it names", () => {
    for (const named of [{ contract: "sub_2" }, {}]) {
      const about = { customer: "cus_1", ...named };
      expect(impliedIn([told("contract.cancelled", start, about)])).toEqual([]);
      expect(impliedIn([told("charge.succeeded", start, { ...about, charge: "ch_1" })])).toHaveLength(1);
    }
  });

  test("is said of a contract with a long number by the name that the ledger has for it", () => {
    const long = "x".repeat(2_000);
    const name = { source: "shop", contract: ledgerId(long) };
    expect(impliedIn([told("contract.started", start, { contract: long })], name)).toHaveLength(1);
  });
});
