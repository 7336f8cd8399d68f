import { PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { dayOf } from "../../../core/formats/iso-time.ts";
import type { RecordKey } from "../../../core/record.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { select } from "../../../operator/query/select.ts";
import { type ReplayOptions, replay } from "../../../operator/replay/replay-command.ts";
import { runReplay } from "../../../operator/replay/run.ts";
import { moved } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const { sandbox } = gateways;

type FindGateway = (name: string) => Gateway | undefined;

const setup = async (changes: Partial<Config> = {}, find?: FindGateway) => {
  // Fewer days to look through where everything is selected.
  const world = await createWorld({ retentionDays: 14, ...changes }, find);
  onTestFinished(() => world.close());
  const connection = connectionTo(world);
  /** Watching lets the queue's consumer run, as it would by itself. */
  const options = (selection: ReplayOptions["selection"], more: Partial<ReplayOptions> = {}): ReplayOptions => ({
    selection,
    yes: true,
    watchSeconds: 5,
    reason: { by: "ann", why: "a test" },
    pause: () => world.settle(),
    ...more,
  });
  const run = (selection: ReplayOptions["selection"], more: Partial<ReplayOptions> = {}) =>
    asJson((terminal) => replay(connection, terminal, options(selection, more)));
  const send = async (ids: readonly (readonly [id: string, contract: string])[]) => {
    for (const [id, contract] of ids) {
      await world.receive(world.signed({ id, contract, charge: `ch_${id}`, amount: 100, currency: "jpy" }));
      world.time.now += 10;
    }
    await world.settle();
  };
  return { world, connection, run, send, options };
};

const dead = { filter: { states: ["dead"] } } as const;

describe("replaying what was taken for a forgery", () => {
  test("verifies all of it again with one command, and delivers what is genuine", async () => {
    const { world, run, send } = await setup();
    const sweepLater = async () => {
      world.time.now += 5 * 60_000;
      await world.sweep();
      await world.settle();
    };
    world.secrets.readable = false;
    const forged = { ...world.signed({ id: "f1" }), headers: { "sandbox-signature": "t=1,v1=00" } };
    await world.receive(forged);
    await send([
      ["a1", "a"],
      ["b1", "b"],
    ]);
    const right = world.secrets.secrets;
    Object.assign(world.secrets, { readable: true, secrets: ["a wrong one"] });
    await sweepLater();
    expect([world.delivered(), world.counts.get("Unproven")]).toEqual([[], 3]);
    world.secrets.secrets = right;
    await run({ filter: { states: ["ignored"], reason: "not genuine" } });
    await sweepLater();
    expect(world.delivered().toSorted()).toEqual(["a1", "b1"]);
    expect(world.counts.get("Unproven")).toBe(4);
  });
});

describe("replaying a dead letter", () => {
  test("delivers it, and releases what waited behind it in the order stored", async () => {
    const { world, run, send } = await setup();
    world.application.behave(({ record }) => ({ status: record.endsWith("a1") ? 422 : 200 }));
    await send([
      ["a1", "a"],
      ["a2", "a"],
      ["b1", "b"],
      ["a3", "a"],
    ]);
    expect(world.delivered().toSorted()).toEqual(["a1", "b1"]);
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    const { exit, value } = await run(dead);
    expect(exit).toBe(0);
    expect(value).toMatchObject({
      plan: { count: 1, byState: { dead: 1 } },
      outcomes: [{ key: "sandbox/a1", outcome: "rung", state: "delivered" }],
      summary: { rung: 1, deadAgain: 0 },
    });
    await world.settle();
    expect(world.delivered()).toEqual(["a1", "a2", "a3"]);
    expect(await world.open.count("waiting")).toBe(0);
    expect(await world.open.count("due")).toBe(0);
  });

  test("says so, and exits with 4, when it dies again", async () => {
    const { world, run, send } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send([["a1", "a"]]);
    const { exit, value } = await run(dead);
    expect(exit).toBe(4);
    expect(value).toMatchObject({
      outcomes: [{ state: "dead", reason: "the application refused it: answered 422" }],
      summary: { deadAgain: 1 },
    });
    expect(await world.progress("a1")).toMatchObject({ state: "dead", attempts: 1, epoch: 1 });
  });

  test("applies what a fixed parser reads, under the contract it finds", async () => {
    let isMended = false;
    const broken: Gateway = {
      ...sandbox,
      parse(callback) {
        if (!isMended) throw new Error("unforeseen");
        return sandbox.parse(callback);
      },
    };
    const { world, run, send } = await setup({}, (name) => (name === "sandbox" ? broken : findGateway(name)));
    await send([["a1", "a"]]);
    expect(await world.progress("a1")).toMatchObject({
      state: "dead",
      contracts: [],
      cause: { kind: "unintelligible", detail: "unforeseen" },
    });
    isMended = true;
    await run({ keys: ["a1"] });
    expect(await world.progress("a1")).toMatchObject({ state: "delivered", contracts: ["a"], applied: true });
    expect((await world.ledger.contract("sandbox", "a"))?.charges).toHaveLength(1);
  });

  test("applies again what was misread, under the right contract", async () => {
    let contract = "wrong";
    const careless: Gateway = { ...sandbox, parse: (callback) => sandbox.parse(callback).map((event) => ({ ...event, contract })) };
    const { world, run, send } = await setup({}, (name) => (name === "sandbox" ? careless : findGateway(name)));
    await send([["a1", "a"]]);
    expect((await world.ledger.contract("sandbox", "wrong"))?.charges).toHaveLength(1);
    contract = "right";
    await run({ keys: ["a1"] });
    expect((await world.ledger.contract("sandbox", "right"))?.charges).toHaveLength(1);
    expect(await world.progress("a1")).toMatchObject({ state: "delivered", contracts: ["right"] });
  });

  test("works when its letter and every message are long gone", async () => {
    const { world, run, send } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send([["a1", "a"]]);
    const queues = new SQSClient();
    for (const QueueUrl of [world.aws.queueUrl, world.aws.deadLetterQueueUrl]) await queues.send(new PurgeQueueCommand({ QueueUrl }));
    world.time.now += 13 * 86_400_000;
    world.application.behave(() => ({ status: 200 }));
    expect(await run(dead)).toMatchObject({ exit: 0, value: { outcomes: [{ state: "delivered" }] } });
  });
});

describe("replaying everything", () => {
  test("twice has no second effect in the ledger, and every delivery of a record carries the same id", async () => {
    const { world, run, send } = await setup();
    await send([
      ["a1", "a"],
      ["b1", "b"],
      ["a2", "a"],
    ]);
    const before = [await world.ledger.contract("sandbox", "a"), await world.ledger.contract("sandbox", "b")];
    for (let times = 0; times < 2; times++) expect((await run({ filter: { source: "sandbox" } })).exit).toBe(0);
    expect([await world.ledger.contract("sandbox", "a"), await world.ledger.contract("sandbox", "b")]).toEqual(before);
    const ids = Map.groupBy(world.application.received, ({ record }) => record);
    for (const [record, deliveries] of ids)
      expect(deliveries.map(({ headers }) => headers["idempotency-key"])).toEqual([record, record, record]);
    expect(world.delivered().filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a1", "a2", "a1", "a2"]);
    expect(world.reported).toEqual([]);
  });

  test("of a period replays only that period, each contract in the order stored", async () => {
    const { world, run, send } = await setup();
    const ids = Array.from({ length: 47 }, (_, n) => [`e${String(n).padStart(2, "0")}`, `c${n % 3}`] as const);
    await send(ids);
    const [since, until] = [world.time.now - 10 * 30, world.time.now - 10 * 11];
    world.application.received.length = 0;
    const { value } = await run({ filter: { since, until } });
    const meant: string[] = ids.slice(17, 37).map(([id]) => id);
    expect(value).toMatchObject({ plan: { count: 20, byState: { delivered: 20 } } });
    expect(world.delivered().toSorted()).toEqual(meant);
    for (const contract of ["c0", "c1", "c2"]) {
      const own = new Set<string>(ids.filter(([, of]) => of === contract).map(([id]) => id));
      expect(world.delivered().filter((id) => own.has(id))).toEqual(meant.filter((id) => own.has(id)));
    }
  });
});

describe("two replays at once", () => {
  test("do no harm: the record is delivered, at most once more than needed, and settles", async () => {
    const { world, connection, options, send } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send([
      ["a1", "a"],
      ["a2", "a"],
    ]);
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    const exits = await Promise.all([1, 2, 3].map(() => replay(connection, catchOutput().terminal, options(dead, { watchSeconds: 0 }))));
    expect(exits).toEqual([0, 0, 0]);
    await world.settle();
    world.time.now += 5 * 60_000;
    await world.sweep();
    await world.settle();
    expect(await world.progress("a1")).toMatchObject({ state: "delivered" });
    expect(await world.progress("a2")).toMatchObject({ state: "delivered" });
    expect(new Set(world.delivered())).toEqual(new Set(["a1", "a2"]));
    expect(world.delivered().lastIndexOf("a1")).toBeLessThan(world.delivered().indexOf("a2"));
    expect((await world.ledger.contract("sandbox", "a"))?.charges).toHaveLength(2);
  });
});

describe("a replay", () => {
  test("without --yes shows the plan and changes nothing", async () => {
    const { world, connection, send, options } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send([
      ["a1", "a"],
      ["a2", "a"],
    ]);
    const before = await world.progress("a1");
    const caught = catchOutput();
    expect(await replay(connection, caught.terminal, options(dead, { yes: false }))).toBe(0);
    expect(caught.text()).toContain("To be replayed: 1 record");
    expect(caught.text()).toContain("the application refused it: answered 422");
    expect(caught.said).toEqual(["Nothing was replayed. Add --yes to do it."]);
    expect(await world.progress("a1")).toEqual(before);
  });

  test("asks a person at a terminal, and takes yes for an answer", async () => {
    const { world, connection, send, options } = await setup();
    await send([["a1", "a"]]);
    const asked: string[] = [];
    for (const answer of ["", "n", "y"]) {
      const ask = async (question: string) => {
        asked.push(question);
        return answer;
      };
      await replay(connection, catchOutput({ interactive: true, ask }).terminal, options({ keys: ["sandbox/a1"] }, { yes: false }));
    }
    expect(asked).toEqual(Array(3).fill("Replay 1? [y/N] "));
    expect(world.delivered()).toEqual(["a1", "a1"]);
  });

  test("whose ring is lost is rung by the sweep", async () => {
    const { world, connection, send, options } = await setup();
    await send([["a1", "a"]]);
    // The sweep has looked at it, and has no reason of its own to look again.
    world.time.now += 26 * 3_600_000;
    await world.sweep();
    world.application.received.length = 0;
    const unreachable = {
      ...connection,
      queues: async () => ({ ...(await connection.queues()), doorbells: { ring: () => Promise.reject(new Error("away")) } }),
    };
    const { value } = await asJson((terminal) => replay(unreachable, terminal, options({ keys: ["a1"] }, { watchSeconds: 0 })));
    expect(value).toMatchObject({ outcomes: [{ outcome: "due" }] });
    await world.settle();
    expect(world.delivered()).toEqual([]);
    world.time.now += 2 * 60_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["a1"]);
  });

  test("of a record that has not been tried leaves it to its first pass", async () => {
    const { world, run } = await setup();
    await world.receive(world.signed({ id: "a1", contract: "a" }));
    expect(await run({ keys: ["a1"] })).toMatchObject({ exit: 0, value: { outcomes: [{ outcome: "under way" }] } });
    await world.settle();
    expect(world.delivered()).toEqual(["a1"]);
  });

  test("of a record that has not woken its followers yet leaves them in order", async () => {
    const { world, run, send } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send([
      ["a1", "a"],
      ["a2", "a"],
    ]);
    const head = await world.progress("a1");
    if (!head) throw new Error("there is no progress");
    // As if consume had ended between settling the head and waking the next.
    await world.ledger.save(moved(head, "delivered", { inLine: false, releasing: true, dueAt: world.time.now + 60_000 }), head);
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    await run({ keys: ["a1"] });
    await world.settle();
    expect(world.delivered()).toEqual(["a1", "a2"]);
    expect(await world.open.count("due")).toBe(0);
  });

  test("never delivers what was acknowledged unverified; the sweep verifies it first", async () => {
    const { world, run } = await setup();
    world.secrets.readable = false;
    const forged = world.signed({ id: "forged" });
    await world.receive({ ...forged, headers: { ...forged.headers, "sandbox-signature": "t=1,v1=00" } });
    await world.receive(world.signed({ id: "genuine" }));
    const { value } = await run({ filter: { source: "sandbox" } });
    expect(value).toMatchObject({ summary: { "to be verified": 2 } });
    expect(world.delivered()).toEqual([]);
    world.secrets.readable = true;
    world.time.now += 1_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["genuine"]);
    // What is not genuine ends by rule, counted and without a dead letter each.
    expect(await world.open.count("dead")).toBe(0);
    expect(world.counts.get("Unproven")).toBe(1);
  });

  test("keeps to its rate", async () => {
    const { world, connection, send, options } = await setup();
    await send(Array.from({ length: 6 }, (_, n) => [`e${n}`, `c${n}`] as const));
    const started = world.time.now;
    const pause = async (ms: number) => {
      world.time.now += ms;
    };
    const rated = options({ filter: { source: "sandbox" } }, { ratePerSecond: 2, pause, watchSeconds: 0 });
    await replay(connection, catchOutput().terminal, rated);
    expect(world.time.now - started).toBe(2_500);
  });

  test("finds nothing when there is nothing", async () => {
    const { connection, options } = await setup();
    const caught = catchOutput();
    expect(await replay(connection, caught.terminal, options(dead))).toBe(3);
    expect(caught.said).toEqual(["There is nothing to replay."]);
    await expect(replay(connection, caught.terminal, options({ keys: ["nobody"] }))).rejects.toMatchObject({ kind: "nothing found" });
  });

  test("skips what has changed since the plan was made", async () => {
    const { world, connection, send, options } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await send([["a1", "a"]]);
    const known = await world.progress("a1");
    if (!known) throw new Error("there is no progress");
    const ask = async () => {
      await world.ledger.save(moved(known, "discarded", { inLine: false }), known);
      return "y";
    };
    await replay(connection, catchOutput({ interactive: true, ask }).terminal, options(dead, { yes: false }));
    expect(await world.progress("a1")).toMatchObject({ state: "discarded", epoch: 0 });
  });

  test("looks at each record once more before it touches it", async () => {
    const { world, connection, send } = await setup();
    await send([["a1", "a"]]);
    const before = await world.progress("a1");
    const { doorbells } = await connection.queues();
    const outcomes = runReplay(
      {
        stores: connection,
        doorbells,
        findGateway,
        isSelected: (_, progress) => progress?.state === "dead",
        pause: async () => {},
        isStopped: () => false,
      },
      (async function* (): AsyncGenerator<RecordKey> {
        yield "sandbox/a1";
      })(),
    );
    expect(await Array.fromAsync(outcomes)).toEqual([{ kind: "overtaken", key: "sandbox/a1" }]);
    expect(await world.progress("a1")).toEqual(before);
  });

  test("is noted in the audit trail before anything is sent: who, what and why", async () => {
    const { world, connection, run, send } = await setup();
    await send([["a1", "a"]]);
    await run({ filter: { source: "sandbox", states: ["delivered"] } });
    const [entry] = await Array.fromAsync(connection.audit.ofDay(dayOf(world.time.now)));
    expect(entry).toMatchObject({
      by: "ann",
      why: "a test",
      what: "replay",
      to: expect.stringMatching(/^1 record: source sandbox, state delivered, until .* \(replay \S+\)$/),
    });
  });

  test("does not send what is in quarantine", async () => {
    const { world, run, connection } = await setup();
    const forged = world.signed({ id: "forged" });
    await world.receive({ ...forged, headers: { ...forged.headers, "sandbox-signature": "t=1,v1=00" } });
    expect(await Array.fromAsync(select(connection, {}, "newest first"))).toEqual([]);
    const page = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6, 7].map((shard) => world.records.timeline({ day: "quarantine", shard, from: 0, to: Number.MAX_SAFE_INTEGER })),
    );
    const key: RecordKey | undefined = page.flatMap(({ keys }) => keys)[0]?.key;
    expect(await run({ keys: [key ?? ""] })).toMatchObject({ exit: 1, value: { outcomes: [{ outcome: "left" }] } });
    await world.settle();
    expect(world.delivered()).toEqual([]);
  });
});
