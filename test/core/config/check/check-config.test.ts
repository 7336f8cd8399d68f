import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConfig, validConfig } from "../../../../core/config/check/check-config.ts";
import type { KnownGateways } from "../../../../core/config/check/source-rules.ts";
import type { Config } from "../../../../core/config/config.ts";
import { knownGateways } from "../../../../gateways/config-checks.ts";
import holdfastConfig from "../../../../holdfast.config.ts";

const known: KnownGateways = {
  stripe: {},
  sbps: {
    checkSettings: ({ options }) => (options?.merchantId ? [] : ["options.merchantId is missing; SBPS prints it on its test sheet"]),
  },
};

const good: Config = {
  name: "shop",
  targets: { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" } },
  sources: { "stripe-jp": { gateway: "stripe", target: "app" } },
};

/** The good configuration with one value put in its place, as somebody without a type check might write it. */
const having = (path: string, value: unknown): Config => {
  const copy = structuredClone(good) as unknown;
  const steps = path.split(".");
  const last = steps.pop() as string;
  let at = copy as Record<string, unknown>;
  for (const step of steps) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  at[last] = value;
  return copy as Config;
};

test("a good configuration has no problems, nor has the shipped one", () => {
  expect(checkConfig(good, known)).toEqual([]);
  expect(checkConfig(holdfastConfig, knownGateways())).toEqual([]);
});

describe("accepts", () => {
  test.each([
    ["targets.app.url", "http://localhost:3000/hooks"],
    ["targets.app.url", "http://127.0.0.1:3000"],
    ["targets.app.url", "http://[::1]:3000"],
    ["targets.app.timeoutSeconds", 0.5],
    ["targets.app.allowAddresses", ["10.0.0.0/8", "fd00::/8", "203.0.113.7"]],
    ["sources.stripe-jp.addresses", ["2001:db8::1", "203.0.113.0/24"]],
    ["sources.stripe-jp.ignore", ["notice", "card.verified"]],
    ["sources.stripe-jp.secretName", "prod/stripe"],
    ["name", "a"],
    ["name", `a${"b".repeat(27)}`],
    ["retry", { attempts: 3 }],
    ["alarms", {}],
    ["zone", "Asia/Tokyo"],
    ["zone", "UTC"],
    ["findings", { openTooLong: "36h", moneyAtStake: { JPY: 50_000, USD: 1 }, digestHour: 23 }],
  ])("%s = %j", (path, value) => {
    expect(checkConfig(having(path, value), known)).toEqual([]);
  });
});

describe("names the path and the value of", () => {
  test.each([
    ["name", "Shop"],
    ["name", "-shop"],
    ["name", "shop-"],
    ["name", `a${"b".repeat(28)}`],
    ["name", 7],
    ["sources", {}],
    ["sources", []],
    ["targets", {}],
    ["targets", null],
    ["targets.app.kind", "htttp"],
    ["targets.app.mode", "passthrough"],
    ["targets.app.url", "http://app.example.com"],
    ["targets.app.url", "http://localhost.example.com"],
    ["targets.app.url", "https://user:secret@app.example.com"],
    ["targets.app.url", "ftp://app.example.com"],
    ["targets.app.url", "app.example.com"],
    ["targets.app.resign", "yes"],
    ["targets.app.timeoutSeconds", 31],
    ["targets.app.timeoutSeconds", 0],
    ["targets.app.timeoutSeconds", Number.NaN],
    ["targets.app.timeoutSeconds", "10"],
    ["sources.stripe-jp.toleranceSeconds", 0],
    ["sources.stripe-jp.toleranceSeconds", 1.5],
    ["sources.stripe-jp.publicUrl", "http://shop.example.com"],
    ["sources.stripe-jp.unproven", "reject"],
    ["sources.stripe-jp.mode", "sandbox"],
    ["sources.stripe-jp.secretName", "prod stripe"],
    ["alarms.email", "operators"],
    ["retry.attempts", 0],
    ["retry.attempts", 1_001],
    ["retry.capSeconds", 86_401],
    ["throttle", { ratePerSecond: 0, burst: 1 }],
    ["graceSeconds", 9],
    ["findings.openTooLong", "3 days"],
    ["findings.openTooLong", 3],
    ["findings.moneyAtStake", 100_000],
    ["findings.moneyAtStake", { yen: 100_000 }],
    ["findings.digestHour", 24],
    ["zone", "JST"],
    ["zone", "Asia/Tokio"],
    ["refunds", { lookBackYear: 2 }],
    ["retentionDays", 13],
    ["maxBodyBytes", 4_500_001],
  ])("%s = %j", (path, value) => {
    const [problem, ...more] = checkConfig(having(path, value), known).filter((one) => !/there is no such target/.test(one.message));
    expect(more).toEqual([]);
    expect(problem?.path.startsWith(path)).toBe(true);
    expect(problem?.message).not.toBe("");
  });

  test.each(["203.0.113.0/33", "203.0.113", "2001:db8::/129", "fe80::1%eth0", "203.0.113.0/24/8", "example.com", ""])(
    "the address %j",
    (address) => {
      expect(checkConfig(having("sources.stripe-jp.addresses", ["203.0.113.7", address]), known)).toEqual([
        expect.objectContaining({ path: "sources.stripe-jp.addresses[1]", value: address }),
      ]);
    },
  );

  test("a source whose name cannot be part of the URL", () => {
    const problems = checkConfig(having("sources", { "Stripe JP": { gateway: "stripe", target: "app" } }), known);
    expect(problems).toEqual([expect.objectContaining({ path: "sources, the name", value: "Stripe JP" })]);
  });
});

describe("guesses what was meant by", () => {
  test.each([
    ["sources.stripe-jp.gateway", "strip", 'did you mean "stripe"? Known: stripe, sbps'],
    ["sources.stripe-jp.target", "ap", 'did you mean "app"? Known: app'],
    ["sources.stripe-jp.ignore", ["notices"], 'did you mean "notice"?'],
    ["sources.stripe-jp.tolerenceSeconds", 300, 'did you mean "toleranceSeconds"?'],
    ["targets.app.timeout", 3, 'did you mean "timeoutSeconds"?'],
    ["retry.attemps", 3, 'did you mean "attempts"?'],
    ["alarm", {}, 'did you mean "alarms"?'],
  ])("%s = %j", (path, value, guess) => {
    const problems = checkConfig(having(path, value), known);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.path.startsWith(path)).toBe(true);
    expect(problems[0]?.message).toContain(guess);
  });

  test("an unknown gateway: lists the known ones and guesses nothing", () => {
    const [problem] = checkConfig(having("sources.stripe-jp.gateway", "constructor"), known);
    expect(problem?.message).toBe("there is no such gateway; Known: stripe, sbps");
  });
});

