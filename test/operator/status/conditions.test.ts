/** The stack in each condition, and everybody who reads the table of conditions: `status`, `doctor`, the alarm, the runbook. */
import { readFileSync } from "node:fs";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import type { MetricSource } from "../../../core/conditions/alarm-rule.ts";
import type { Condition } from "../../../core/conditions/condition.ts";
import { type ConditionName, conditions } from "../../../core/conditions/conditions.ts";
import { isGauge, type MetricName } from "../../../core/conditions/metric-names.ts";
import type { Config, TargetConfig } from "../../../core/config/config.ts";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { untouched } from "../../../core/lifecycle/progress.ts";
import { gateways } from "../../../gateways/index.ts";
import { checkPlace } from "../../../operator/doctor/checks.ts";
import { decideFinding } from "../../../operator/findings/decide.ts";
import { quarantineRelease } from "../../../operator/quarantine/quarantine-command.ts";
import { status } from "../../../operator/status/status-command.ts";
import { verdict } from "../../support/alarm-verdict.ts";
import { skippingEmptyShards } from "../../support/world/empty-shards.ts";
import { createWorld, type World } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const minute = 60_000;
const runbook = readFileSync(new URL("../../../docs/runbook.md", import.meta.url), "utf8");

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return world;
};

const send = async (world: World, id: string, more: object = {}, source = "sandbox"): Promise<void> => {
  await world.receive({ ...world.signed({ id, contract: id, ...more }), source });
};

/** Sweeps as long as its steps may fail: the failed run is what is looked at. */
const sweep = (world: World): Promise<boolean> =>
  world.sweep().then(
    () => true,
    () => false,
  );

/** What CloudWatch has of this deployment: what was counted so far, and what AWS itself counts of the functions. */
const measuredIn =
  (world: World, ofAws: Readonly<Record<string, number>> = {}) =>
  (metric: MetricSource): number | undefined =>
    metric.of === "holdfast" ? world.counts.get(metric.name as MetricName) : ofAws[metric.name];

/** All of its readers, which must agree that it holds. */
const everybodySees = (world: World, ...what: Seen): Promise<unknown> =>
  skippingEmptyShards(world.client, world.aws, () => allSee(world, ...what));

type Seen = readonly [name: ConditionName, about?: string, ofAws?: Readonly<Record<string, number>>];

const allSee = async (world: World, ...[name, about, ofAws = {}]: Seen): Promise<unknown> => {
  const { severity, money, alarm }: Condition = conditions[name];
  const connection = connectionTo(world);

  const { exit, value } = await asJson((terminal) => status(connection, terminal));
  const all = (value as { readonly conditions: readonly { readonly name: string; readonly about: string | null }[] }).conditions;
  const found = all.find((one) => one.name === name && (about === undefined || one.about === about));
  expect(found, `${name} among ${all.map((one) => one.name)}`).toMatchObject({
    severity,
    money,
    next: expect.arrayContaining([expect.any(String)]),
  });
  expect(exit).toBe(4);

  const caught = catchOutput();
  expect(await status(connection, caught.terminal)).toBe(4);
  expect(caught.text()).toMatch(new RegExp(`${severity.toUpperCase()} ${name}`));
  expect(caught.text()).toContain(money);
  expect(caught.text()).not.toContain("all is well");

  const checks = await checkPlace(connection);
  expect(checks.find(({ what }) => what.startsWith(`condition ${name}`))).toMatchObject({ outcome: "failed" });

  const [sourceName = "", source] = Object.entries(world.config.sources)[0] ?? [];
  const rule =
    alarm.kind === "one"
      ? alarm.rule(world.config)
      : alarm.kind === "by source" && source
        ? alarm.rule(about ?? sourceName, world.config.sources[about ?? sourceName] ?? source)
        : undefined;
  expect(rule && verdict(rule, measuredIn(world, ofAws)), "the alarm").toBe("breached");

  expect(runbook).toContain(`\n## ${name}\n`);
  return found;
};

