import { describe, expect, onTestFinished, test } from "vitest";
import type { Filter } from "../../../core/filter.ts";
import type { RecordState } from "../../../core/lifecycle/progress.ts";
import { list } from "../../../operator/list/list-command.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const day = 86_400_000;

const setup = async () => {
  const world = await createWorld({ retentionDays: 14 });
  onTestFinished(() => world.close());
  const connection = connectionTo(world);
  const ids = async (filter: Filter, limit = Number.POSITIVE_INFINITY): Promise<readonly string[]> => {
    const { value } = await asJson((terminal) => list(connection, terminal, { filter, limit }));
    return (value as readonly { readonly key: string }[]).map(({ key }) => key.slice("sandbox/".length));
  };
  const send = async (id: string, contract: string) => {
    await world.receive(world.signed({ id, contract }));
    world.time.now += 1_000;
  };
  return { world, connection, ids, send };
};

/** One record in each state that the path leads to; `fresh` nobody has begun with. */
const oneOfEach = async ({ world, send }: Awaited<ReturnType<typeof setup>>) => {
  world.application.behave(({ record }) => ({ status: { dead: 422, scheduled: 503 }[record.slice("sandbox/".length)] ?? 200 }));
  for (const [id, contract] of [
    ["delivered", "c1"],
    ["dead", "c2"],
    ["waiting", "c2"],
    ["scheduled", "c3"],
  ] as const)
    await send(id, contract);
  await world.settle();
  await world.holds.save({ target: "app", by: "ann", why: "the site moves", since: world.time.now }, undefined);
  // A hold may go unnoticed for three seconds.
  world.time.now += 3_000;
  await send("held", "c4");
  await world.settle();
  await send("fresh", "c5");
};

describe("a list", () => {
  test("is newest first over all shards and days", async () => {
    const { world, ids, send } = await setup();
    const sent: string[] = [];
    for (let n = 0; n < 30; n++) {
      await send(`e${n}`, "c");
      sent.unshift(`e${n}`);
      // Some on one day, then a gap of two days, some at midnight.
      if (n % 7 === 6) world.time.now += 2 * day - (world.time.now % day) - 1_500;
    }
    expect(await ids({})).toEqual(sent);
    expect(await ids({}, 3)).toEqual(sent.slice(0, 3));
  });

  test("says what is omitted by its limit, and how to get it", async () => {
    const { world, connection, send } = await setup();
    for (const id of ["e1", "e2", "e3"]) await send(id, "c");
    const caught = catchOutput();
    await list(connection, caught.terminal, { filter: {}, limit: 2 });
    const until = /--until (\S+),/.exec(caught.said.join())?.[1] ?? "";
    const { value } = await asJson((terminal) => list(connection, terminal, { filter: { until: Date.parse(until) }, limit: 2 }));
    expect(value).toMatchObject([{ key: "sandbox/e2" }, { key: "sandbox/e1" }]);
    expect(world.reported).toEqual([]);
  });

  test("of what is open holds what is older than records are kept for: it does not expire", async () => {
    const world = await setup();
    await oneOfEach(world);
    await world.world.settle();
    world.world.time.now += 40 * day;
    expect(await world.ids({ states: ["dead"] })).toEqual(["dead"]);
    expect(await world.ids({ states: ["waiting"] })).toEqual(["fresh", "held", "waiting"]);
    expect(await world.ids({ states: ["retrying", "scheduled"] })).toEqual(["scheduled"]);
    expect(await world.ids({ states: ["stored", "dead"], contract: { source: "sandbox", contract: "c2" } })).toEqual(["dead"]);
  });

  test("of a period holds what was stored in it, both ends included", async () => {
    const { world, ids, send } = await setup();
    const from = world.time.now;
    for (const id of ["e1", "e2", "e3", "e4"]) await send(id, "c");
    expect(await ids({ since: from + 1_000, until: from + 2_000 })).toEqual(["e3", "e2"]);
  });

  test("of a source has only its records", async () => {
    const { ids, send } = await setup();
    await send("e1", "c");
    expect(await ids({ source: "sandbox" })).toEqual(["e1"]);
    expect(await ids({ source: "stripe" })).toEqual([]);
  });

  test("finds nothing with exit code 3, and still prints JSON", async () => {
    const { connection } = await setup();
    expect(await asJson((terminal) => list(connection, terminal, { filter: { states: ["dead"] }, limit: 50 }))).toEqual({
      exit: 3,
      value: [],
    });
  });

  test("prints one JSON value a line when asked to", async () => {
    const { connection, send } = await setup();
    for (const id of ["e1", "e2"]) await send(id, "c");
    const caught = catchOutput();
    await list(connection, caught.terminal, { filter: {}, limit: 50, lines: true });
    const lines = caught.text().trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).key)).toEqual(["sandbox/e2", "sandbox/e1"]);
  });

  test("fits a narrow terminal, with ids cut in the middle", async () => {
    const { connection, send, world } = await setup();
    await send(`evt_${"x".repeat(80)}_end`, "c");
    await world.settle();
    const caught = catchOutput({ width: 80 });
    await list(connection, caught.terminal, { filter: {}, limit: 50 });
    const lines = caught.text().trimEnd().split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[1]).toMatch(/sandbox\/\S*…\S*_end/);
  });
});

