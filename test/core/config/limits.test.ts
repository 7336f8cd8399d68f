/** What each field of a configuration may be, to the last value, and what is said of the first that it may not. */
import { describe, expect, test } from "vitest";
import { checkConfig } from "../../../core/config/check/check-config.ts";
import type { Config } from "../../../core/config/config.ts";

/** Every field written out, with a value that is allowed. */
const full = {
  name: "shop",
  zone: "Asia/Tokyo",
  gateways: "./gateways.ts",
  alarms: { email: "operators@example.com" },
  retry: { attempts: 3, baseSeconds: 1, capSeconds: 60 },
  throttle: { ratePerSecond: 10, burst: 20 },
  capacity: {
    timelineShards: 64,
    receive: { reservedConcurrency: 100 },
    relay: { reservedConcurrency: 100, parallelizationFactor: 2 },
    consume: { reservedConcurrency: 100, maxConcurrency: 50 },
    recover: { maxConcurrency: 20 },
    compare: { reservedConcurrency: 2, memoryMb: 2_048, largestFileMb: 512 },
    records: { warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 40_000 } },
    ledger: { warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 40_000 } },
  },
  findings: { graces: { grant: "1h" }, openTooLong: "2d", moneyAtStake: { JPY: 1 }, digestHour: 1 },
  refunds: { lookBackYears: 2 },
  graceSeconds: 60,
  retentionDays: 400,
  maxBodyBytes: 4_000_000,
  targets: {
    app: {
      kind: "http",
      url: "https://app.example.com/hooks",
      mode: "signed",
      secretName: "prod/app",
      order: "relaxed",
      timeoutSeconds: 10,
      refusalGraceSeconds: 300,
      entitlementFollows: true,
      allowAddresses: ["10.0.0.0/8"],
    },
  },
  sources: {
    stripe: {
      gateway: "stripe",
      target: "app",
      secretName: "prod/stripe",
      publicUrl: "https://shop.example.com/callbacks/stripe",
      addresses: ["203.0.113.7"],
      toleranceSeconds: 300,
      options: { shopId: "7" },
      unproven: "accept",
      mode: "live",
      expect: { atLeast: 1, everyMinutes: 60, hours: "00-13" },
      ignore: ["notice"],
      exports: {
        kind: "payments",
        mappings: ["./payments.json"],
        zone: "Asia/Tokyo",
        zoneNames: { CST: "America/Chicago" },
        dateOrder: "day-first",
        dateFormats: ["yyyy/MM/dd"],
        decimal: ",",
        currency: "JPY",
        charset: "shift_jis",
        separator: ";",
        skipColumns: ["card number"],
        recover: "enter",
        remindAfterDays: 10,
        longestGapDays: 5,
      },
    },
  },
} as const satisfies Config;

const put = (into: unknown, [step, ...more]: readonly string[], value: unknown): unknown =>
  step === undefined ? value : { ...(into as object), [step]: put((into as Record<string, unknown>)[step], more, value) };

/** What is said of the full configuration with one value in its place. */
const said = (path: string, value: unknown) =>
  checkConfig(put(full, path.split("."), value) as Config, { stripe: {} }).map(({ path, message }) => `${path}: ${message}`);

test("a configuration that writes out every field has no problem", () => expect(checkConfig(full, { stripe: {} })).toEqual([]));

