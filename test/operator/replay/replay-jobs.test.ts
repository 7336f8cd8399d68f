import { describe, expect, onTestFinished, test } from "vitest";
import { dayOf } from "../../../core/formats/iso-time.ts";
import { type ReplayOptions, replay } from "../../../operator/replay/replay-command.ts";
import { replaysCancel, replaysContinue, replaysList, replaysShow } from "../../../operator/replay/replays-command.ts";
import { deleteBody, noise } from "../../support/aws/bucket.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const ann = { by: "ann", why: "the parser is mended" };
const bob = { by: "bob", why: "wrong period" };
const all = ["e0", "e1", "e2", "e3", "e4"];

const setup = async () => {
  const world = await createWorld({ retentionDays: 14 });
  onTestFinished(() => world.close());
  const connection = connectionTo(world);
  for (const id of all) {
    await world.receive(world.signed({ id, contract: `c ${id}` }));
    // Two of them in the same millisecond: a replay goes on after the very record, not after its moment.
    if (id !== "e1") world.time.now += 10;
  }
  await world.settle();
  world.application.received.length = 0;
  const options = (more: Partial<ReplayOptions> = {}): ReplayOptions => ({
    selection: { filter: { source: "sandbox" } },
    yes: true,
    ratePerSecond: 1,
    watchSeconds: 0,
    reason: ann,
    pause: async () => {},
    ...more,
  });
  /** A replay at one record a second, into which `then` breaks after so many. */
  const interrupted = async (
    after: number,
    then: (caught: ReturnType<typeof catchOutput>) => void | Promise<void>,
    selection: ReplayOptions["selection"] = options().selection,
  ) => {
    // The newest replay is listed first, by the second, and a test may have begun another in this one.
    world.time.now += 1_000;
    const caught = catchOutput();
    let pauses = 0;
    const pause = async () => {
      world.time.now += 1_000;
      if (++pauses === after) await then(caught);
    };
    const exit = await replay(connection, caught.terminal, options({ pause, selection })).catch((error: unknown) => error);
    await world.settle();
    const [job] = await Array.fromAsync(connection.replays.all());
    if (!job) throw new Error("no replay was kept");
    return { exit, job, said: caught.said.join("\n") };
  };
  const goOn = (id: string) => {
    const caught = catchOutput();
    return replaysContinue(connection, caught.terminal, id, { reason: ann, watchSeconds: 0, pause: async () => {} });
  };
  return { world, connection, options, interrupted, goOn };
};

describe("a replay with records among its own that cannot be replayed", () => {
  test("replays the others and names those, also when it is continued", async () => {
    const { world, connection, interrupted, goOn } = await setup();
    for (const id of ["gone", "last"]) {
      await world.receive(world.signed({ id, contract: `c ${id}`, ...(id === "gone" && { noise: noise() }) }));
      world.time.now += 10;
    }
    await world.settle();
    world.application.received.length = 0;
    await deleteBody(world, "sandbox/gone");
    const { job } = await interrupted(2, ({ interrupt }) => interrupt());
    expect(await goOn(job.id)).toBe(1);
    await world.settle();
    expect(world.delivered().toSorted()).toEqual([...all, "last"]);
    const [ended] = await Array.fromAsync(connection.replays.all());
    expect(ended).toMatchObject({ state: "done", done: 7, outcomes: { rung: 6, left: 1 } });
  });

  test("is ended by none that cannot be written, and by a table that takes none", async () => {
    const { world, connection, options } = await setup();
    const refused = new Set(["sandbox/e1"]);
    const { saveAll } = connection.ledger;
    const odd: typeof connection = {
      ...connection,
      ledger: {
        ...connection.ledger,
        saveAll: async (changes) => {
          const saved = [...(await saveAll(changes.filter(({ next }) => !refused.has(next.key))))];
          const refusal = { status: "rejected", reason: new Error("not this one") } as const;
          return changes.flatMap(({ next }) => (refused.has(next.key) ? [refusal] : saved.splice(0, 1)));
        },
      },
    };
    const { ratePerSecond: _, ...unhurried } = options();
    const { value } = await asJson((terminal) => replay(odd, terminal, unhurried));
    expect(value).toMatchObject({ summary: { rung: 4, left: 1 } });
    const left = (value as { outcomes: readonly object[] }).outcomes.filter((one) => "why" in one);
    expect(left).toEqual([{ key: "sandbox/e1", outcome: "left", why: "it cannot be read or written: not this one" }]);
    await world.settle();
    const many = Array.from({ length: 30 }, (_, at) => `more_${at}`);
    for (const id of many) await world.receive(world.signed({ id, contract: id }));
    await world.settle();
    for (const id of [...all, ...many]) refused.add(`sandbox/${id}`);
    await expect(replay(odd, catchOutput().terminal, unhurried)).rejects.toThrow("not this one");
    const [broken] = await Array.fromAsync(connection.replays.all());
    expect(broken?.done).toBeLessThan(35);
  });
});

