import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../core/record.ts";
import { findGateway } from "../../../gateways/index.ts";
import type { Change } from "../../../io/ledger/save-all.ts";
import type { Saved } from "../../../io/ledger/saved.ts";
import type { Outcome, ReplayRun } from "../../../operator/replay/outcome.ts";
import { runReplay } from "../../../operator/replay/run.ts";
import { callbackRecord, noon, progressOf, sampleConfig } from "../../support/samples.ts";

const keyAt = (at: number): RecordKey => `sandbox/evt_${String(at).padStart(4, "0")}`;

/** Tables and a queue in memory: dead records, of a contract each as given. */
const setup = (contracts: readonly number[], { unsaved = () => false, unrung = () => false }: Troubles = {}) => {
  const table = new Map<RecordKey, Progress>(contracts.map((_, at) => [keyAt(at), progressOf(keyAt(at), { state: "dead", revision: 1 })]));
  const rung: Doorbell[] = [];
  const save = async ({ next, known }: Change): Promise<Saved> => {
    if (unsaved(next.key)) throw new Error("not this one");
    if (table.get(next.key)?.revision !== known?.revision) return { kind: "overtaken" };
    const progress = { ...next, revision: next.revision + 1 };
    table.set(next.key, progress);
    return { kind: "saved", progress };
  };
  const bodyOf = (key: RecordKey) =>
    JSON.stringify({ id: key, type: "charge.succeeded", contract: `c${contracts[Number(key.slice(-4))]}` });
  const stores = {
    config: withDefaults(sampleConfig),
    clock: () => noon,
    open: {
      of: async (keys: readonly RecordKey[]) =>
        new Map(keys.flatMap((key) => (table.has(key) ? [[key, { progress: table.get(key), hidden: false }]] : []))),
    },
    records: {
      readAll: async () => async (key: RecordKey) => ({
        kind: "record",
        record: callbackRecord(key.slice("sandbox/".length), { body: Buffer.from(bodyOf(key)) }),
      }),
    },
    ledger: { saveAll: (changes: readonly Change[]) => Promise.allSettled(changes.map(save)) },
  } as unknown as ReplayRun["stores"];
  const doorbells: ReplayRun["doorbells"] = {
    async ring(bells) {
      await Promise.resolve();
      const taken = bells.findIndex(({ key }) => unrung(key));
      rung.push(...(taken < 0 ? bells : bells.slice(0, taken)));
      return taken < 0 ? [] : bells.slice(taken);
    },
  };
  let asked = 0;
  const replay = async (from: number, pages = Number.POSITIVE_INFINITY) => {
    const keys = (async function* () {
      for (let at = from; at < contracts.length; at++) yield keyAt(at);
    })();
    asked = 0;
    const outcomes: Outcome[] = [];
    const run = {
      ...{ stores, doorbells, findGateway, isSelected: () => true, pause: async () => {} },
      isStopped: () => ++asked > pages,
    };
    const error = await (async () => {
      for await (const outcome of runReplay(run, keys)) outcomes.push(outcome);
    })().catch((thrown: unknown) => thrown);
    return { outcomes, error };
  };
  return { replay, rung, table };
};

interface Troubles {
  readonly unsaved?: (key: RecordKey) => boolean;
  readonly unrung?: (key: RecordKey) => boolean;
}

const contracts = fc.array(fc.nat(6), { minLength: 1, maxLength: 350 });

describe("a replay of several pages", () => {
  test("rings each contract in the order stored, and gives the outcomes in that order", async () => {
    await fc.assert(
      fc.asyncProperty(contracts, async (of) => {
        const { replay, rung } = setup(of);
        const { outcomes } = await replay(0);
        expect(outcomes).toEqual(of.map((_, at) => ({ kind: "rung", key: keyAt(at) })));
        expect(rung).toHaveLength(of.length);
        const byContract = Map.groupBy(rung, ({ group }) => group);
        expect(byContract.size).toBe(new Set(of).size);
        for (const own of byContract.values()) expect(own.map(({ key }) => key)).toEqual(own.map(({ key }) => key).toSorted());
      }),
      { numRuns: 30 },
    );
  });

  test("that is stopped gives an outcome for all that it has rung, and goes on with the next", async () => {
    await fc.assert(
      fc.asyncProperty(contracts, fc.integer({ min: 0, max: 3 }), async (of, pages) => {
        const { replay, rung } = setup(of);
        const first = await replay(0, pages);
        expect(first.outcomes).toHaveLength(Math.min(of.length, pages * 100));
        expect(rung).toHaveLength(first.outcomes.length);
        await replay(first.outcomes.length);
        expect(rung.map(({ key }) => key).toSorted()).toEqual(of.map((_, at) => keyAt(at)));
      }),
      { numRuns: 20 },
    );
  });

  test("says of which the queue did not take the doorbell", async () => {
    const { replay, rung } = setup([1, 2, 1, 2, 1], { unrung: (key) => key === keyAt(2) });
    expect((await replay(0)).outcomes.map(({ kind }) => kind)).toEqual(["rung", "rung", "due", "rung", "due"]);
    expect(rung.map(({ key }) => key)).not.toContain(keyAt(4));
  });

  test("is ended by a table that takes none, and leaves those for when it is continued", async () => {
    let isBroken = true;
    const { replay, table } = setup(Array(250).fill(1), { unsaved: (key) => isBroken && key >= keyAt(130) });
    const first = await replay(0);
    expect(first.error).toEqual(new Error("not this one"));
    expect(first.outcomes).toHaveLength(130);
    isBroken = false;
    const second = await replay(130);
    expect(second.outcomes.every(({ kind }) => kind === "rung")).toBe(true);
    expect([...table.values()].every(({ state }) => state === "ready")).toBe(true);
  });

  test("is not ended by a few that cannot be saved", async () => {
    const { replay } = setup(Array(60).fill(1), { unsaved: (key) => key >= keyAt(10) && key < keyAt(29) });
    const { outcomes, error } = await replay(0);
    expect(error).toBeUndefined();
    expect(outcomes.map(({ key }) => key)).toEqual(Array.from({ length: 60 }, (_, at) => keyAt(at)));
    expect(outcomes.filter(({ kind }) => kind === "left")).toHaveLength(19);
  });
});
