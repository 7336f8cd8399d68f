/** A record at which the sweep's process ends, as at a parser that never returns, ends it only a few times. */
import { expect, onTestFinished, test } from "vitest";
import type { RecordKey } from "../../../../core/record.ts";
import type { SweepDependencies } from "../../../../functions/steps/sweep/dependencies.ts";
import { createSweep } from "../../../../functions/sweep.ts";
import { createWorld } from "../../../support/world/world.ts";

type Read = ReturnType<SweepDependencies["records"]["read"]>;

const setup = async (secret: "readable" | "unreadable") => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  world.secrets.readable = secret === "readable";
  for (const id of ["one", "evil", "two"]) {
    await world.receive(world.signed({ id, contract: `sub_${id}` }));
    world.time.now += 10;
  }
  world.secrets.readable = true;
  // Relay has never had them.
  await world.stream();
  world.time.now += 65_000;
  const evil: { key?: RecordKey } = {};
  /** @param parse what becomes of parsing the evil one */
  const run = async (parse: () => Read): Promise<unknown> => {
    const { records } = world.sweepDependencies;
    const read = async (key: RecordKey): Read => {
      const found = await records.read(key);
      if (found.kind !== "record" || !Buffer.from(found.record.raw.body).includes("evil")) return found;
      evil.key = key;
      return parse();
    };
    const sweep = createSweep({ ...world.sweepDependencies, records: { ...records, read } });
    return sweep({}, { timeLeft: () => 600_000, signal: new AbortController().signal, report: () => {} });
  };
  return { world, run, evil };
};

test.each(["readable", "unreadable"] as const)(
  "it is dead as one that crashes, the others are delivered, and every step runs again, also where it came with a secret that was %s",
  async (secret) => {
    const { world, run, evil } = await setup(secret);
    const outcomes: string[] = [];
    do {
      // What would still have been done in a process that ended is not waited for.
      const died = Promise.withResolvers<string>();
      const ended = run(() => {
        died.resolve("died");
        return new Promise(() => {});
      });
      outcomes.push(await Promise.race([died.promise, ended.then(() => "ended")]));
      world.time.now += 60_000;
    } while (outcomes.filter((outcome) => outcome === "ended").length < 2 && outcomes.length < 10);
    expect(outcomes.filter((outcome) => outcome === "died")).toHaveLength(5);
    expect(evil.key && (await world.ledger.progress(evil.key))).toMatchObject({ state: "dead", cause: { kind: "crashed" } });
    expect(world.counts.get("Crashed")).toBe(1);
    expect(world.counts.has("OldestUnsettledSeconds")).toBe(true);
    // A run that died may have raised their epochs and not rung.
    world.time.now += 3_600_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered().toSorted()).toEqual(["one", "two"]);
  },
);

test("one that only cannot be read for now is never taken for it, however many runs it fails", async () => {
  const { world, run } = await setup("readable");
  for (let runs = 0; runs < 8; runs++) {
    await expect(run(() => Promise.reject(new Error("away")))).rejects.toThrow("ringDue");
    world.time.now += 60_000;
  }
  await world.sweep();
  await world.settle();
  expect(world.delivered().toSorted()).toEqual(["evil", "one", "two"]);
});
