/** Retries as data: what the simulator waits, and what people read. */
import { describe, expect, test } from "vitest";
import { facts as ofApplication } from "../../../gateways/app/facts.ts";
import { day, every, hour, minute, type Retries, retriesText, retryWaits, second } from "../../../gateways/facts.ts";

describe("retries", () => {
  test.each<[what: string, retries: Retries, waits: readonly number[], text: string]>([
    ["none", { waits: [] }, [], "never"],
    ["one", { waits: [30] }, [30], "after 30 s"],
    ["three alike", { waits: every(3 * minute, 3) }, [180, 180, 180], "every 3 min, 3 times"],
    ["two alike", { waits: every(hour, 2) }, [3600, 3600], "after 1 h"],
    ["several kinds", { waits: [9, 9, 9, 120, 300, 2 * day] }, [9, 9, 9, 120, 300, 172_800], "every 9 s, 3 times; after 2 min, 5 min, 2 d"],
    ["one, then several alike", { waits: [5, ...every(90, 3)] }, [5, 90, 90, 90], "after 5 s; every 90 s, 3 times"],
    ["a note", { waits: [1], note: "about" }, [1], "after 1 s (about)"],
    ["a span", { within: 7 * minute }, [60, 120, 240], "within 7 min"],
    ["a span just too short for the third", { within: 7 * minute - 1 }, [60, 120], "within 419 s"],
    ["a span of many", { within: hour, times: 3, note: "then dropped" }, [1200, 1200, 1200], "3 times within 1 h (then dropped)"],
    ["nothing published", { unpublished: true }, [60, 120, 240, 480], "not published"],
    ["nothing published, with a note", { unpublished: true, note: "it does" }, [60, 120, 240, 480], "not published (it does)"],
  ])("with %s", (_, retries, waits, text) => {
    expect(retryWaits(retries)).toEqual(waits);
    expect(retriesText(retries)).toBe(text);
  });

  test("of the application's own events are those of its client, within seconds, and then its queue's", () => {
    expect(ofApplication.retries).toMatchObject({ waits: [1, 2, 4, 60, 3_600] });
  });

  test("in a sentence are that sentence", () => {
    expect(retriesText("every hour or so")).toBe("every hour or so");
  });
});

test("durations are in seconds", () => {
  expect([second, minute, hour, day]).toEqual([1, 60, 3_600, 86_400]);
});