test("a missing field is named, not only the object it is missing from", () => {
  expect(checkConfig(having("sources.stripe-jp", { gateway: "stripe" }), known)).toEqual([
    { path: "sources.stripe-jp.target", value: undefined, message: "it is missing; add it" },
  ]);
});

test("a base above the cap is a problem, also when the cap is the default", () => {
  expect(checkConfig(having("retry", { baseSeconds: 20, capSeconds: 10 }), known)).toHaveLength(1);
  expect(checkConfig(having("retry", { baseSeconds: 3_600 }), known)).toEqual([]);
});

test("the gateway itself is asked about its settings", () => {
  const config = having("sources", { sbps: { gateway: "sbps", target: "app" } });
  expect(checkConfig(config, known)).toEqual([
    { path: "sources.sbps", value: undefined, message: expect.stringContaining("options.merchantId is missing") },
  ]);
  expect(checkConfig(having("sources", { sbps: { gateway: "sbps", target: "app", options: { merchantId: "30132" } } }), known)).toEqual([]);
});

test("validConfig gives a good configuration back, and lists all problems of a bad one in one error", () => {
  expect(validConfig(good, known)).toBe(good);
  expect(() => validConfig(having("name", "Shop"), known)).toThrow("The configuration has a problem:");
  const bad = having("sources", { "stripe-jp": { gateway: "strip", target: "ap", tolerenceSeconds: 1 } });
  expect(() => validConfig(bad, known)).toThrow(
    [
      "The configuration has 3 problems:",
      '  sources.stripe-jp.gateway = "strip": there is no such gateway; did you mean "stripe"? Known: stripe, sbps',
      '  sources.stripe-jp.target = "ap": there is no such target; did you mean "app"? Known: app',
      '  sources.stripe-jp.tolerenceSeconds = 1: there is no such field; did you mean "toleranceSeconds"?',
    ].join("\n"),
  );
});

