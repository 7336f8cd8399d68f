import { expect, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import { defaultGraces } from "../../../core/findings/graces.ts";

const config: Config = {
  name: "shop",
  targets: { app: { kind: "http", url: "https://app.example.com", mode: "pass-through" } },
  sources: { stripe: { gateway: "stripe", target: "app" } },
};

test("a configuration that says nothing keeps records for 400 days, retries over hours, and delivers in strict order", () => {
  expect(withDefaults(config)).toEqual({
    ...config,
    targets: { app: { ...config.targets.app, order: "strict", timeoutSeconds: 10, refusalGraceSeconds: 300, allowAddresses: [] } },
    retry: { attempts: 20, baseSeconds: 2, capSeconds: 3_600 },
    throttle: { ratePerSecond: 2_000, burst: 4_000 },
    capacity: {
      timelineShards: 64,
      relay: { parallelizationFactor: 1 },
      consume: { maxConcurrency: 50 },
      recover: { maxConcurrency: 20 },
      compare: { memoryMb: 2_048, largestFileMb: 512 },
    },
    findings: { graces: defaultGraces, openTooLong: "3d", moneyAtStake: {}, digestHour: 0 },
    graceSeconds: 60,
    retentionDays: 400,
    maxBodyBytes: 4_000_000,
    zone: "UTC",
    refunds: { lookBackYears: 2 },
  });
});

test("what a configuration sets stays, also when it sets only part, and however often it is resolved", () => {
  const given = {
    ...config,
    targets: { app: { kind: "http", url: "https://app.example.com", mode: "signed", order: "relaxed", timeoutSeconds: 3 } },
    retry: { attempts: 2 },
    throttle: { ratePerSecond: 1, burst: 1 },
    capacity: {
      relay: { parallelizationFactor: 4 },
      consume: { reservedConcurrency: 90 },
      recover: { maxConcurrency: 5 },
      compare: { memoryMb: 4_096 },
    },
    findings: { graces: { grant: "1h" } },
    refunds: { lookBackYears: 5 },
    retentionDays: 30,
    alarms: { email: "ann@example.com" },
  } as const;
  const resolved = withDefaults(given);
  expect(resolved).toMatchObject({ ...given, retry: { attempts: 2, baseSeconds: 2, capSeconds: 3_600 } });
  expect(resolved.capacity).toMatchObject({ timelineShards: 64, consume: { maxConcurrency: 50, reservedConcurrency: 90 } });
  expect(resolved.findings).toMatchObject({ graces: { ...defaultGraces, grant: "1h" }, openTooLong: "3d" });
  expect(withDefaults(resolved)).toEqual(resolved);
  expect(withDefaults(JSON.parse(JSON.stringify(given)))).toEqual(resolved);
});

test("a target in AWS keeps strict order and waits ten seconds for an answer, and has nothing that only http has", () => {
  const queue = { kind: "sqs", arn: "arn:aws:sqs:eu-central-1:123456789012:payments" } as const;
  const targetOf = (target: Config["targets"][string]) => withDefaults({ ...config, targets: { app: target } }).targets.app;
  expect(targetOf(queue)).toEqual({ ...queue, order: "strict", timeoutSeconds: 10, refusalGraceSeconds: 300 });
  expect(targetOf({ ...queue, order: "relaxed", timeoutSeconds: 2, refusalGraceSeconds: 0 })).toEqual({
    ...queue,
    order: "relaxed",
    timeoutSeconds: 2,
    refusalGraceSeconds: 0,
  });
});

test("an undefined field counts as left out: plain JavaScript writes such fields", () => {
  const written = { ...config, graceSeconds: undefined, retry: { attempts: undefined } } as unknown as Config;
  expect(withDefaults(written)).toEqual(withDefaults(config));
});

test("all files of an export may be a quarter of the memory in which they are compared, unless it is said how large they may be", () => {
  const largest = (compare: NonNullable<NonNullable<Config["capacity"]>["compare"]>) =>
    withDefaults({ ...config, capacity: { compare } }).capacity.compare.largestFileMb;
  expect(largest({ memoryMb: 4_098 })).toBe(1_024);
  expect(largest({ memoryMb: 4_098, largestFileMb: 7 })).toBe(7);
});
