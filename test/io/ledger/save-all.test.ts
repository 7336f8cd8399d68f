import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import type { Change } from "../../../io/ledger/save-all.ts";
import { createStores, watchCalls } from "../../support/aws/stores.ts";
import { moved, progressOf } from "../../support/samples.ts";

const many = (count: number, more: Partial<Progress> = {}): readonly Change[] =>
  Array.from({ length: count }, (_, at) => ({
    next: progressOf(`sandbox/evt_${at}`, { contracts: [`sub_${at}`], ...more }),
    known: undefined,
  }));

const kinds = async (ledger: Ledger, changes: readonly Change[]) =>
  (await ledger.saveAll(changes)).map((one) => (one.status === "fulfilled" ? one.value.kind : one.status));

const setup = async () => {
  const stores = await createStores();
  const calls = watchCalls(stores.client);
  const during = async (work: () => Promise<unknown>) => {
    calls.length = 0;
    await work();
    return calls.map(({ name }) => name);
  };
  return { ...stores, during };
};

describe("saving many at once", () => {
  test("takes a call for 25, and is as if each had been saved alone", async () => {
    const { ledger, during } = await setup();
    const changes = many(60);
    expect(await during(() => ledger.saveAll(changes))).toEqual(Array(3).fill("TransactWriteItems"));
    for (const { next } of changes) expect(await ledger.progress(next.key)).toEqual({ ...next, revision: 1 });
    const again = await ledger.saveAll(changes.map(({ next }) => ({ next: moved(next, "retrying"), known: { ...next, revision: 1 } })));
    expect(again).toEqual(
      changes.map(({ next }) => ({ status: "fulfilled", value: { kind: "saved", progress: { ...moved(next, "retrying"), revision: 2 } } })),
    );
  });

  test("makes the entries in the lines together with each", async () => {
    const { ledger, during } = await setup();
    const contracts = Array.from({ length: 40 }, (_, at) => `sub_${at}`);
    const changes = many(5, { state: "waiting", contracts, inLine: true });
    // Two of 41 items fit into one transaction.
    expect(await during(() => ledger.saveAll(changes))).toHaveLength(3);
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_39" })).toMatchObject({ key: "sandbox/evt_0" });
  });

  test("leaves out the one that was changed meanwhile, and saves the others", async () => {
    const { ledger } = await setup();
    const changes = many(30);
    await ledger.save(progressOf("sandbox/evt_7", { attempts: 7 }), undefined);
    expect(await kinds(ledger, changes)).toEqual(changes.map((_, at) => (at === 7 ? "overtaken" : "saved")));
    expect(await ledger.progress("sandbox/evt_7")).toMatchObject({ attempts: 7, revision: 1 });
  });

  test("fails for the one that the table cannot hold, and saves the others", async () => {
    const { ledger } = await setup();
    const changes = many(30).map((change, at) => (at === 7 ? { ...change, next: { ...change.next, group: "x".repeat(410_000) } } : change));
    expect(await kinds(ledger, changes)).toEqual(changes.map((_, at) => (at === 7 ? "rejected" : "saved")));
  });

  test("fails for all, without asking for each, when the table does not answer", async () => {
    const { ledger, client, during } = await setup();
    client.middlewareStack.add(
      () => async () => {
        await setTimeout(0);
        throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      },
      { step: "finalizeRequest" },
    );
    let results: readonly string[] = [];
    const calls = await during(async () => {
      results = await kinds(ledger, many(30));
    });
    expect(results).toEqual(Array(30).fill("rejected"));
    expect(calls).toHaveLength(2);
  });
});