test("never throws, whatever the file holds, and rejects everything that is not a configuration", () => {
  fc.assert(
    fc.property(fc.anything(), (junk) => {
      expect(checkConfig(junk as Config, known).length).toBeGreaterThan(0);
    }),
  );
  const paths = ["sources", "targets", "retry", "alarms", "throttle", "sources.stripe-jp", "targets.app", "sources.stripe-jp.options"];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.anything(), (path, junk) => {
      expect(Array.isArray(checkConfig(having(path, junk), known))).toBe(true);
    }),
  );
});

describe("a target in AWS", () => {
  const withTarget = (target: object): Config => ({ ...good, targets: { app: target } }) as unknown as Config;
  const problemsOf = (target: object) => checkConfig(withTarget(target), known).map(({ path, message }) => `${path}: ${message}`);

  test.each([
    ["sqs", "arn:aws:sqs:eu-central-1:123456789012:payments.fifo"],
    ["sqs", "arn:aws-cn:sqs:cn-north-1:123456789012:payments"],
    ["sqs", `arn:aws-us-gov:sqs:us-gov-west-1:123456789012:${"q".repeat(80)}`],
    ["lambda", "arn:aws:lambda:eu-central-1:123456789012:function:payments"],
    ["lambda", `arn:aws:lambda:eu-central-1:123456789012:function:${"f".repeat(64)}:${"a".repeat(128)}`],
    ["lambda", "arn:aws:lambda:eu-central-1:123456789012:function:payments:$LATEST"],
    ["eventbridge", "arn:aws:events:eu-central-1:123456789012:event-bus/default"],
    ["eventbridge", `arn:aws:events:eu-central-1:123456789012:event-bus/${"b".repeat(256)}`],
  ])("is named by its ARN: %s, %s", (kind, arn) => {
    expect(problemsOf({ kind, arn })).toEqual([]);
    expect(problemsOf({ kind, arn, order: "relaxed", timeoutSeconds: 30 })).toEqual([]);
  });

  test.each([
    ["sqs", "https://sqs.eu-central-1.amazonaws.com/123456789012/payments"],
    ["sqs", "arn:aws:sns:eu-central-1:123456789012:payments"],
    ["sqs", "arn:aws:sqs:eu-central-1:12345678901:payments"],
    ["sqs", "arn:aws:sqs::123456789012:payments"],
    ["sqs", "arn:aws:sqs:eu-central-1:123456789012:pay ments"],
    ["sqs", `arn:aws:sqs:eu-central-1:123456789012:${"q".repeat(81)}`],
    ["sqs", "arn:aws:sqs:eu-central-1:123456789012:payments.fifo:x"],
    ["sqs", "arn:aws-iso:sqs:us-iso-east-1:123456789012:payments"],
    ["sqs", 7],
    ["lambda", "payments"],
    ["lambda", "arn:aws:lambda:eu-central-1:123456789012:payments"],
    ["lambda", `arn:aws:lambda:eu-central-1:123456789012:function:${"f".repeat(65)}`],
    ["lambda", "arn:aws:lambda:eu-central-1:123456789012:function:payments:live:2"],
    ["eventbridge", "arn:aws:events:eu-central-1:123456789012:event-bus/"],
    ["eventbridge", "arn:aws:events:eu-central-1:123456789012:rule/payments"],
    ["eventbridge", "arn:aws:events:eu-central-1:123456789012:event-bus/aws.partner/stripe.com/ed_1"],
    ["eventbridge", "arn:aws:events:eu-central-1:123456789012:event-bus/aws.partner"],
  ])("is not named by anything else: %s, %s", (kind, arn) => {
    const examples: Readonly<Record<string, string>> = {
      sqs: "arn:aws:sqs:eu-central-1:123456789012:payments.fifo",
      lambda: "arn:aws:lambda:eu-central-1:123456789012:function:payments",
      eventbridge: "arn:aws:events:eu-central-1:123456789012:event-bus/payments",
    };
    expect(problemsOf({ kind, arn })).toEqual([`targets.app.arn: write the ARN, as AWS shows it: ${examples[kind]}`]);
  });

  test.each(["shop-doorbells.fifo", "shop-dead-letters.fifo", "shop-spill", "shop-exports", "shop-exports-failed"])(
    "is not a queue of Holdfast's own: %s",
    (queue) => {
      expect(problemsOf({ kind: "sqs", arn: `arn:aws:sqs:eu-central-1:123456789012:${queue}` })).toEqual([
        "targets.app.arn: this is one of Holdfast's own: name one of the application's",
      ]);
    },
  );

  test.each(["receive", "relay", "consume", "sweep", "release", "recover"])(
    "is not Holdfast's own function %s, also by an alias",
    (verb) => {
      for (const end of ["", ":live"])
        expect(problemsOf({ kind: "lambda", arn: `arn:aws:lambda:eu-central-1:123456789012:function:shop-${verb}${end}` })).toEqual([
          "targets.app.arn: this is one of Holdfast's own: name one of the application's",
        ]);
      expect(problemsOf({ kind: "lambda", arn: `arn:aws:lambda:eu-central-1:123456789012:function:shop-${verb}d` })).toEqual([]);
      expect(problemsOf({ kind: "eventbridge", arn: `arn:aws:events:eu-central-1:123456789012:event-bus/shop-${verb}` })).toEqual([]);
    },
  );

  test("has none of an http target's fields, and lacks nothing of one", () => {
    const arn = "arn:aws:sqs:eu-central-1:123456789012:payments";
    for (const field of [{ url: "https://app.example.com" }, { mode: "signed" }, { resign: true }, { allowAddresses: [] }])
      expect(problemsOf({ kind: "sqs", arn, ...field })).toEqual([expect.stringContaining("there is no such field")]);
    expect(problemsOf({ kind: "sqs" })).toEqual(["targets.app.arn: it is missing; add it"]);
  });

  test("is told apart by its kind alone: without one nothing else is said", () => {
    expect(problemsOf({ url: "https://app.example.com" })).toEqual([
      "targets.app.kind: it is missing; add one of: http, eventbridge, lambda, sqs",
    ]);
    expect(problemsOf({ kind: "sq", arn: 7 })).toEqual([
      'targets.app.kind: there is no such kind of target; did you mean "sqs"? Known: http, eventbridge, lambda, sqs',
    ]);
    expect(problemsOf({ kind: "toString" })).toEqual([expect.stringContaining("there is no such kind of target")]);
    expect(problemsOf([])).toEqual(["targets.app: write an object with kind (http, eventbridge, lambda, sqs) and the fields of that kind"]);
  });
});