describe("a replay that was interrupted", () => {
  test("says what to type, and continues after the last record it has handled", async () => {
    const { world, connection, interrupted, goOn } = await setup();
    const { exit, job, said } = await interrupted(2, ({ interrupt }) => interrupt());
    expect(exit).toBe(1);
    expect(said).toContain(`Stopped after 2 of 5. To continue: npx holdfast replays continue ${job.id}`);
    expect(job).toMatchObject({ state: "stopped", done: 2, count: 5, outcomes: { rung: 2 }, cursor: { key: "sandbox/e1" } });
    expect(world.delivered().toSorted()).toEqual(["e0", "e1"]);
    // What came since is not part of what was agreed to.
    await world.receive(world.signed({ id: "later", contract: "c later" }));
    await world.settle();
    expect(await goOn(job.id)).toBe(0);
    await world.settle();
    expect(world.delivered().toSorted()).toEqual([...all, "later"]);
    expect(await connection.replays.read(job.id)).toMatchObject({ state: "done", done: 5, outcomes: { rung: 5 } });
    await expect(goOn(job.id)).rejects.toThrow(`The replay ${job.id} is already done.`);
  });

  test("by its process's death continues too, once it has been silent for a minute", async () => {
    const { world, interrupted, goOn } = await setup();
    const { exit, job } = await interrupted(4, () => {
      throw new Error("killed");
    });
    expect(exit).toBeInstanceOf(Error);
    expect(job).toMatchObject({ state: "running", done: 3 });
    await expect(goOn(job.id)).rejects.toThrow("may still be running");
    world.time.now += 61_000;
    expect(await goOn(job.id)).toBe(0);
    await world.settle();
    // The one it had not noted yet is sent twice, under the same id.
    expect(world.delivered().toSorted()).toEqual(["e0", "e1", "e2", "e3", "e3", "e4"]);
  });

  test("says so where nothing of it is left to be replayed, and is done", async () => {
    const { world, connection, options, interrupted } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await replay(connection, catchOutput().terminal, options());
    await world.settle();
    world.application.behave(() => ({ status: 200 }));
    const { job } = await interrupted(2, ({ interrupt }) => interrupt(), { filter: { source: "sandbox", states: ["dead"] } });
    expect(job).toMatchObject({ state: "stopped", done: 2, count: 5 });
    await replay(connection, catchOutput().terminal, options());
    await world.settle();
    const caught = catchOutput();
    expect(await replaysContinue(connection, caught.terminal, job.id, { reason: ann, watchSeconds: 0, pause: async () => {} })).toBe(0);
    expect(caught.said).toEqual(["Nothing of it is left to be replayed."]);
    expect(caught.text()).toBe("");
    expect(await connection.replays.read(job.id)).toMatchObject({ state: "done", done: 2 });
  });

  test("is continued by one person only", async () => {
    const { world, connection, interrupted, goOn } = await setup();
    const { job } = await interrupted(2, ({ interrupt }) => interrupt());
    const exits = await Promise.allSettled([goOn(job.id), goOn(job.id), goOn(job.id)]);
    expect(exits.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await world.settle();
    expect(world.delivered().toSorted()).toEqual(all);
    expect(await connection.replays.read(job.id)).toMatchObject({ state: "done", done: 5 });
  });
});

describe("a replay that is cancelled", () => {
  test("stops where it is, says so to its runner, and does not continue", async () => {
    const { world, connection, interrupted, goOn } = await setup();
    const { exit, job, said } = await interrupted(2, async () => {
      const [running] = await Array.fromAsync(connection.replays.all());
      expect(await replaysCancel(connection, catchOutput().terminal, running?.id ?? "", bob)).toBe(0);
    });
    expect(exit).toBe(1);
    expect(said).toContain("Cancelled from elsewhere");
    expect(job.state).toBe("cancelled");
    expect(world.delivered()).toHaveLength(3);
    await expect(goOn(job.id)).rejects.toThrow("is already cancelled");
    await expect(replaysCancel(connection, catchOutput().terminal, job.id, bob)).rejects.toThrow("is already cancelled");
    const entries = await Array.fromAsync(connection.audit.ofDay(dayOf(world.time.now)));
    expect(entries.map(({ by, what }) => `${by} ${what}`)).toEqual(["ann replay", "bob cancel"]);
  });
});

describe("replays", () => {
  test("are listed newest first, and shown with what came of them", async () => {
    const { world, connection, options } = await setup();
    expect(await replaysList(connection, catchOutput().terminal, { limit: 10 })).toBe(3);
    await replay(connection, catchOutput().terminal, options({ selection: { keys: ["e3"] } }));
    world.time.now += 1_000;
    await replay(connection, catchOutput().terminal, options());
    const { value } = await asJson((terminal) => replaysList(connection, terminal, { limit: 10 }));
    expect(value).toMatchObject([
      { state: "done", done: 5, by: "ann", why: ann.why },
      { state: "done", done: 1, meant: { keys: ["sandbox/e3"] } },
    ]);
    const caught = catchOutput();
    const [{ id } = { id: "" }] = await Array.fromAsync(connection.replays.all());
    expect(await replaysShow(connection, caught.terminal, id)).toBe(0);
    expect(caught.text()).toContain("5 of 5");
    expect(caught.text()).toContain("5 rung");
    await expect(replaysShow(connection, caught.terminal, "nobody")).rejects.toMatchObject({ kind: "nothing found" });
  });

  test("of more records than a job can name are rejected before anything is sent", async () => {
    const { connection, options } = await setup();
    const keys = Array.from({ length: 1_001 }, (_, n) => `sandbox/e${n}`);
    await expect(replay(connection, catchOutput().terminal, options({ selection: { keys } }))).rejects.toMatchObject({ kind: "usage" });
    expect(await Array.fromAsync(connection.replays.all())).toEqual([]);
  });
});
