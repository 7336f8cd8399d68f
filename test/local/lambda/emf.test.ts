import { describe, expect, test } from "vitest";
import { createMetrics, parseEmf } from "../../../local/lambda/emf.ts";

const line = (values: Record<string, unknown>, dimensions: readonly (readonly string[])[] = [["service"]]) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1_795_175_990_123,
      CloudWatchMetrics: [
        { Namespace: "Holdfast", Dimensions: dimensions, Metrics: Object.keys(values).map((Name) => ({ Name, Unit: "Count" })) },
      ],
    },
    service: "holdfast",
    source: "stripe-jp",
    ...values,
  });

describe("a line of the log", () => {
  test("is a measurement under each of its dimension sets", () => {
    expect(parseEmf(line({ Delivered: 1 }, [["service"], ["service", "source"]]))).toEqual([
      expect.objectContaining({
        name: "Delivered",
        dimensions: { service: "holdfast" },
        values: [1],
        unit: "Count",
        namespace: "Holdfast",
      }),
      expect.objectContaining({ name: "Delivered", dimensions: { service: "holdfast", source: "stripe-jp" }, at: 1_795_175_990_123 }),
    ]);
  });

  test("can carry several metrics, and several values of one", () => {
    expect(parseEmf(line({ Relayed: [1, 2], Resent: 0 })).map(({ name, values }) => [name, values])).toEqual([
      ["Relayed", [1, 2]],
      ["Resent", [0]],
    ]);
  });

  test.each([
    "",
    "plain text",
    '{"level":"INFO","message":"CloudWatchMetrics"}',
    '{"CloudWatchMetrics":',
    '{"_aws":{"CloudWatchMetrics":[{}]}}',
  ])("is none: %s", (text) => expect(parseEmf(text)).toEqual([]));
});

test("metrics add up, separately for each set of dimensions", () => {
  const metrics = createMetrics();
  for (const value of [3, 1, 2]) metrics.read(line({ OldestUnsettledSeconds: value }));
  metrics.read(line({ OldestUnsettledSeconds: 9 }, [["source"]]));
  metrics.read("something else");
  expect(metrics.list()).toEqual([
    expect.objectContaining({ dimensions: { service: "holdfast" }, count: 3, sum: 6, min: 1, max: 3, last: 2 }),
    expect.objectContaining({ dimensions: { source: "stripe-jp" }, count: 1, sum: 9, last: 9 }),
  ]);
});