/** That none of the alarms on what the sweep measures would go off. */
const noGaugeBreaches = (world: World): void => {
  for (const [name, { alarm }] of Object.entries(conditions) as [string, Condition][]) {
    const rule = alarm.kind === "one" ? alarm.rule(world.config) : undefined;
    const isOurs = rule && Object.values(rule.metrics).every((metric) => metric.of === "holdfast" && isGauge(metric.name));
    if (rule && isOurs) expect(verdict(rule, measuredIn(world)), name).toBe("well");
  }
};

const target = (url: string): TargetConfig => ({
  kind: "http",
  url,
  mode: "pass-through",
  allowAddresses: ["127.0.0.0/8"],
  timeoutSeconds: 2,
});

const forged = (world: World, id: string): RawCallback => ({
  ...gateways.sandbox.sign(Buffer.from(JSON.stringify({ id, type: "charge.succeeded" })), { secrets: ["the new secret"] }, world.time.now),
  source: "sandbox",
  url: "https://callbacks.example.com/callbacks/sandbox",
});

describe("nothing holds", () => {
  test("when all is delivered and the sweep has run", async () => {
    const world = await setup();
    await send(world, "a1");
    await world.settle();
    world.time.now += 2 * minute;
    await world.sweep();
    const { exit, value } = await asJson((terminal) => status(connectionTo(world), terminal));
    expect(value).toMatchObject({ conditions: [], notLookedAt: [] });
    expect(exit).toBe(0);
    noGaugeBreaches(world);
  });
});

