import { describe, expect, test } from "vitest";
import type { MetricRule } from "../../../core/conditions/alarm-rule.ts";
import { type Condition, nextIn } from "../../../core/conditions/condition.ts";
import { allConditions, type ConditionName, conditions, judge, needsOperator } from "../../../core/conditions/conditions.ts";
import type { Looks, SightOfSource } from "../../../core/conditions/sight.ts";
import type { ExpectConfig } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import { nothing } from "../../../core/findings/tally/tally.ts";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { verdict } from "../../support/alarm-verdict.ts";

const now = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;
const config = withDefaults({
  name: "shop",
  targets: { app: { kind: "http", url: "https://app.example.com", mode: "signed" } },
  sources: { stripe: { gateway: "stripe", target: "app" } },
});
const place = { name: "shop", holdfast: (...words: readonly string[]) => ["npx", "holdfast", ...words].join(" ") };

const seen = <Seen>(value: Seen) => ({ kind: "seen", seen: value }) as const;
const quiet: SightOfSource = {
  source: "stripe",
  lastAt: now - minute,
  recorded: 10,
  quarantined: { count: 0, lately: 0, sinceLast: 0 },
};
const well: Looks = {
  unsettled: seen({ count: 0, auditedTo: now - minute, unverified: { count: 0, sources: [] } }),
  dead: seen({ count: 0, crashed: 0 }),
  waiting: seen({ count: 0 }),
  conflicts: seen({ count: 0 }),
  findings: seen({ tally: nothing }),
  targets: seen([{ target: "app", held: 0 }]),
  spill: seen({ queue: { visible: 0, hidden: 0, delayed: 0 } }),
  sweep: seen({ run: { at: now, failed: [] } }),
  sources: seen([quiet]),
  quarantine: seen({ undecided: 0, lastHour: 0, crowded: 0, acknowledged: [] }),
};
const judged = (looks: Partial<Looks>) => judge({ ...well, ...looks }, { now, config }, place);
const names = (looks: Partial<Looks>) => judged(looks).holding.map(({ name }) => name);

describe("the table", () => {
  test.each(allConditions)("%s has a stable name, and says everything with something in it", (name, condition) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const { happened, money, runbook, next } = condition;
    for (const sentence of [happened, money]) expect(sentence).toMatch(/^[A-Z][^.]+\.$/);
    for (const paragraph of Object.values(runbook)) expect(paragraph).toMatch(/\S.*[.?)]$/);
    for (const command of next({ ...place, about: "stripe" })) expect(command).toMatch(/^(npx holdfast|aws) /);
  });

  test.each(allConditions)("%s says what can be typed also where the stack is on this machine", (name, condition) => {
    const onThisMachine = nextIn(condition, { ...place, about: "stripe", logs: ".holdfast/logs" });
    for (const command of onThisMachine) expect(command).toMatch(/^(npx holdfast .+|tail -n 20 \.holdfast\/logs\/shop-[a-z]+\.log)$/);
    if (conditions[name].seen.kind !== "by its alarm only") expect(onThisMachine).not.toEqual([]);
  });

  test("says what can be typed at AWS where the stack is there", () => {
    for (const [, condition] of allConditions) {
      const inAws = { ...place, about: "stripe" };
      expect(nextIn(condition, inAws)).toEqual(condition.next(inAws));
    }
  });

  test("names only alarms that there are in the one made of others", () => {
    const { alarm }: Condition = conditions["cannot-acknowledge"];
    for (const one of alarm.kind === "any of" ? alarm.conditions : []) expect(Object.keys(conditions)).toContain(one);
    expect(alarm.kind).toBe("any of");
  });
});

