import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../core/event.ts";
import { endedPeriodsOf, stateOf, statesOf } from "../../../core/ledger/contract-state.ts";
import { byEventTime } from "../../../core/ledger/event-order.ts";
import { noon, paymentEvent } from "../../support/samples.ts";

type Told = readonly [type: EventType, minute: number, previousState?: PaymentEvent["previousState"]];

/** The ids are against the order in which they are written here. */
const stateAfter = (...told: readonly Told[]) => {
  const events = told.map(([type, minute, previousState], at) =>
    paymentEvent({ id: `evt_${9 - at}`, type, occurredAt: noon + minute * 60_000, ...(previousState && { previousState }) }),
  );
  return stateOf(events.toSorted(byEventTime))?.state;
};

describe("a contract that has ended", () => {
  test.each<[what: string, told: readonly Told[], state: string]>([
    [
      "stays ended when a late payment renews it",
      [
        ["contract.cancelled", 0],
        ["contract.renewed", 1],
      ],
      "cancelled",
    ],
    [
      "stays ended when a payment is past due",
      [
        ["contract.expired", 0],
        ["contract.past_due", 1],
      ],
      "expired",
    ],
    [
      "stays ended when it is paused",
      [
        ["contract.cancelled", 0],
        ["contract.paused", 1],
      ],
      "cancelled",
    ],
    [
      "keeps its first end",
      [
        ["contract.cancelled", 0],
        ["contract.expired", 1],
      ],
      "cancelled",
    ],
    [
      "lives again when it is resumed",
      [
        ["contract.cancelled", 0],
        ["contract.resumed", 1],
      ],
      "active",
    ],
    [
      "lives again when it is started anew",
      [
        ["contract.expired", 0],
        ["contract.started", 1],
      ],
      "active",
    ],
    [
      "is replaced when another one takes its place",
      [
        ["contract.cancelled", 0],
        ["contract.replaced", 1],
      ],
      "replaced",
    ],
  ])("%s", (_, told, state) => {
    expect(stateAfter(...told)).toBe(state);
  });
});

describe("states of one moment", () => {
  test.each<[what: string, told: readonly Told[], state: string]>([
    [
      "come in the order of a contract's life",
      [
        ["contract.cancelled", 0],
        ["contract.started", 0],
      ],
      "cancelled",
    ],
    [
      "come in the order in which the gateway says each was left",
      [
        ["contract.started", 0],
        ["contract.past_due", 1, "active"],
        ["contract.resumed", 1, "past_due"],
      ],
      "active",
    ],
    [
      "come in that order the other way round too",
      [
        ["contract.started", 0],
        ["contract.past_due", 1],
        ["contract.resumed", 2, "past_due"],
        ["contract.past_due", 2, "active"],
      ],
      "past_due",
    ],
    [
      "that go round in a circle from nowhere have some order all the same",
      [
        ["contract.past_due", 1, "active"],
        ["contract.resumed", 1, "past_due"],
      ],
      "past_due",
    ],
  ])("%s", (_, told, state) => {
    expect(stateAfter(...told)).toBe(state);
    expect(stateAfter(...told.toReversed())).toBe(state);
  });

  test("are none where no event has one", () => {
    expect(stateAfter(["charge.succeeded", 0], ["notice", 1])).toBeUndefined();
  });
});

describe("the times in which a contract had ended", () => {
  const endedIn = (...told: readonly Told[]) => {
    const events = told.map(([type, minute], at) => paymentEvent({ id: `evt_${at}`, type, occurredAt: noon + minute * 60_000 }));
    return endedPeriodsOf(statesOf(events)).map(({ from, to }) => [from, to].map((at) => at && (at - noon) / 60_000));
  };

  test("are from its end until it starts or resumes, or to this day", () => {
    expect(endedIn(["contract.started", 0], ["contract.cancelled", 3])).toEqual([[3, undefined]]);
    expect(endedIn(["contract.cancelled", 3], ["contract.resumed", 5])).toEqual([[3, 5]]);
    expect(endedIn(["contract.expired", 1], ["contract.started", 2], ["contract.paused", 3], ["contract.replaced", 4])).toEqual([
      [1, 2],
      [4, undefined],
    ]);
  });

  test("begin with its first end, and are none of one that goes on", () => {
    expect(endedIn(["contract.replaced", 1], ["contract.replaced", 2], ["contract.started", 3])).toEqual([[1, 3]]);
    expect(endedIn(["contract.started", 1], ["contract.past_due", 2])).toEqual([]);
    expect(endedIn()).toEqual([]);
  });
});

test("of two events of one moment, of which one left a state that nobody knows of, the second counts", () => {
  expect(stateAfter(["contract.renewed", 0, "past_due"], ["contract.paused", 0])).toBe("paused");
});