describe("everybody sees", () => {
  test("both targets held by the circuit breaker, with 52 records behind", async () => {
    const world = await setup({
      sources: { sandbox: { gateway: "sandbox", target: "app" }, second: { gateway: "sandbox", target: "books" } },
      targets: { app: target("http://127.0.0.1:9/"), books: target("http://127.0.0.1:9/") },
    });
    const ids = Array.from({ length: 26 }, (_, n) => String(n));
    await Promise.all(ids.flatMap((id) => ["sandbox", "second"].map((source) => send(world, `${source}${id}`, {}, source))));
    await world.settle();
    world.time.now += 20 * minute;
    await sweep(world);
    for (const name of ["app", "books"])
      expect(await everybodySees(world, "application-down", name)).toMatchObject({
        about: name,
        what: expect.stringMatching(new RegExp(`^the circuit breaker holds ${name} with 2\\d records behind it: \\d+ records in a row`)),
        seconds: 1_200,
      });
    await everybodySees(world, "held");
    // The alarm is about the state: it stays as long as the target is held.
    world.time.now += 6 * 60 * minute;
    await sweep(world);
    await everybodySees(world, "application-down", "app");
  }, 120_000);

  test("records that wait for what an operator holds, a quarter of an hour later", async () => {
    const world = await setup();
    await world.holds.save({ target: "app", by: "ann", why: "the site moves", since: world.time.now }, undefined);
    await send(world, "a1");
    await world.settle();
    await world.sweep();
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).exit).toBe(0);
    world.time.now += 16 * minute;
    await world.sweep();
    expect(await everybodySees(world, "held", "app")).toMatchObject({ what: "1 record waits for app, held by ann: the site moves" });
  });

  test("75 callbacks of a source refused after its secret was changed", async () => {
    const world = await setup();
    await send(world, "a1");
    await world.settle();
    await world.sweep();
    for (let n = 0; n < 75; n++) {
      world.time.now += 500;
      expect((await world.receive(forged(world, `b${n}`))).status).toBe(401);
    }
    expect(await everybodySees(world, "source-unverified", "sandbox")).toMatchObject({
      what: expect.stringMatching(/^none of the last 1\d callbacks of sandbox could be verified/),
    });
    await everybodySees(world, "callbacks-unproven", "sandbox");
    await everybodySees(world, "quarantine-full");
  }, 120_000);

  test("callbacks that were acknowledged and are in quarantine, long after the secret was put right, until an operator decides", async () => {
    const world = await setup({ sources: { sandbox: { gateway: "sandbox", target: "app", unproven: "accept" } } });
    for (const id of ["a1", "a2"]) expect((await world.receive(forged(world, id))).status).toBe(200);
    world.secrets.secrets = ["sandbox secret", "the new secret"];
    world.time.now += minute;
    await send(world, "b1");
    await world.settle();
    world.time.now += 3 * 24 * 60 * minute;
    await sweep(world);
    expect(await everybodySees(world, "quarantine-undecided", "sandbox")).toMatchObject({
      what: "2 callbacks of sandbox that were acknowledged are in quarantine, and nobody has decided about them",
      seconds: 3 * 24 * 3_600 + 60,
    });
    await quarantineRelease(connectionTo(world), catchOutput().terminal, { keys: [], all: true, by: "ann", why: "the secret is right" });
    await world.settle();
    world.time.now += 2 * minute;
    await world.sweep();
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).value).toMatchObject({ conditions: [] });
    noGaugeBreaches(world);
  });

  test("no rare source as unverified for what came before its last callbacks, however many others came since", async () => {
    const world = await setup({
      sources: { sandbox: { gateway: "sandbox", target: "app" }, rare: { gateway: "sandbox", target: "app" } },
    });
    const forge = async (id: string) => {
      for (const n of [1, 2, 3]) await world.receive({ ...forged(world, `${id}${n}`), source: "rare" });
      world.time.now += minute;
    };
    await forge("before");
    await send(world, "genuine", {}, "rare");
    for (let n = 0; n < 310; n++) {
      world.time.now += 1;
      await send(world, `busy${n}`);
    }
    const seen = async () => (await asJson((terminal) => status(connectionTo(world), terminal))).value;
    expect(await seen()).not.toMatchObject({
      conditions: expect.arrayContaining([expect.objectContaining({ name: "source-unverified" })]),
    });
    await forge("after");
    expect(await seen()).toMatchObject({
      conditions: expect.arrayContaining([
        expect.objectContaining({ name: "source-unverified", what: expect.stringMatching(/^none of the last 3 callbacks of rare/) }),
      ]),
    });
  }, 120_000);

  test("a record unsettled for 42 minutes", async () => {
    const world = await setup({ retry: { baseSeconds: 600, capSeconds: 3_600 } });
    world.application.behave(() => ({ status: 503 }));
    await send(world, "a1");
    await world.settle();
    world.time.now += 42 * minute;
    await sweep(world);
    expect(await everybodySees(world, "oldest-unsettled")).toMatchObject({ seconds: 42 * 60, what: expect.stringContaining("sandbox/a1") });
  });

  test("callbacks stored unverified", async () => {
    const world = await setup();
    world.secrets.readable = false;
    for (const id of ["a1", "a2"]) await send(world, id);
    for (let run = 0; run < 2; run++) {
      world.time.now += 2 * minute;
      await sweep(world);
    }
    world.counts.delete("StoredUnverified");
    expect(await everybodySees(world, "secret-unreadable")).toMatchObject({
      what: "2 callbacks are stored unverified, of sandbox",
      seconds: 240,
    });
    world.secrets.readable = true;
    world.time.now += 30 * minute;
    await sweep(world);
    await world.settle();
    world.time.now += minute;
    await sweep(world);
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).value).toMatchObject({ conditions: [] });
  });

  test("spilled callbacks that wait, and a sweep that fails at them", async () => {
    const world = await setup();
    await world.sweep();
    const s3 = new S3Client({ forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: world.aws.bucket, Key: "spill/one", Body: "not a record" }));
    await new SQSClient().send(new SendMessageCommand({ QueueUrl: world.aws.spillQueueUrl, MessageBody: "not a record" }));
    for (let run = 0; run < 2; run++) {
      world.time.now += minute;
      expect(await sweep(world)).toBe(false);
    }
    expect(await everybodySees(world, "spill-not-recovered")).toMatchObject({
      what: "2 acknowledged callbacks are not recorded yet: 1 in the spill queue, 1 in the bucket",
      seconds: 60,
    });
    expect(await everybodySees(world, "sweep-failing", undefined, { Errors: 1 })).toMatchObject({
      what: "the sweep's last run failed at recordSpilled",
      seconds: 60,
    });
  });

  test("a sweep that has stopped", async () => {
    const world = await setup();
    await world.sweep();
    world.time.now += 20 * minute;
    expect(await everybodySees(world, "sweep-silent", undefined, { Invocations: 0 })).toMatchObject({ seconds: 1_200 });
  });

  test("dead letters, and what waits behind them for hours", async () => {
    const world = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send(world, "a1", { contract: "a" });
    await send(world, "a2", { contract: "a" });
    await world.settle();
    world.time.now += 90 * minute;
    await sweep(world);
    expect(await everybodySees(world, "dead-records")).toMatchObject({ what: expect.stringContaining("1 record is dead"), seconds: 5_400 });
    expect(await everybodySees(world, "waiting")).toMatchObject({ seconds: 5_400 });
  });

  test("signatures that the application refuses as too old, scheduled and behind the circuit breaker", async () => {
    const world = await setup({ sources: { sandbox: { gateway: "sandbox", target: "app" } } });
    const refuse = () => world.application.behave(() => ({ status: 400, body: "Timestamp outside the tolerance zone" }));
    refuse();
    await send(world, "a1");
    await send(world, "a2");
    world.time.now += 10 * minute;
    await world.settle();
    await sweep(world);
    world.time.now += 5 * minute;
    await sweep(world);
    expect(await everybodySees(world, "signatures-too-old", "app")).toMatchObject({
      what: "app refuses the gateway's signatures as too old, of 2 records: set `resign: true` on it, and deploy",
      next: [expect.stringContaining("doctor"), expect.stringContaining("replay --state scheduled")],
      seconds: 300,
    });
    const tripped = { target: "app", by: breaker, why: "it does not answer", since: world.time.now };
    await world.holds.save(tripped, await world.holds.current("app"));
    await send(world, "b1");
    await send(world, "b2");
    await world.settle();
    world.time.now += 10 * minute;
    await world.release(3_000, () => world.settle());
    await sweep(world);
    expect(await everybodySees(world, "signatures-too-old", "app")).toMatchObject({
      what: expect.stringMatching(/^app refuses the gateway's signatures as too old, of \d records?; \d records? waits? behind: set/),
    });
    Object.assign(world.config.targets.app ?? {}, { resign: true });
    world.application.behave(() => ({ status: 200 }));
    for (let hour = 0; hour < 7; hour++) {
      world.time.now += 60 * minute;
      await world.release(20_000, () => world.settle());
      await world.sweep();
      await world.settle();
    }
    world.time.now += 2 * minute;
    await world.sweep();
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).value).toMatchObject({ conditions: [] });
    noGaugeBreaches(world);
  }, 120_000);

  test("another content under a known id, until it is decided", async () => {
    const world = await setup();
    for (const amount of [1, 2]) await send(world, "a1", { amount });
    await world.settle();
    world.time.now += 10 * minute;
    await sweep(world);
    expect(await everybodySees(world, "conflicts-open")).toMatchObject({
      what: "1 callback came under a known id with another content",
      next: [expect.stringContaining("conflicts")],
    });
  });

  test("findings that nobody takes for days, and too much at stake in them, until an operator does", async () => {
    const world = await setup({ findings: { moneyAtStake: { JPY: 800 }, openTooLong: "2h" } });
    const ofContract = { contract: "sub_1", currency: "JPY" };
    await send(world, "a1", { ...ofContract, type: "contract.cancelled", created: world.time.now / 1000 - 60 });
    await send(world, "a2", { ...ofContract, charge: "ch_1", amount: 799 });
    await world.settle();
    await sweep(world);
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).value).toMatchObject({ conditions: [] });
    noGaugeBreaches(world);
    await send(world, "a3", { ...ofContract, charge: "ch_2", amount: 1 });
    await world.settle();
    world.time.now += 2 * 60 * minute;
    await sweep(world);
    expect(await everybodySees(world, "findings-open-too-long")).toMatchObject({
      what: "1 finding is taken by nobody, AFTER:sandbox/sub_1 for the longest",
      next: [expect.stringContaining("findings list --state open")],
      seconds: 7_200,
    });
    expect(await everybodySees(world, "money-at-stake", "JPY")).toMatchObject({
      what: "800 JPY are at stake in findings that nobody has taken; the alarm begins at 800 JPY",
    });
    await decideFinding(connectionTo(world), "AFTER:sandbox/sub_1", { kind: "take", by: "ann" });
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).value).toMatchObject({ conditions: [] });
    await sweep(world);
    noGaugeBreaches(world);
    expect(world.counts.get("OpenFindings")).toBe(1);
  });

  test("a record that made consume crash, apart from ordinary dead letters", async () => {
    const world = await setup();
    await send(world, "a1");
    const progress = untouched({ key: "sandbox/a1", storedAt: world.time.now }, world.time.now);
    // Five turns that did not end.
    await world.ledger.save({ ...progress, turnsNotEnded: 5 }, undefined);
    await world.settle();
    await sweep(world);
    expect(await everybodySees(world, "crash-dead-letter")).toMatchObject({
      what: expect.stringContaining("1 record made consume or the sweep crash"),
    });
  });

  test("a source that sends less than is expected of it", async () => {
    const expecting = { gateway: "sandbox", target: "app", expect: { atLeast: 2, everyMinutes: 60 } };
    const world = await setup({ sources: { sandbox: expecting } });
    await send(world, "a1");
    await world.settle();
    world.time.now += 45 * minute;
    await send(world, "a2");
    await world.settle();
    await world.sweep();
    expect((await asJson((terminal) => status(connectionTo(world), terminal))).value).toMatchObject({ conditions: [] });
    world.time.now += 30 * minute;
    await sweep(world);
    world.counts.set("Relayed", 1);
    expect(await everybodySees(world, "source-silent", "sandbox")).toMatchObject({
      what: "1 callback of sandbox within 60 minutes, where at least 2 are expected",
      seconds: 1_800,
    });
  });
});