describe("judging", () => {
  test("finds nothing where all is well, and says what only the alarms see", () => {
    const { holding, unknown, alarmsOnly } = judged({});
    expect([holding, unknown]).toEqual([[], []]);
    expect(alarmsOnly).toContain("front-failing");
    expect(alarmsOnly).not.toContain("dead-records");
  });

  test("puts pages before tickets, and says what to type where it is typed", () => {
    const hold = { target: "app", by: breaker, why: "it did not answer", since: now - minute, revision: 1 };
    const { holding } = judged({ dead: seen({ count: 1, crashed: 0 }), targets: seen([{ target: "app", held: 7, hold }]) });
    expect(holding.map(({ name, severity }) => [name, severity])).toEqual([
      ["application-down", "page"],
      ["dead-records", "ticket"],
    ]);
    expect(holding[0]).toMatchObject({ about: "app", since: now - minute, numbers: { held: 7 } });
    expect(holding[0]?.next).toContain("npx holdfast resume app --rate 5");
    expect(needsOperator(judged({ dead: seen({ count: 1, crashed: 0 }) }))).toBe(true);
    expect(needsOperator(judged({}))).toBe(false);
  });

  test("takes what could not be looked at for unknown, and still judges the rest", () => {
    const { holding, unknown } = judged({ targets: { kind: "failed", why: "throttled" }, dead: seen({ count: 2, crashed: 1 }) });
    expect(unknown).toEqual([{ part: "targets", why: "throttled", conditions: ["application-down", "held", "signatures-too-old"] }]);
    expect(holding.map(({ name }) => name)).toEqual(["crash-dead-letter", "dead-records"]);
  });

  test("measures a record's age from the grace time on, and the sweep's audit with it", () => {
    const unsettled = (age: number) =>
      seen({ count: 1, oldest: { key: "stripe/a" as const, storedAt: now - age }, unverified: { count: 0, sources: [] } });
    expect(names({ unsettled: unsettled(5 * minute - 1) })).toEqual([]);
    expect(names({ unsettled: unsettled(5 * minute) })).toEqual(["oldest-unsettled"]);
    const unaudited = seen({ count: 0, auditedTo: now - 6 * minute, unverified: { count: 0, sources: [] } });
    expect(names({ unsettled: unaudited })).toEqual(["oldest-unsettled"]);
  });

  test("takes a sweep for silent after five minutes, and when it has never run", () => {
    const run = (age: number) => seen({ run: { at: now - age, failed: [] } });
    expect(names({ sweep: run(5 * minute) })).toEqual([]);
    expect(names({ sweep: run(5 * minute + 1) })).toEqual(["sweep-silent"]);
    expect(names({ sweep: seen({}) })).toEqual(["sweep-silent"]);
  });

  test.each([
    ["ten of twenty within a quarter of an hour", { recorded: 10, quarantined: { count: 10, lately: 10, sinceLast: 1 } }, true],
    ["ten among a hundred: a prober", { recorded: 90, quarantined: { count: 10, lately: 10, sinceLast: 1 } }, false],
    [
      "nine and none verified, of which some were followed by one",
      { recorded: 1, quarantined: { count: 9, lately: 9, sinceLast: 2 } },
      false,
    ],
    ["three in a row where callbacks are rare", { recorded: 0, quarantined: { count: 3, lately: 0, sinceLast: 3 } }, true],
    ["two in a row", { recorded: 0, quarantined: { count: 2, lately: 0, sinceLast: 2 } }, false],
  ])("takes a source's callbacks for unverified: %s", (_, more, holds) => {
    expect(names({ sources: seen([{ ...quiet, ...more }]) }).includes("source-unverified")).toBe(holds);
  });

  test("finds a spilled callback in the queue whether or not it is hidden, and in the bucket as the sweep saw it", () => {
    const queue = (hidden: number) => ({ visible: 0, hidden, delayed: 0 });
    expect(names({ spill: seen({ queue: queue(1) }) })).toEqual(["spill-not-recovered"]);
    const run = { at: now, failed: [], spilled: { queue: 0, bucket: 3 }, spilledSince: now - 20 * minute };
    expect(judged({ spill: seen({ queue: queue(0), run }) }).holding).toMatchObject([
      { name: "spill-not-recovered", since: now - 20 * minute, numbers: { queue: 0, bucket: 3 } },
    ]);
  });
});

describe("the alarms of shares", () => {
  const ruleOf = (name: ConditionName, expect?: ExpectConfig): MetricRule => {
    const { alarm }: Condition = conditions[name];
    const settings = { gateway: "stripe", target: "app", ...(expect && { expect }) };
    const rule = alarm.kind === "one" ? alarm.rule(config) : alarm.kind === "by source" ? alarm.rule("stripe", settings) : undefined;
    if (!rule) throw new Error(`${name} has no rule`);
    return rule;
  };
  const said = (name: ConditionName, values: Readonly<Record<string, number>>) => verdict(ruleOf(name), (metric) => values[metric.name]);

  test.each([
    ["source-unverified", { Unproven: 10, Relayed: 39 }, "breached"],
    ["source-unverified", { Unproven: 10, Relayed: 41 }, "well"],
    ["source-unverified", { Unproven: 9 }, "well"],
    ["source-unverified", { Unproven: 75 }, "breached"],
    ["source-unverified", {}, "well"],
    ["answer-not-accepted", { Duplicates: 10, Relayed: 20 }, "breached"],
    ["answer-not-accepted", { Duplicates: 10, Relayed: 24 }, "well"],
    ["answer-not-accepted", { Duplicates: 9, Relayed: 1 }, "well"],
    ["relay-silent", { NotRelayed: 1 }, "breached"],
    ["relay-silent", { NotRelayed: 1, Relayed: 5 }, "well"],
    ["relay-silent", {}, "well"],
    ["wrong-url", { NoSuchSource: 2, NotAllowed: 2, TooLarge: 1 }, "breached"],
    ["wrong-url", { NoSuchSource: 4 }, "well"],
    ["consume-failing", { Errors: 1, Invocations: 20 }, "breached"],
    ["consume-failing", { Errors: 1, Invocations: 21 }, "well"],
    ["consume-failing", {}, "well"],
    ["ack-slow", { Latency: 2_100, Count: 20 }, "breached"],
    ["ack-slow", { Latency: 2_100, Count: 19 }, "well"],
    ["quarantine-full", { NotQuarantined: 1 }, "breached"],
    ["quarantine-full", { Quarantined: 50 }, "well"],
    ["quarantine-full", { Quarantined: 51 }, "breached"],
    ["throttled", { WriteThrottleEvents: 1 }, "breached"],
    ["secret-unreadable", { UnverifiedRecords: 1 }, "breached"],
    ["secret-unreadable", { UnverifiedRecords: 0 }, "well"],
  ] as const)("%s with %o: %s", (name, values, expected) => {
    expect(said(name, values)).toBe(expected);
  });

  test("a source that expects nothing has no alarm for its silence; one that does counts redeliveries as signs of life", () => {
    const { alarm }: Condition = conditions["source-silent"];
    expect(alarm.kind === "by source" && alarm.rule("stripe", { gateway: "stripe", target: "app" })).toBeUndefined();
    const rule = ruleOf("source-silent", { atLeast: 2, everyMinutes: 60 });
    const of = (values: Readonly<Record<string, number>>) => verdict(rule, (metric) => values[metric.name]);
    expect([of({}), of({ Relayed: 1 }), of({ Relayed: 1, Duplicates: 1 })]).toEqual(["breached", "breached", "well"]);
    expect(rule.periodMinutes).toBe(60);
  });
});