describe("a number", () => {
  test.each([
    ["sources.stripe.toleranceSeconds", 1, 86_400, "whole ", "seconds between a signature's timestamp and its arrival; 300 is usual"],
    ["sources.stripe.expect.atLeast", 1, 1_000_000, "whole ", "callbacks that come at least"],
    ["sources.stripe.expect.everyMinutes", 5, 1_440, "whole ", "minutes within which they come, up to a day"],
    ["targets.app.timeoutSeconds", 0.1, 30, "", "seconds until a delivery counts as failed"],
    ["sources.stripe.exports.remindAfterDays", 1, 60, "whole ", "days after the end of a month; false, and it is not missed"],
    ["sources.stripe.exports.longestGapDays", 0, 31, "whole ", "days of a month that may be in no export"],
    [
      ...(["targets.app.refusalGraceSeconds", 0, 3_600, "whole "] as const),
      "seconds in which a 400, 404 or 409 is retried; what comes later in the contract waits as long",
    ],
    ["capacity.timelineShards", 8, 512, "whole ", "each takes 1,000 callbacks a second; 64 is plenty"],
    ["capacity.receive.reservedConcurrency", 1, 100_000, "whole ", "concurrent executions kept for this function"],
    ["capacity.relay.parallelizationFactor", 1, 10, "whole ", "Lambda takes no other"],
    ["capacity.recover.maxConcurrency", 2, 1_000, "whole ", "Lambda takes no other maximum of a queue's mapping"],
    ["capacity.compare.reservedConcurrency", 2, 100_000, "whole ", "concurrent executions kept for this function"],
    ["capacity.compare.memoryMb", 1_024, 10_240, "whole ", "MB, of which Lambda gives no function more"],
    ["capacity.compare.largestFileMb", 1, 10_240, "whole ", "MB of all files of an export together"],
    ["capacity.records.warmThroughput.readUnitsPerSecond", 12_000, 10_000_000, "whole ", "a new table has 12,000 anyway"],
    ["capacity.ledger.warmThroughput.writeUnitsPerSecond", 4_000, 10_000_000, "whole ", "a new table has 4,000 anyway"],
    ["retry.attempts", 1, 1_000, "whole ", "attempts until a record becomes a dead letter"],
    ["retry.baseSeconds", 0.01, 3_600, "", "seconds of the first wait, at most"],
    ["retry.capSeconds", 0.01, 86_400, "", "seconds that no wait exceeds"],
    ["throttle.ratePerSecond", 1, 100_000, "", "requests a second, at most what your account allows"],
    ["throttle.burst", 1, 100_000, "whole ", "requests at once, at most what your account allows"],
    ["findings.digestHour", 0, 23, "whole ", "an hour of the day, in UTC"],
    [
      ...(["findings.moneyAtStake.JPY", 1, 1_000_000_000_000, "whole "] as const),
      "minor units of that currency: 100000 is 1,000.00 USD, or 100,000 JPY",
    ],
    ["graceSeconds", 10, 3_600, "whole ", "with less the sweep would overtake the queue, with more a lost doorbell waits long"],
    ["refunds.lookBackYears", 1, 10, "whole ", "years for which every charge was recorded; before that it is estimated"],
    ["retentionDays", 14, 3_650, "whole ", "the queues keep messages for 14 days, and no message must outlive its record"],
    ["maxBodyBytes", 1_024, 4_500_000, "whole ", "Lambda takes 6 MB, and base64 makes four bytes of three"],
  ])("%s is from %d to %d", (path, least, most, whole, why) => {
    const complaint = [`${path}: write a ${whole}number from ${least} to ${most}: ${why}`];
    for (const refused of [least - 0.001, most + 0.001, Number.NaN, String(least)])
      expect([refused, said(path, refused)]).toEqual([refused, complaint]);
    // The two waits are measured against each other besides.
    const fits = (value: number) => said(path, value).filter((line) => !line.startsWith("retry: "));
    for (const allowed of [least, most]) expect([allowed, fits(allowed)]).toEqual([allowed, []]);
    expect(fits(least + 0.5)).toEqual(whole === "" ? [] : complaint);
  });

  test("of the first wait is not above that of the longest", () => {
    expect(said("retry", { baseSeconds: 60, capSeconds: 60 })).toEqual([]);
    expect(said("retry", { baseSeconds: 61, capSeconds: 60 })).toEqual([
      "retry: baseSeconds (61) is above capSeconds (60): raise the cap or lower the base",
    ]);
    expect(said("retry", { capSeconds: 1 })).toEqual(["retry: baseSeconds (2) is above capSeconds (1): raise the cap or lower the base"]);
  });
});