describe("a look that fails", () => {
  test("is said, and is not taken for health", async () => {
    const world = await setup();
    await world.sweep();
    const connection = { ...connectionTo(world), queues: () => Promise.reject(new Error("SQS does not answer")) };
    const { exit, value } = await asJson((terminal) => status(connection, terminal));
    expect(exit).toBe(1);
    expect(value).toMatchObject({ notLookedAt: [{ part: "spill", why: "SQS does not answer", conditions: ["spill-not-recovered"] }] });
    const caught = catchOutput();
    await status(connection, caught.terminal);
    expect(caught.text()).toContain("not everything could be looked at");
    expect(caught.text()).toContain("not looked at: spill, so spill-not-recovered may hold: SQS does not answer");
  });

  test("of everything is the command's own failure, with its remedy", async () => {
    const world = await setup();
    const broken = { ...world, aws: { ...world.aws, ledgerTable: "nobody", recordsTable: "nobody" } };
    const connection = { ...connectionTo(broken), queues: () => Promise.reject(new Error("SQS does not answer")) };
    await expect(status(connection, catchOutput().terminal)).rejects.toThrow();
  });
});

describe("the run of the sweep", () => {
  test("is written down as it ended, and says since when it fails", async () => {
    const world = await setup();
    const runs = connectionTo(world).runs;
    await world.sweep();
    expect(await runs.last()).toMatchObject({ at: world.time.now, failed: [], spilled: { queue: 0, bucket: 0 } });
    const failing = world.time.now + minute;
    await new S3Client({ forcePathStyle: true }).send(
      new PutObjectCommand({ Bucket: world.aws.bucket, Key: "spill/one", Body: "not a record" }),
    );
    for (let run = 0; run < 3; run++) {
      world.time.now += minute;
      await sweep(world);
    }
    expect(await runs.last()).toMatchObject({
      at: failing + 2 * minute,
      failed: ["recordSpilled"],
      failingSince: failing,
      spilledSince: failing,
    });
  });
});
