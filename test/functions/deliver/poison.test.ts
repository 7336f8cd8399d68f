/** One record that cannot be taken further keeps nobody else from being taken further. */
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { type Dead, untouched } from "../../../core/lifecycle/progress.ts";
import { discard, replay } from "../../../core/lifecycle/transitions/operator.ts";
import { answer } from "../../../functions/steps/consume/process-doorbell.ts";
import { audit } from "../../../functions/steps/sweep/audit.ts";
import { createSuspects } from "../../../functions/steps/sweep/parsing/suspects.ts";
import { createSeen } from "../../../functions/steps/sweep/seen.ts";
import { gateways } from "../../../gateways/index.ts";
import { deleteBody, noise } from "../../support/aws/bucket.ts";
import { createWorld, type World } from "../../support/world/world.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return {
    world,
    async send(id: string, more: object = {}) {
      expect((await world.receive(world.signed({ id, contract: `sub_${id}`, ...more }))).body).toBe("OK");
      world.time.now += 10;
    },
    noise: noise(),
    emptyBucket: () => deleteBody(world, "sandbox/large"),
    /** A minute and more later, as often as asked: the sweep, and what it rang for. */
    async minutes(times: number) {
      for (let at = 0; at < times; at++) {
        world.time.now += 65_000;
        world.time.sweepMs = 600_000;
        await world.sweep().catch(() => {});
        await world.settle().catch(() => {});
      }
    },
  };
};

const auditNow = (world: World) => {
  const suspects = createSuspects(world.sweepDependencies.runs);
  return audit({ ...world.sweepDependencies, report: () => {}, hasTime: () => true, noteSpilled: () => {}, seen: createSeen(), suspects });
};

/** S3 refuses reads until it is given back. */
const refuseReads = () => {
  const real = S3Client.prototype.send;
  return vi.spyOn(S3Client.prototype, "send").mockImplementation(function (this: S3Client, ...given: unknown[]) {
    if (given[0] instanceof GetObjectCommand) return Promise.reject(Object.assign(new Error("Please slow down"), { name: "SlowDown" }));
    return (real as (...given: unknown[]) => unknown).apply(this, given);
  } as typeof real);
};

afterEach(() => vi.restoreAllMocks());

const others = ["one", "two", "three"];

describe("a record whose bytes are gone from the bucket", () => {
  test("becomes a dead letter with its cause, and the others are delivered", async () => {
    const { world, send, noise, emptyBucket } = await setup();
    await send("one");
    await send("large", { noise });
    await emptyBucket();
    await send("two");
    await send("three");
    await world.settle();
    expect(world.delivered().toSorted()).toEqual(others.toSorted());
    expect(await world.progress("large")).toMatchObject({ state: "dead", cause: { kind: "body gone" } });
  });

  test("does so from the sweep too, which rings for the others", async () => {
    const { world, send, noise, emptyBucket, minutes } = await setup();
    await send("one");
    await send("large", { noise });
    await emptyBucket();
    await send("two");
    await send("three");
    // Relay never hears of them.
    await world.stream();
    await minutes(2);
    expect(world.delivered().toSorted()).toEqual(others.toSorted());
    expect(await world.progress("large")).toMatchObject({ state: "dead", cause: { kind: "body gone" } });
    const [letter] = await world.deadLetters.take(0);
    expect(JSON.parse(letter?.body ?? "")).toMatchObject({ key: "sandbox/large", cause: { kind: "body gone" } });
  });
});

describe("a dead letter whose bytes are gone since, and that is discarded", () => {
  test("lets what waits behind it go with the next sweep, also what was replayed a moment ago", async () => {
    const { world, send, noise, emptyBucket, minutes } = await setup();
    world.application.behave(({ record }) => ({ status: record === "sandbox/large" ? 422 : 200 }));
    await send("large", { noise, contract: "sub_1" });
    await send("behind", { contract: "sub_1" });
    await world.settle();
    await emptyBucket();
    const waiting = await world.progress("behind");
    if (waiting?.state !== "waiting") throw new Error("it does not wait");
    const replayed = await world.ledger.save(replay(waiting, { contracts: waiting.contracts }, world.time.now), waiting);
    if (replayed.kind !== "saved") throw new Error("it was not replayed");
    await world.doorbells.ring([doorbellOf(replayed.progress)]);
    await world.settle();
    expect(await world.progress("behind")).toMatchObject({ state: "waiting" });
    const dead = await world.progress("large");
    if (dead?.state !== "dead") throw new Error("it is not dead");
    await world.ledger.save(discard(dead, { by: "ann", why: "gone" }, world.time.now), dead);
    await minutes(1);
    expect(await world.progress("behind")).toMatchObject({ state: "delivered" });
  });
});