describe("a word", () => {
  test.each([
    ["targets.app.mode", ["pass-through", "signed"], "mode"],
    ["targets.app.order", ["strict", "relaxed"], "order"],
    ["sources.stripe.unproven", ["refuse", "accept"], "policy"],
    ["sources.stripe.mode", ["live", "test"], "mode"],
    ["sources.stripe.exports.dateOrder", ["day-first", "month-first"], "order of dates"],
    ["sources.stripe.exports.decimal", [".", ","], "decimal sign"],
    ["sources.stripe.exports.recover", ["no", "enter", "deliver"], "way to recover"],
    ["sources.stripe.gateway", ["stripe"], "gateway"],
    ["sources.stripe.target", ["app"], "target"],
  ])("%s is one of %j", (path, words, what) => {
    for (const word of words) expect(said(path, word)).toEqual([]);
    expect(said(path, "~~~")).toEqual([`${path}: there is no such ${what}; Known: ${words.join(", ")}`]);
  });

  test("of an ignored event is one of ours", () => {
    for (const type of ["charge.succeeded", "unknown"]) expect(said("sources.stripe.ignore", [type])).toEqual([]);
    expect(said("sources.stripe.ignore", ["?"])[0]).toMatch(
      /^sources\.stripe\.ignore\[0\]: there is no such event type; Known: charge\.authorized, /,
    );
  });
});

describe("a text", () => {
  const name = "write 1 to 28 lower-case letters, digits and hyphens, beginning with a letter: every resource is named after it";
  const url = "write an https:// URL without user, password or fragment; plain http:// is for this machine only (localhost)";
  const block = "write an address or a CIDR block: 203.0.113.7 or 203.0.113.0/24";
  const secret = "use letters, digits and /_+=.@- only: Secrets Manager allows no others";

  test.each<[path: string, remedy: string, allowed: readonly unknown[], refused: readonly unknown[]]>([
    ["name", name, ["a", "ab", "a1-b"], ["", "1a", "a-", "-a", "A", "a_b", "aB", "xa!", 7]],
    ["gateways", "write the path of a file that exports gateways: ./gateways.ts", ["./own.ts"], ["", " ", 7]],
    [
      "sources.stripe.expect.hours",
      "write two hours in UTC: 00-13, or over midnight 22-06",
      ["00-13", "22-06", "00-24"],
      ["", "9-17", "09-25", "24-06", "x00-13", "00-13x", 9],
    ],
    ["alarms.email", "write one e-mail address", ["a@b.cd"], ["a", "a@b", "a b@c.de", "a@b.c d", "a@b@c.de", "x a@b.cd", "a@b.cd x"]],
    ["targets.app.secretName", secret, ["a", "/a_b+c=d.e@f-g", "a".repeat(512)], ["", "a b", "a:b", "a".repeat(513), "!a", "a!"]],
    ["sources.stripe.secretName", secret, ["a", "/a_b+c=d.e@f-g"], ["", "a b"]],
    [
      "targets.app.url",
      url,
      ["https://a.example.com", "http://localhost", "http://127.10.20.30", "http://[::1]:9"],
      [
        "https://user@a.example.com",
        "https://:key@a.example.com",
        "https://a.example.com#here",
        "ftp://localhost",
        "http://notlocalhost",
        "http://localhost.example.com",
        "a.example.com",
        7,
      ],
    ],
    ["sources.stripe.publicUrl", url, ["https://a.example.com"], ["http://a.example.com"]],
    ["sources.stripe.options.shopId", "write a text", ["", "7"], [7, null]],
    [
      "sources.stripe.addresses",
      block,
      ["203.0.113.7", "203.0.113.7/32", "0.0.0.0/0", "2001:db8::/33", "2001:db8::1/128"].map((one) => [one]),
      [
        "203.0.113.0/33",
        "2001:db8::/129",
        "10.0.0.0/0008",
        "10.0.0.0/x8",
        "10.0.0.0/8x",
        "10.0.0.0/1e1",
        "10.0.0.0/",
        "fe80::1%a",
        "/8",
      ].map((one) => [one]),
    ],
    ["targets.app.entitlementFollows", "write true or false", [true, false], ["yes", 1]],
    ["findings.graces.grant", "write a number of minutes, hours or days: 90m, 24h, 14d", ["90m", "24h", "14d"], ["1 hour", 24]],
    ["sources.stripe.exports.kind", "write the name of a kind of export", ["any"], [7]],
    ["sources.stripe.exports.separator", 'write one character, or "tab"', ["tab", "\t", "|", "、"], ["", "tabs", "||", "\n"]],
    ["sources.stripe.exports.skipColumns", "write the name of a column, as the file's header has it", [["a b"]], [[" "], [7]]],
    [
      "sources.stripe.exports.dateFormats",
      "it is no text; for example yyyy/MM/dd HH:mm:ss, japanese-era, excel-1900",
      [["iso"], ["d.M.yyyy"]],
      [[7]],
    ],
    ["targets.app.allowAddresses", block, [["fd00::/8"]], [["fd00::/x"]]],
  ])("%s: %s", (path, remedy, allowed, refused) => {
    for (const value of allowed) expect([value, said(path, value)]).toEqual([value, []]);
    for (const value of refused) {
      const at = Array.isArray(value) ? `${path}[0]` : path;
      expect([value, said(path, value)]).toEqual([value, [`${at}: ${remedy}`]]);
    }
  });

  test("that is a source's or a target's name is part of a URL", () => {
    const remedy = "use 1 to 63 lower-case letters, digits and hyphens: it is part of the URL";
    const named = (source: string) => said("sources", { [source]: full.sources.stripe });
    for (const allowed of ["a", "7", "a-b", "a".repeat(63)]) expect(named(allowed)).toEqual([]);
    for (const refused of ["", "-a", "A", "a_b", "a/b", "a b", "a".repeat(64)])
      expect(named(refused)).toEqual([`sources, the name: ${remedy}`]);
    expect(said("targets", { "A b": full.targets.app, app: full.targets.app })).toEqual([`targets, the name: ${remedy}`]);
  });

  test("that is a currency's code is three capitals", () => {
    const remedy = "write the currency's code in capitals, as in ISO 4217: JPY, USD";
    for (const refused of ["jpy", "JPYX", "XJPY", "JP"])
      expect(said("findings.moneyAtStake", { [refused]: 1 })).toEqual([`findings.moneyAtStake, the name: ${remedy}`]);
  });

  test("that is an export's name of a zone is not blank", () => {
    const named = (name: string) => said("sources.stripe.exports.zoneNames", { [name]: "UTC" });
    expect(named("中国標準時")).toEqual([]);
    for (const blank of ["", " "])
      expect(named(blank)).toEqual(["sources.stripe.exports.zoneNames, the name: write the name as the file has it"]);
  });
});