describe("a source on a partner's event bus", () => {
  const bus = "aws.partner/stripe.com/ed_test_61";
  const partners: KnownGateways = { stripe: { partner: "stripe.com" }, sbps: {} };
  const source = { kind: "eventbridge", bus, gateway: "stripe", target: "app" };
  const signed = { app: { ...good.targets.app, mode: "signed" }, raw: good.targets.app };
  const problemsOf = (...sources: readonly object[]) =>
    checkConfig(
      { ...good, targets: signed, sources: Object.fromEntries(sources.map((one, at) => [`s${at}`, one])) } as unknown as Config,
      partners,
    ).map(({ path, message }) => `${path}: ${message}`);

  test("names its bus and its gateway, and may expect and ignore events", () => {
    expect(problemsOf(source)).toEqual([]);
    expect(problemsOf({ ...source, options: { a: "b" }, ignore: ["notice"], expect: { atLeast: 1, everyMinutes: 60 } })).toEqual([]);
    expect(problemsOf({ kind: "http", gateway: "stripe", target: "app", toleranceSeconds: 60 })).toEqual([]);
    expect(problemsOf({ ...source, bus: "aws.partner/stripe.com/acct_1/ed_1" })).toEqual([]);
  });

  test("has nothing of what is posted: no secret, no URL, no addresses, no policy", () => {
    for (const field of [
      { secretName: "a" },
      { publicUrl: "https://a.example.com" },
      { addresses: [] },
      { unproven: "accept" },
      { toleranceSeconds: 1 },
    ])
      expect(problemsOf({ ...source, ...field })).toEqual([expect.stringContaining("there is no such field")]);
    expect(problemsOf({ gateway: "stripe", target: "app", bus })).toEqual([
      expect.stringMatching(/^sources\.s0\.bus: there is no such field/),
    ]);
    expect(problemsOf({ ...source, bus: undefined })).toEqual(["sources.s0.bus: it is missing; add it"]);
    expect(problemsOf({ gateway: "stripe", target: "app", kind: "eventbrige" })).toEqual([
      'sources.s0.kind: there is no such kind of source; did you mean "eventbridge"? Known: http, eventbridge',
    ]);
  });

  test.each([
    "default",
    "aws.partner/stripe.com",
    "aws.partner/stripe.com/",
    `x${bus}`,
    `${bus} `,
    "arn:aws:events:eu-central-1:123456789012:event-bus/x",
    7,
  ])("is on a partner's bus, and not on %j", (other) => {
    expect(problemsOf({ ...source, bus: other })).toEqual([expect.stringContaining("write the name of the partner's bus")]);
  });

  test("is of a gateway that is a partner, and on a bus of that partner", () => {
    expect(problemsOf({ ...source, gateway: "sbps" })).toEqual([
      "sources.s0.gateway: its events are not known to come by EventBridge; those of these are: stripe",
    ]);
    const two: KnownGateways = { ...partners, shop: { partner: "shop.com" } };
    const config = { ...good, targets: signed, sources: { s0: { ...source, gateway: "sbps" } } } as unknown as Config;
    expect(checkConfig(config, two)[0]?.message).toMatch(/those of these are: stripe, shop$/);
    expect(checkConfig(config, { sbps: {} })[0]?.message).toMatch(/those of these are: none$/);
    expect(problemsOf({ ...source, bus: "aws.partner/stripe.community/x" })).toEqual([
      "sources.s0.bus: a bus of stripe begins with aws.partner/stripe.com/",
    ]);
  });

  test("has its bus for itself", () => {
    expect(problemsOf(source, { ...source, bus: `${bus}2` }, source, source)).toEqual(
      ["s2", "s3"].map((one) => `sources.${one}.bus: it is the bus of s0 already: each event is stored under one source`),
    );
  });

  test("passes nothing through: its events carry no signature", () => {
    expect(problemsOf({ ...source, target: "raw" })).toEqual([
      "sources.s0.target: its events carry no signature to pass through: take a target with mode `signed`, or one in AWS",
    ]);
  });
});