describe("while the bucket refuses reads", () => {
  test.each([["relay"], ["the sweep"]])("%s rings for the others, and for the record once it can be read again", async (by) => {
    const { world, send, noise, minutes } = await setup();
    const refused = refuseReads();
    await send("one");
    await send("large", { noise });
    await send("two");
    await send("three");
    if (by === "relay") await world.settle();
    else {
      await world.stream();
      await minutes(2);
    }
    expect(world.delivered().toSorted()).toEqual(others.toSorted());
    await minutes(3);
    expect(await world.progress("large")).toMatchObject({ state: "scheduled", attempts: 0, cause: { kind: "body unreadable" } });
    refused.mockRestore();
    await minutes(8);
    expect(await world.progress("large")).toMatchObject({ state: "delivered", attempts: 1 });
  });

  test("for longer than a day, the record becomes a dead letter", async () => {
    const { world, send, noise, minutes } = await setup();
    refuseReads();
    await send("large", { noise });
    await world.settle();
    world.time.now += 25 * 3_600_000;
    await minutes(3);
    expect(await world.progress("large")).toMatchObject({ state: "dead", cause: { kind: "body unreadable" } });
  });

  test("a record of the same contract that came before it is not overtaken by it", async () => {
    // The queue counts its seconds by a clock of its own, so an attempt comes again at once.
    const { world, send, noise, minutes } = await setup({ retry: { attempts: 100, baseSeconds: 1, capSeconds: 1 } });
    await send("first", { contract: "sub" });
    const refused = refuseReads();
    await send("large", { contract: "sub", noise });
    await world.relay();
    refused.mockRestore();
    world.application.behave(() => ({ status: 503 }));
    await world.consume();
    world.application.behave(() => ({ status: 200 }));
    for (let at = 0; at < 200 && !world.delivered().includes("large"); at++) await minutes(1);
    expect(world.delivered().filter((id, at, all) => all.indexOf(id) === at)).toEqual(["first", "large"]);
  });
});

describe.each([
  ["longer than DynamoDB's keys", "x".repeat(3_000)],
  ["with half a character", "sub_\ud800"],
  ["with control characters", "sub_\u0000\u001b[2J\n"],
  ["larger than an item", "円".repeat(170_000)],
])("an id %s", (_, id) => {
  test.each(["contract", "charge", "customer", "order"])(
    "of a %s reaches the application as it is, and keeps nobody else",
    async (field) => {
      const world = await signedWorld();
      for (const sent of [
        { id: "odd", [field]: id },
        { id: "second", [field]: id },
        { id: "other", contract: "sub_1" },
      ])
        await world.receive(world.signed(sent));
      await world.settle();
      expect(world.delivered().toSorted()).toEqual(["odd", "other", "second"]);
      expect(JSON.parse(String(world.application.received.find(({ record }) => record.endsWith("/odd"))?.body)).data[field]).toBe(id);
      if (field !== "contract") return;
      const { progress } = (await world.open.of(["sandbox/odd"])).get("sandbox/odd") ?? {};
      expect(await world.ledger.contract("sandbox", progress?.contracts[0] ?? "")).toMatchObject({ entries: { length: 2 } });
    },
  );
});

const signedWorld = async () => {
  const { world } = await setup();
  Object.assign(world.config.targets.app ?? {}, { mode: "signed" });
  return world;
};

test("an unsigned notice of GMO-PG with a RecurringID of 3,000 characters does no harm", async () => {
  const gmo = { gateway: "gmo-pg", target: "app", options: { shopId: "tshop00000001" } };
  const { world, send, minutes } = await setup({ sources: { sandbox: { gateway: "sandbox", target: "app" }, gmo } });
  const fields = { ShopID: "tshop00000001", OrderID: "o_1", AccessID: "a_1", Status: "CAPTURE", JobCd: "CAPTURE", Amount: "100" };
  const body = Buffer.from(new URLSearchParams({ ...fields, RecurringID: "x".repeat(3_000) }).toString());
  const forged = { ...gateways["gmo-pg"].sign(body, { secrets: [] }, world.time.now), source: "gmo" };
  expect((await world.receive(forged)).body).toBe("0");
  for (const id of others) await send(id);
  // Relay never hears of them.
  await world.stream();
  await minutes(2);
  expect(world.delivered()).toEqual(expect.arrayContaining(others));
  expect(await world.open.count("due")).toBe(0);
});

