/** The schedules by which the simulator tries again, held against what the gateways publish. */
import { describe, expect, test } from "vitest";
import { findGateway, type Gateway, gateways } from "../../gateways/index.ts";
import { defaultCompression, retrySchedule as scheduleOf } from "../../simulator/retry-schedule.ts";

const retrySchedule = (name: string): readonly number[] => scheduleOf(findGateway(name) as Gateway);

const minute = 60;
const hour = 3_600;
const day = 24 * hour;

describe("the schedule of", () => {
  test.each([
    ["gmo-pg", 5, hour, 5 * hour],
    ["fincode", 5, 20 * minute, 100 * minute],
    ["payjp", 3, 3 * minute, 9 * minute],
    ["paidy", 15, 20 * minute, 5 * hour],
    ["paypal", 25, (3 * day) / 25, 3 * day],
    ["paddle", 60, (3 * day) / 60, 3 * day],
    ["telecom-credit", 36, 5 * minute, 3 * hour],
    ["standard-webhooks", 7, 5, 5 + 5 * minute + 30 * minute + 2 * hour + 5 * hour + 20 * hour],
  ])("%s has %i attempts more, the first after %i s, the last after %i s", (name, times, first, last) => {
    const waits = retrySchedule(name);
    expect([waits.length, waits[0], waits.reduce((sum, wait) => sum + wait, 0)]).toEqual([times, first, last]);
  });

  test.each([
    ["stripe", 3 * day],
    ["square", day],
    ["braintree", day],
    ["shopify", 4 * hour],
    ["adyen", 30 * day],
  ])("%s stays within the span it publishes, and uses most of it", (name, span) => {
    const total = retrySchedule(name).reduce((sum, wait) => sum + wait, 0);
    expect(total).toBeLessThanOrEqual(span);
    expect(total).toBeGreaterThan(span / 3);
  });

  test("Adyen begins with three quick attempts, Shopify ends with its eighth, SBPS never retries", () => {
    expect(retrySchedule("adyen").slice(0, 5)).toEqual([9, 9, 9, 120, 300]);
    expect(retrySchedule("shopify")).toHaveLength(8);
    expect(retrySchedule("sbps")).toEqual([]);
  });

  test.each(Object.keys(gateways))("%s takes about ten seconds when it is compressed", (name) => {
    const waits = retrySchedule(name);
    const seconds = waits.reduce((sum, wait) => sum + wait, 0) / defaultCompression(waits);
    expect(seconds).toBeLessThanOrEqual(31);
    if (name !== "sbps") expect(seconds).toBeGreaterThan(5);
  });

  test("a gateway whose schedule is only a sentence publishes nothing", () => {
    const { facts } = findGateway("veritrans") as Gateway;
    expect(scheduleOf({ facts: { ...facts, retries: "every hour or so" } })).toEqual(retrySchedule("veritrans"));
  });
});