describe("a target with `resign`", () => {
  const target = { kind: "http", url: "https://app.example.com", mode: "pass-through" } as const;
  const config = (resign: boolean | undefined, mode: "pass-through" | "signed" = "pass-through"): Config => ({
    ...good,
    targets: { app: { ...target, mode, ...(resign !== undefined && { resign }) }, other: target },
    sources: { "stripe-jp": { gateway: "stripe", target: "app" }, second: { gateway: "stripe", target: "other" } },
  });
  const against: KnownGateways = { stripe: { resignProblems: () => ["its key is the sender's"] } };

  test("is checked with what its sources' gateways have against it", () => {
    expect(checkConfig(config(true), against)).toEqual([
      {
        path: "sources.stripe-jp",
        value: undefined,
        message: "the target app has `resign`, but its key is the sender's",
      },
    ]);
    for (const resign of [false, undefined]) expect(checkConfig(config(resign), against)).toEqual([]);
    expect(checkConfig(config(true), { stripe: {} })).toEqual([]);
  });

  test("passes callbacks through: a signed message is signed when it is sent anyway", () => {
    expect(checkConfig(config(true, "signed"), { stripe: {} })).toEqual([
      { path: "targets.app.resign", value: true, message: "leave it out: signed messages are signed when they are sent anyway" },
    ]);
    expect(checkConfig(config(false, "signed"), { stripe: {} })).toEqual([]);
  });
});

describe("a source of the application's own events", () => {
  const gatewaysWithApp = { ...known, app: { isUndelivered: true } };
  const withApp = (source: object) => checkConfig(having("sources.app", { gateway: "app", ...source }), gatewaysWithApp);

  test("has no target, and a secret and an expectation like any other", () => {
    expect(withApp({})).toEqual([]);
    expect(withApp({ secretName: "prod/app", expect: { atLeast: 1, everyMinutes: 60 } })).toEqual([]);
    expect(withApp({ kind: "http" })).toEqual([]);
  });

  test("is posted: nobody sends them by a partner's bus", () => {
    expect(withApp({ kind: "eventbridge" })).toEqual([
      { path: "sources.app.kind", value: "eventbridge", message: "there is no such kind of source; Known: http" },
    ]);
  });

  test.each([
    ["target", "app"],
    ["ignore", ["notice"]],
  ])("with %s says why that is left out", (field, value) => {
    expect(withApp({ [field]: value })).toEqual([
      { path: `sources.app.${field}`, value, message: expect.stringMatching(/^leave it out: .* delivered nowhere$/) },
    ]);
  });

  test("every other source needs a target", () => {
    expect(checkConfig(having("sources.stripe-jp", { gateway: "stripe" }), gatewaysWithApp)).toEqual([
      { path: "sources.stripe-jp.target", value: undefined, message: "it is missing; add it" },
    ]);
  });
});