/** Nothing of one record can be written to the ledger table: neither its entries nor its progress. */
const refuseWrites = (
  world: World,
  key: string,
  error: { readonly name: string; readonly message: string },
  isRefused: (input: string) => boolean = () => true,
) => {
  const refusal = { isOn: true };
  world.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        const isWrite = /^(PutItem|TransactWriteItems)Command$/.test(commandName ?? "");
        const input = JSON.stringify(args.input);
        return refusal.isOn && isWrite && input.includes(`sandbox/${key}`) && isRefused(input)
          ? Promise.reject(Object.assign(new Error(error.message), { name: error.name }))
          : next(args);
      },
    { step: "initialize", priority: "high" },
  );
  return refusal;
};

describe("a record of which the ledger table takes nothing", () => {
  const tooLarge = { name: "ValidationException", message: "Item size has exceeded the maximum allowed size" };
  /** What the audit writes. */
  const isFound = (input: string) => input.includes('\\"epoch\\":0');
  const away = { name: "InternalServerError", message: "try again" };

  test("keeps no other group of its batch", async () => {
    const { world, send } = await setup();
    for (const id of ["odd", ...others]) await send(id);
    refuseWrites(world, "odd", away);
    await world.relay();
    await world.consume();
    expect(world.delivered().toSorted()).toEqual(others.toSorted());
  });

  test("keeps none of the sweep's others, is reported by its key, and is found once the table takes it", async () => {
    const { world, send, minutes } = await setup();
    const refusal = refuseWrites(world, "odd", away);
    for (const id of ["odd", ...others]) await send(id);
    await world.stream();
    world.time.now += 65_000;
    await expect(world.sweep()).rejects.toThrow("audit");
    expect(world.reported).toContainEqual(expect.objectContaining({ message: expect.stringMatching(/^1 could not be taken further/) }));
    await world.settle();
    expect(world.delivered().toSorted()).toEqual(others.toSorted());
    // Long after the audit has passed by.
    await minutes(5);
    refusal.isOn = false;
    await minutes(6);
    expect(await world.progress("odd")).toMatchObject({ state: "delivered" });
  });

  test("keeps no record from being rung for that is due after it, however many such there are", async () => {
    const { world, send } = await setup();
    const odd = Array.from({ length: 205 }, (_, at) => `odd_${at}`);
    // A few at a time: more at once than a busy machine stores in time go to the spill queue.
    for (let at = 0; at < odd.length; at += 5)
      await Promise.all(odd.slice(at, at + 5).map((id) => world.receive(world.signed({ id, contract: id }))));
    world.time.now += 10;
    await send("one");
    await world.stream();
    world.time.now += 65_000;
    await auditNow(world);
    refuseWrites(world, "odd_", away);
    await expect(world.sweep()).rejects.toThrow("ringDue");
    await world.settle();
    expect(world.delivered()).toEqual(["one"]);
  });

  test("keeps nobody held who may go", async () => {
    const { world, send } = await setup();
    await world.holds.save({ target: "app", by: "ann", why: "a test", since: world.time.now }, undefined);
    for (const id of ["odd", ...others]) await send(id);
    await world.settle();
    const hold = await world.holds.current("app");
    if (!hold) throw new Error("it is not held");
    await world.holds.save({ ...hold, ratePerSecond: 1 }, hold);
    refuseWrites(world, "odd", away);
    await expect(world.release()).rejects.toThrow("could not be taken further");
    await world.settle();
    expect(world.delivered().toSorted()).toEqual(others.toSorted());
  });

  test.each(["consume", "the sweep"])("because it is too large becomes a dead letter with that cause, from %s", async (by) => {
    const { world, send, minutes } = await setup();
    await send("odd");
    await send("one");
    // What says that it is dead is small.
    refuseWrites(world, "odd", tooLarge, (input) => !input.includes("not storable") && !(by === "the sweep" && isFound(input)));
    if (by === "consume") await world.settle();
    else {
      await world.stream();
      await minutes(2);
    }
    expect(world.delivered()).toEqual(["one"]);
    expect(await world.progress("odd")).toMatchObject({ state: "dead", cause: { kind: "not storable" } });
    const letters = await world.deadLetters.take(0);
    expect(letters.map(({ body }) => JSON.parse(body))).toMatchObject([{ key: "sandbox/odd", cause: { kind: "not storable" } }]);
  });
});