describe("what is of another shape", () => {
  test.each([
    ["sources", {}, "add a source: nothing can be received without one"],
    ["sources", [], "write an object: { ... }"],
    ["sources.stripe", null, "write an object with gateway, target"],
    ["targets.app", "app", "write an object with kind (http, eventbridge, lambda, sqs) and the fields of that kind"],
    ["throttle", 7, "write an object with ratePerSecond, burst"],
    ["alarms", [], "write an object with any of its fields"],
    ["sources.stripe.options", 7, "write an object: { ... }"],
    ["sources.stripe.ignore", "notice", "write a list: [ ... ]"],
  ])("%s = %j is told what to write", (path, value, message) => {
    expect(said(path, value)).toEqual([`${path}: ${message}`]);
  });

  test("targets that are none are told what they are for", () => {
    expect(said("targets", {})).toContain("targets: add a target: nothing can be delivered without one");
  });
});

test("what a mapping starts at a time is not more than the function may run", () => {
  expect(said("capacity.consume.reservedConcurrency", 49)).toEqual([
    "capacity.consume.reservedConcurrency: its maxConcurrency is 50, which is more: raise this, or lower that",
  ]);
  expect(said("capacity.recover", { reservedConcurrency: 19 })).toEqual([
    "capacity.recover.reservedConcurrency: its maxConcurrency is 20, which is more: raise this, or lower that",
  ]);
  expect(said("capacity.consume", { maxConcurrency: 1_000 })).toEqual([]);
});
