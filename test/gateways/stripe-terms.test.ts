/** What a Stripe subscription says of its terms: how often it is paid, until when it is free, when it ends. By Stripe's API reference, versions 2024-06-20 and 2025-03-31. */
import { describe, expect, test } from "vitest";
import { gateways } from "../../gateways/index.ts";
import { parse } from "../../gateways/stripe/meaning.ts";
import { writer } from "../../gateways/stripe/writer.ts";
import { json, verifiedCallback } from "./conformance/conformance.ts";
import { scenesOf } from "./meanings/row.ts";

const secret = "whsec_3kWpXGf0Qn2vYtR8dLmZ5sHcJ1bA7eUo";
const [created, trialEnd, periodEnd, cancelAt] = [1_795_175_990, 1_795_262_390, 1_797_854_390, 1_800_532_790];

const read = (object: object, { type = "customer.subscription.created", before = undefined as object | undefined } = {}) => {
  const data = {
    object: { id: "sub_1", object: "subscription", customer: "cus_1", status: "active", ...object },
    previous_attributes: before,
  };
  const body = json({ id: "evt_1", object: "event", created, livemode: true, type, data });
  return parse(verifiedCallback(gateways.stripe, body, { secrets: [secret] }));
};
const termsOf = (object: object) => read(object).map(({ interval, freeUntil, endsAt }) => ({ interval, freeUntil, endsAt }));

const item = (price: object, more: object = {}) => ({ items: { object: "list", data: [{ id: "si_1", price, ...more }] } });
const every = (interval: string, interval_count?: number) => ({ recurring: { interval, interval_count } });

describe("the interval of a subscription", () => {
  test.each<[what: string, object: object, interval: string | undefined]>([
    ["is its price's", item(every("month", 1)), "month"],
    ["is a year", item(every("year", 1)), "year"],
    ["is one where no count is said", item(every("month")), "month"],
    ["of two months is none that is known", item(every("month", 2)), undefined],
    ["of no months is none", item(every("month", 0)), undefined],
    ["of a week is none that is known", item(every("week", 1)), undefined],
    ["is its plan's, in older versions", item({}, { plan: { interval: "year", interval_count: 1 } }), "year"],
    ["is the plan's of the subscription, in the oldest", { plan: { interval: "month", interval_count: 1 } }, "month"],
    ["is the price's before the plan's", item(every("month", 1), { plan: { interval: "year" } }), "month"],
    ["is not said", {}, undefined],
  ])("%s", (_, object, interval) => {
    expect(termsOf(object)).toEqual([{ interval, freeUntil: undefined, endsAt: undefined }]);
  });
});

test("the free time ends with the trial", () => {
  expect(termsOf({ status: "trialing", trial_end: trialEnd })).toEqual([{ freeUntil: trialEnd * 1000 }]);
  expect(termsOf({ trial_end: null })).toEqual([{}]);
});

describe("the end of a subscription", () => {
  test.each<[what: string, object: object, endsAt: number | null | undefined]>([
    ["is the moment that is set", { cancel_at: cancelAt, cancel_at_period_end: false }, cancelAt],
    ["is the moment that is set, said alone", { cancel_at: cancelAt }, cancelAt],
    [
      "is the moment that is set before the end of the period",
      { cancel_at: cancelAt, cancel_at_period_end: true, current_period_end: periodEnd },
      cancelAt,
    ],
    ["is that of its period", { cancel_at: null, cancel_at_period_end: true, current_period_end: periodEnd }, periodEnd],
    [
      "is that of its item's period, since 2025-03-31",
      { cancel_at_period_end: true, ...item({}, { current_period_end: periodEnd }) },
      periodEnd,
    ],
    [
      "is the subscription's own period before its item's",
      { cancel_at_period_end: true, current_period_end: periodEnd, ...item({}, { current_period_end: cancelAt }) },
      periodEnd,
    ],
    ["is taken back", { cancel_at: null, cancel_at_period_end: false, current_period_end: periodEnd }, null],
    ["is taken back, said by the flag alone", { cancel_at_period_end: false }, null],
    ["is taken back, said by the moment alone", { cancel_at: null }, null],
    ["is not said", { current_period_end: periodEnd }, undefined],
  ])("%s", (_, object, endsAt) => {
    expect(termsOf(object)).toEqual([{ endsAt: typeof endsAt === "number" ? endsAt * 1000 : endsAt }]);
  });
});

test("the simulator's announced end is that of its period", () => {
  const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "in_1", order: "", part: "" });
  const { body } = scene("end announced", 0, { endsAt: periodEnd * 1000 });
  expect(parse(verifiedCallback(gateways.stripe, body, { secrets: [secret] }))).toMatchObject([{ endsAt: periodEnd * 1000 }]);
});

describe("a pause of collection", () => {
  const updated = (object: object, before: object) => read(object, { type: "customer.subscription.updated", before });
  const paused = { pause_collection: { behavior: "void" } };

  test.each<[what: string, object: object, before: object, means: object]>([
    ["begins", paused, { pause_collection: null }, { type: "contract.paused", previousState: "active" }],
    [
      "begins while payments fail",
      { ...paused, status: "past_due" },
      { pause_collection: null },
      { type: "contract.paused", previousState: "past_due" },
    ],
    [
      "begins together with a change of the status",
      { ...paused, status: "active" },
      { pause_collection: null, status: "past_due" },
      { type: "contract.paused", previousState: "past_due" },
    ],
    ["ends", { pause_collection: null }, paused, { type: "contract.resumed", previousState: "paused" }],
    [
      "ends in a state of its own",
      { pause_collection: null, status: "past_due" },
      paused,
      { type: "contract.past_due", previousState: "paused" },
    ],
    ["is none where nothing was and is paused", { pause_collection: null }, { pause_collection: null }, { type: "notice" }],
    [
      "stays while its terms change",
      { pause_collection: { behavior: "void" } },
      { pause_collection: { behavior: "keep_as_draft" } },
      { type: "notice" },
    ],
  ])("%s", (_, object, before, means) => {
    expect(updated(object, before)).toMatchObject([means]);
  });

  test("from a status that nobody knows says nothing of what was before", () => {
    const [event] = updated({ ...paused, status: "toString" }, { pause_collection: null });
    expect(event).toMatchObject({ type: "contract.paused" });
    expect(event).not.toHaveProperty("previousState");
  });
});