describe("a list of one state", () => {
  test("holds the records in it, from wherever they are found", async () => {
    const bench = await setup();
    await oneOfEach(bench);
    const expected: Partial<Record<RecordState, readonly string[]>> = {
      stored: ["fresh"],
      delivered: ["delivered"],
      dead: ["dead"],
      waiting: ["held", "waiting"],
      scheduled: [],
      retrying: ["scheduled"],
    };
    const found = await Promise.all(
      Object.keys(expected).map(async (state) => [state, await bench.ids({ states: [state as RecordState] })]),
    );
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(await bench.ids({ states: ["dead", "waiting", "delivered"] })).toEqual(["held", "waiting", "dead", "delivered"]);
    expect(await bench.ids({ states: ["dead", "retrying"] })).toEqual(["scheduled", "dead"]);
  });

  test("is the same before and after the sweep has looked at everything", async () => {
    const bench = await setup();
    await oneOfEach(bench);
    const before = await bench.ids({ states: ["stored"] });
    bench.world.time.now += 90_000;
    // The sweep marks what nobody has begun with, and rings for it.
    await bench.world.sweep();
    expect(await bench.ids({ states: ["stored"] })).toEqual(before);
  });

  test("asks the index, not the days: a dead letter of long ago costs no more than one of today", async () => {
    const bench = await setup();
    await oneOfEach(bench);
    bench.world.time.now += 10 * day;
    let queries = 0;
    const timeline: typeof bench.connection.records.timeline = (page) => {
      queries++;
      return bench.connection.records.timeline(page);
    };
    const counted = { ...bench.connection, records: { ...bench.connection.records, timeline } };
    const { value } = await asJson((terminal) => list(counted, terminal, { filter: { states: ["dead"] }, limit: 50 }));
    expect(value).toMatchObject([{ key: "sandbox/dead", state: "dead", reason: "the application refused it: answered 422" }]);
    expect(queries).toBe(0);
  });
});

describe("a list of one contract", () => {
  test("has what its ledger and its line know, newest first", async () => {
    const bench = await setup();
    await oneOfEach(bench);
    expect(await bench.ids({ contract: { source: "sandbox", contract: "c2" } })).toEqual(["waiting", "dead"]);
    expect(await bench.ids({ contract: { source: "sandbox", contract: "c2" }, states: ["dead"] })).toEqual(["dead"]);
    expect(await bench.ids({ contract: { source: "sandbox", contract: "c4" } })).toEqual(["held"]);
  });
});

describe("a list by reason", () => {
  test("finds a part of the sentence, ignoring case", async () => {
    const bench = await setup();
    await oneOfEach(bench);
    expect(await bench.ids({ reason: "HELD BY ANN" })).toEqual(["held"]);
    expect(await bench.ids({ states: ["dead"], reason: "answered 422" })).toEqual(["dead"]);
    expect(await bench.ids({ states: ["dead"], reason: "answered 500" })).toEqual([]);
  });
});