test("a record whose last turn did not end is answered when nothing else is, so that no other is taken for the one that crashed", async () => {
  const { world } = await setup();
  await world.receive(world.signed({ id: "a1", contract: "a" }));
  const progress = { ...untouched({ key: "sandbox/a1", storedAt: world.time.now }, world.time.now), turnsNotEnded: 1 };
  await world.ledger.save(progress, undefined);
  const steps = { ...world.steps, timeLeft: () => 60_000, signal: new AbortController().signal };
  const answered = (isAlone: boolean) => answer(steps, doorbellOf(progress), "queue", { receives: 5, isAlone });
  expect(await answered(false)).toEqual({ kind: "alone" });
  expect(await world.progress("a1")).toMatchObject({ state: "stored", turnsNotEnded: 1 });
  expect(await answered(true)).toEqual({ kind: "done" });
  expect(await world.progress("a1")).toMatchObject({ state: "applied" });
});

describe("a record whose progress cannot be read", () => {
  const garble = async (world: World, id: string, text: string, more: object = {}) => {
    const { Item } = await world.client.send(
      new GetItemCommand({ TableName: world.aws.ledgerTable, Key: { pk: { S: `record sandbox/${id}` }, sk: { S: "progress" } } }),
    );
    await world.client.send(new PutItemCommand({ TableName: world.aws.ledgerTable, Item: { ...Item, progress: { S: text }, ...more } }));
  };

  test.each(["its doorbell", "the sweep"])("has its letter also when the queue did not take that from %s at first", async (from) => {
    const { world, send } = await setup();
    await send("odd");
    world.time.now += 65_000;
    await auditNow(world);
    const known = await world.progress("odd");
    if (!known) throw new Error("the audit has not found it");
    await garble(world, "odd", "{");
    const steps = { ...world.steps, timeLeft: () => 60_000, signal: new AbortController().signal };
    const refused = vi.spyOn(world.steps.deadLetters, "deadLetter").mockRejectedValueOnce(new Error("the queue is away"));
    const tried = from === "the sweep" ? world.sweep() : answer(steps, doorbellOf(known), "queue");
    await expect(tried).rejects.toThrow();
    expect(refused).toHaveBeenCalledOnce();
    if (from === "its doorbell") await answer(steps, doorbellOf(known), "queue");
    else await world.sweep();
    const letters = await world.deadLetters.take(0);
    expect(letters.map(({ body }) => JSON.parse(body).key)).toEqual(["sandbox/odd"]);
  });

  test.each(["{", "null", '{"state":"?"}', ""])(
    "(%s) is a dead letter in its place, keeps nobody else, and can be replayed",
    async (text) => {
      const { world, send, minutes } = await setup();
      await send("odd", { contract: "sub" });
      for (const id of others) await send(id);
      await world.stream();
      world.time.now += 65_000;
      await auditNow(world);
      await garble(world, "odd", text);
      await send("behind", { contract: "sub" });
      await minutes(2);
      expect(world.delivered().toSorted()).toEqual(others.toSorted());
      const dead = await world.progress("odd");
      expect(dead).toMatchObject({ state: "dead", inLine: true, cause: { sentence: expect.stringContaining("cannot be read") } });
      expect(await world.progress("behind")).toMatchObject({ state: "waiting" });
      if (!dead) throw new Error("it has no progress");
      await world.ledger.save(replay(dead as Dead, { contracts: ["sub"] }, world.time.now), dead);
      await minutes(3);
      expect(world.delivered().filter((id) => !others.includes(id))).toEqual(["odd", "behind"]);
    },
  );

  test("becomes one from its doorbell too", async () => {
    const { world, send } = await setup();
    await send("odd");
    await send("one");
    await world.relay();
    await world.ledger.save(untouched({ key: "sandbox/odd", storedAt: world.time.now }, world.time.now), undefined);
    await garble(world, "odd", "}");
    await world.consume();
    expect(world.delivered()).toEqual(["one"]);
    expect(await world.open.count("dead")).toBe(1);
    expect(await world.deadLetters.take(0)).toHaveLength(1);
  });
});

describe("the dead-letter queue", () => {
  test("gives back what the queue's redrive put there behind fifteen genuine ones, and keeps those", async () => {
    const { world, send } = await setup();
    const dead = Array.from({ length: 15 }, (_, at) => `dead_${at}`);
    for (const id of dead) await send(id, { type: "" });
    await world.settle();
    await send("redriven");
    await world.stream();
    const progress = untouched({ key: "sandbox/redriven", storedAt: world.time.now }, world.time.now);
    await world.ledger.save(progress, undefined);
    await world.deadLetters.ring([doorbellOf(progress)]);
    await world.sweep();
    expect(world.counts.get("Redriven")).toBe(1);
    // The sweep rings before it looks there.
    await world.sweep();
    await world.settle();
    expect(await world.progress("redriven")).toMatchObject({ state: "delivered" });
    // All of the others are shown again.
    expect(await world.deadLetters.take(0)).toHaveLength(10);
  });
});
