import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../core/event.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { lineOrder, type RecordKey } from "../../../core/record.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import { createStores, watchCalls } from "../../support/aws/stores.ts";
import { moved, noon, paymentEvent, progressOf } from "../../support/samples.ts";

const key: RecordKey = "sandbox/evt_1";

const entryOf = (contract: string, event: PaymentEvent): Entry => ({ source: "sandbox", contract, event, record: `sandbox/${event.id}` });

const charges = (count: number, contract: string): readonly Entry[] =>
  Array.from({ length: count }, (_, at) => entryOf(contract, paymentEvent({ id: `evt_1#${at}`, contract, charge: `ch_${at}` })));

/** Saves on what is there now, as a test may: nobody else is at work. */
const saved = async (ledger: Ledger, progress: Progress): Promise<Progress> => {
  const done = await ledger.save(progress, await ledger.progress(progress.key));
  if (done.kind !== "saved") throw new Error("somebody else was at work");
  return done.progress;
};

const setupWatched = async () => {
  const stores = await createStores();
  const calls = watchCalls(stores.client);
  const during = async (work: () => Promise<unknown>) => {
    calls.length = 0;
    await work();
    return calls.map(({ name }) => name);
  };
  return { ...stores, calls, during };
};

describe("what a call costs", () => {
  const contracts = (count: number) => Array.from({ length: count }, (_, at) => `sub_${at}`);

  test("is one put for a change that leaves the lines as they are", async () => {
    const { ledger, during } = await setupWatched();
    const first = await saved(ledger, progressOf(key, { contracts: ["sub_1"] }));
    expect(await during(() => ledger.save(moved(first, "retrying"), first))).toEqual(["PutItem"]);
    const inLine = await saved(ledger, { ...first, revision: 2, inLine: true });
    expect(await during(() => ledger.save(moved(inLine, "dead"), inLine))).toEqual(["PutItem"]);
    expect(await during(() => ledger.commit(progressOf("sandbox/evt_2"), undefined, []))).toEqual(["PutItem"]);
  });

  test("is one put for each entry that is entered alone, with a link for each new payment and a look at it for a known one", async () => {
    const { ledger, during } = await setupWatched();
    expect(await during(() => ledger.enter(charges(1, "sub_1")))).toEqual(["PutItem", "Query", "UpdateItem", "Query"]);
    expect(await during(() => ledger.enter(charges(1, "sub_1")))).toEqual(["PutItem", "Query"]);
    const single = entryOf("ch_9", paymentEvent({ id: "evt_9", charge: "ch_9" }));
    expect(await during(() => ledger.enter([single]))).toEqual(["PutItem", "Query"]);
    const started = entryOf("sub_1", paymentEvent({ id: "evt_8", type: "contract.started", contract: "sub_1" }));
    expect(await during(() => ledger.enter([started]))).toEqual(["PutItem"]);
  });

  test("is nothing twice in a turn that enters a payment and looks: of a known contract's, neither its line nor its customer", async () => {
    const { ledger, during } = await setupWatched();
    const turn = (id: string, charge: string) => async () => {
      const entry = entryOf("sub_1", paymentEvent({ id, charge, contract: "sub_1", customer: "cus_1" }));
      const reads = ledger.turnReads();
      await ledger.enter([entry], reads);
      await ledger.related(entry, { withSides: false, reads });
    };
    const [put, line, payment, customer] = ["PutItem", "Query", ["UpdateItem", "Query"], "Query"];
    // What leads from the customer to the contract has just been written: others may have come that way meanwhile.
    expect(await during(turn("evt_1", "ch_1"))).toEqual([put, line, ...payment, "PutItem", line, customer, "Query"]);
    const known = await during(turn("evt_2", "ch_2"));
    expect([known.slice(0, 3), known.slice(3).sort()]).toEqual([[put, line, customer], ["Query", ...payment].sort()]);
    // The payment's second event finds its link.
    expect(await during(turn("evt_3", "ch_2"))).toEqual([put, line, customer, "Query", "Query"]);
  });

  test("is one put for what leads from a customer to its contract, of however many events of one turn", async () => {
    const { ledger, during } = await setupWatched();
    const events = ["evt_1", "evt_1#2", "evt_1#3"].map((id) => paymentEvent({ id, charge: id, contract: "sub_1", customer: "cus_1" }));
    const entries = events.map((event) => ({ ...entryOf("sub_1", event), record: key }));
    const calls = await during(() => ledger.enter(entries, ledger.turnReads()));
    expect(calls.filter((name) => name === "PutItem")).toHaveLength(entries.length + 1);
  });

  test("is one put for a progress that was never written before", async () => {
    const { ledger, during } = await setupWatched();
    const inThisTurn = { ...progressOf(key, { contracts: ["sub_1"] }), revision: 0 };
    expect(await during(() => ledger.save(moved(inThisTurn, "delivered"), inThisTurn))).toEqual(["PutItem"]);
    expect(await ledger.progress(key)).toMatchObject({ state: "delivered", revision: 1 });
    // Somebody else has written it meanwhile.
    expect(await ledger.save(moved(inThisTurn, "delivered"), inThisTurn)).toEqual({ kind: "overtaken" });
  });

  test("is one transaction for all that fits one, so that it is written together", async () => {
    const { ledger, during } = await setupWatched();
    expect(await during(() => ledger.commit(progressOf(key), undefined, charges(99, "sub_1")))).toEqual(["TransactWriteItems"]);
    expect(await during(() => ledger.commit(progressOf("sandbox/evt_2"), undefined, charges(100, "sub_1")))).toHaveLength(2);
    const before = await saved(ledger, progressOf("sandbox/evt_0", { storedAt: noon - 1, contracts: contracts(99), inLine: true }));
    const blocker = { contract: "sub_0", order: before.order, key: before.key };
    for (const [count, transactions] of [
      [98, 1],
      [99, 2],
      [100, 2],
    ] as const) {
      const waiting = progressOf(`sandbox/with_${count}`, { state: "waiting", contracts: contracts(count), inLine: true });
      expect([count, (await during(() => ledger.save(waiting, undefined, blocker))).length]).toEqual([count, transactions]);
    }
  });

  test("is a consistent read wherever something is decided on what was read", async () => {
    const { ledger, calls, during } = await setupWatched();
    const reads = await during(() =>
      Promise.all([
        ledger.progress(key),
        ledger.firstInLine({ source: "sandbox", contract: "sub_1" }),
        ledger.contract("sandbox", "sub_1"),
      ]),
    );
    expect(reads.toSorted()).toEqual(["GetItem", "Query", "Query"]);
    for (const { input } of calls) expect(input).toMatchObject({ ConsistentRead: true });
  });
});

describe("a record's progress", () => {
  test("is none at first, and then what was saved last", async () => {
    const { ledger } = await createStores();
    expect(await ledger.progress(key)).toBeUndefined();
    const first = await ledger.save(progressOf(key, { types: ["円"], attempts: 3 }), undefined);
    expect(first).toEqual({ kind: "saved", progress: progressOf(key, { types: ["円"], attempts: 3, revision: 1 }) });
    expect(await ledger.progress(key)).toEqual(progressOf(key, { types: ["円"], attempts: 3, revision: 1 }));
  });

  test("is saved on the revision it was decided on, and on no other", async () => {
    const { ledger } = await createStores();
    const first = await saved(ledger, progressOf(key));
    const second = await saved(ledger, moved(first, "applied"));
    expect(second.revision).toBe(2);
    expect(await ledger.save(moved(first, "dead"), first)).toEqual({ kind: "overtaken" });
    expect(await ledger.save(moved(first, "dead"), undefined)).toEqual({ kind: "overtaken" });
    expect(await ledger.save(moved(first, "dead"), { ...second, revision: 3 })).toEqual({ kind: "overtaken" });
    expect(await ledger.progress(key)).toEqual(second);
  });

  test("is not recreated by a writer that knew an earlier one that is gone", async () => {
    const { ledger } = await createStores();
    expect(await ledger.save(progressOf(key), progressOf(key, { revision: 1 }))).toEqual({ kind: "overtaken" });
    expect(await ledger.progress(key)).toBeUndefined();
  });

  test("is saved by exactly one of thirty who decide on the same revision at once", async () => {
    const { ledger } = await createStores();
    for (const known of [undefined, progressOf(key, { revision: 1, types: ["first"] })]) {
      const all = await Promise.all(
        Array.from({ length: 30 }, (_, at) => ledger.save(progressOf(key, { types: [known ? `decision ${at}` : "first"] }), known)),
      );
      const winners = all.filter(({ kind }) => kind === "saved");
      expect(winners).toHaveLength(1);
      expect(winners[0]).toEqual({ kind: "saved", progress: await ledger.progress(key) });
    }
    expect(await ledger.progress(key)).toMatchObject({ revision: 2 });
  });

  test("loses no change when twelve increment the same number, each reading again when it was overtaken", async () => {
    const { ledger } = await createStores();
    await saved(ledger, progressOf(key));
    const raise = async (): Promise<void> => {
      for (;;) {
        const known = await ledger.progress(key);
        if (!known) throw new Error("it is gone");
        if ((await ledger.save({ ...known, attempts: known.attempts + 1 }, known)).kind === "saved") return;
      }
    };
    await Promise.all(Array.from({ length: 12 }, raise));
    expect(await ledger.progress(key)).toMatchObject({ attempts: 12, revision: 13 });
  });
});

describe("committing", () => {
  test("writes entries and progress together, and the contract adds up to them", async () => {
    const { ledger } = await createStores();
    const applied = progressOf(key, { state: "applied", applied: true, contracts: ["sub_1"] });
    expect(await ledger.commit(applied, undefined, charges(3, "sub_1"))).toEqual({ kind: "saved", progress: { ...applied, revision: 1 } });
    expect(await ledger.contract("sandbox", "sub_1")).toMatchObject({
      charges: [{ id: "ch_0" }, { id: "ch_1" }, { id: "ch_2" }],
      entries: charges(3, "sub_1"),
    });
    expect(await ledger.contract("sandbox", "sub_2")).toBeUndefined();
    expect(await ledger.contract("other", "sub_1")).toBeUndefined();
  });

  test("writes nothing at all when it was overtaken", async () => {
    const { ledger } = await createStores();
    const first = await saved(ledger, progressOf(key));
    await saved(ledger, moved(first, "dead"));
    expect(await ledger.commit({ ...first, applied: true }, first, charges(3, "sub_1"))).toEqual({ kind: "overtaken" });
    expect(await ledger.commit({ ...first, applied: true }, undefined, charges(250, "sub_1"))).toEqual({ kind: "overtaken" });
    expect(await ledger.contract("sandbox", "sub_1")).toBeUndefined();
    expect(await ledger.progress(key)).toMatchObject({ state: "dead", applied: false });
  });

  test("works without entries, for a record whose events concern no contract", async () => {
    const { ledger } = await createStores();
    expect((await ledger.commit(progressOf(key, { applied: true }), undefined, [])).kind).toBe("saved");
    expect(await ledger.progress(key)).toMatchObject({ applied: true });
  });

  test.each([98, 99, 100, 198, 199, 250])("writes %i entries, which a transaction may not hold, and all of them once", async (count) => {
    const { ledger } = await createStores();
    const contracts = (at: number) => `sub_${at % 7}`;
    const entries = Array.from({ length: count }, (_, at) =>
      entryOf(contracts(at), paymentEvent({ id: `evt_1#${at}`, charge: `ch_${at}` })),
    );
    const first = await ledger.commit(progressOf(key, { state: "applied", applied: true }), undefined, entries);
    expect(first.kind).toBe("saved");
    const again = await ledger.commit(progressOf(key, { state: "applied", applied: true }), await ledger.progress(key), entries);
    expect(again).toMatchObject({ kind: "saved", progress: { revision: 2 } });
    const told = await Promise.all(Array.from({ length: 7 }, (_, at) => ledger.contract("sandbox", contracts(at))));
    expect(told.flatMap((contract) => contract?.charges.map(({ id }) => id) ?? []).toSorted()).toEqual(
      entries.map(({ event }) => event.charge).toSorted(),
    );
  });

  test("is done by exactly one of ten who apply the same record at once, and the contract counts its charge once", async () => {
    const { ledger } = await createStores();
    const applied = progressOf(key, { state: "applied", applied: true, contracts: ["sub_1"] });
    const all = await Promise.all(Array.from({ length: 10 }, () => ledger.commit(applied, undefined, charges(1, "sub_1"))));
    expect(all.filter(({ kind }) => kind === "saved")).toHaveLength(1);
    expect((await ledger.contract("sandbox", "sub_1"))?.charges).toHaveLength(1);
  });

  test("shows a contract with more entries than DynamoDB gives in one page", async () => {
    const { ledger } = await createStores();
    const long = "r".repeat(20_000);
    const entries = charges(90, "sub_1").map((entry) => ({ ...entry, event: { ...entry.event, reason: long } }));
    await ledger.commit(progressOf(key, { applied: true }), undefined, entries);
    expect((await ledger.contract("sandbox", "sub_1"))?.charges).toHaveLength(90);
  });
});

describe("a contract's line", () => {
  const standing = (id: string, storedAt: number, contracts: readonly string[] = ["sub_1"]): Progress =>
    progressOf(`sandbox/${id}`, { state: "retrying", storedAt, contracts, inLine: true });

  test("is empty until a record joins it, and again when all have left", async () => {
    const { ledger } = await createStores();
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toBeUndefined();
    const inLine = await saved(ledger, standing("evt_1", noon));
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toEqual({ contract: "sub_1", order: inLine.order, key });
    await saved(ledger, moved({ ...inLine, inLine: false }, "delivered"));
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toBeUndefined();
  });

  test("is in the order of storage, whoever joined it first, the key deciding between equal times", async () => {
    const { ledger } = await createStores();
    const inOrder = [
      standing("z", 9),
      standing("y", 10),
      standing("x", 1_000),
      standing("w", 999_999_999_999),
      standing("v", 1_000_000_000_000),
      standing("a", noon),
      standing("b", noon),
      standing("a#2", noon + 1),
    ];
    for (const at of [3, 6, 0, 5, 7, 1, 4, 2]) await saved(ledger, inOrder[at] as Progress);
    const left: RecordKey[] = [];
    for (
      let first = await ledger.firstInLine({ source: "sandbox", contract: "sub_1" });
      first;
      first = await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })
    ) {
      left.push(first.key as RecordKey);
      const progress = await ledger.progress(first.key as RecordKey);
      if (progress) await saved(ledger, { ...progress, inLine: false });
    }
    expect(left).toEqual(inOrder.map(({ key }) => key));
  });

  test("is one per contract and source, and a record is in those of all its contracts", async () => {
    const { ledger } = await createStores();
    await saved(ledger, standing("evt_1", noon, ["sub_1", "sub_2"]));
    await saved(ledger, standing("evt_2", noon - 1, ["sub_2"]));
    const firsts = await Promise.all(["sub_1", "sub_2", "sub_3"].map((contract) => ledger.firstInLine({ source: "sandbox", contract })));
    expect(firsts.map((first) => first?.key)).toEqual(["sandbox/evt_1", "sandbox/evt_2", undefined]);
    expect(await ledger.firstInLine({ source: "other", contract: "sub_1" })).toBeUndefined();
  });

  test("is joined for each contract that a record in line turns out to concern besides", async () => {
    const { ledger } = await createStores();
    const inLine = await saved(ledger, standing("evt_1", noon, ["sub_1"]));
    await saved(ledger, { ...inLine, contracts: ["sub_1", "sub_2"] });
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_2" })).toMatchObject({ key });
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toMatchObject({ key });
  });

  test("is not part of what the contract adds up to", async () => {
    const { ledger } = await createStores();
    await saved(ledger, standing("evt_1", noon));
    expect(await ledger.contract("sandbox", "sub_1")).toBeUndefined();
  });

  test("is not joined by a decision that was overtaken, nor left by one", async () => {
    const { ledger } = await createStores();
    const first = await saved(ledger, progressOf(key, { contracts: ["sub_1"] }));
    const inLine = await saved(ledger, { ...first, inLine: true });
    expect((await ledger.save({ ...first, inLine: false }, first)).kind).toBe("overtaken");
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toMatchObject({ key });
    await saved(ledger, { ...inLine, inLine: false });
    expect((await ledger.save(moved(inLine, "waiting"), inLine)).kind).toBe("overtaken");
    expect(await ledger.firstInLine({ source: "sandbox", contract: "sub_1" })).toBeUndefined();
  });

  test.each([1, 98, 99, 150, 250])("of %i contracts of one record is joined and left as one", async (count) => {
    const { ledger } = await createStores();
    const contracts = Array.from({ length: count }, (_, at) => `sub_${at}`);
    const firsts = async () =>
      (await Promise.all(contracts.map((contract) => ledger.firstInLine({ source: "sandbox", contract })))).filter(
        (first) => first?.key === key,
      ).length;
    const inLine = await saved(ledger, standing("evt_1", noon, contracts));
    expect(await firsts()).toBe(count);
    await saved(ledger, { ...inLine, inLine: false });
    expect(await firsts()).toBe(0);
  });
});

describe("a wait behind another record", () => {
  const before = progressOf("sandbox/evt_0", { state: "dead", storedAt: noon - 1, contracts: ["sub_1"], inLine: true });

  test("is saved while that record stands in the line", async () => {
    const { ledger } = await createStores();
    await saved(ledger, before);
    const blocker = await ledger.firstInLine({ source: "sandbox", contract: "sub_1" });
    const waiting = progressOf(key, { state: "waiting", contracts: ["sub_1"], inLine: true });
    expect((await ledger.save(waiting, undefined, blocker)).kind).toBe("saved");
    expect(await ledger.progress(key)).toMatchObject({ state: "waiting" });
  });

  test.each([1, 150])("changes nothing when that record has left meanwhile, for a record of %i contracts", async (count) => {
    const { ledger } = await createStores();
    const standing = await saved(ledger, before);
    const blocker = await ledger.firstInLine({ source: "sandbox", contract: "sub_1" });
    await saved(ledger, moved({ ...standing, inLine: false }, "delivered"));
    const contracts = ["sub_1", ...Array.from({ length: count - 1 }, (_, at) => `more_${at}`)];
    const waiting = progressOf(key, { state: "waiting", contracts, inLine: true });
    expect(await ledger.save(waiting, undefined, blocker)).toEqual({ kind: "overtaken" });
    expect(await ledger.progress(key)).toBeUndefined();
    for (const contract of contracts) expect(await ledger.firstInLine({ source: "sandbox", contract })).toBeUndefined();
  });

  test("never outlives the one it waits for, however the two meet", async () => {
    const { ledger } = await createStores();
    for (let round = 0; round < 15; round++) {
      const contract = `sub_${round}`;
      const first = await saved(
        ledger,
        progressOf(`sandbox/first_${round}`, { state: "dead", storedAt: noon, contracts: [contract], inLine: true }),
      );
      const blocker = await ledger.firstInLine({ source: "sandbox", contract });
      const behind = progressOf(`sandbox/behind_${round}`, { state: "waiting", storedAt: noon + 1, contracts: [contract], inLine: true });
      const [left, waits] = await Promise.all([
        ledger.save(moved({ ...first, inLine: false }, "delivered"), first),
        ledger.save(behind, undefined, blocker),
      ]);
      expect(left.kind).toBe("saved");
      // Either it was told that nobody stands before it any more, or the one that left finds it in the line and wakes it.
      const next = await ledger.firstInLine({ source: "sandbox", contract });
      expect(next?.order).toBe(waits.kind === "saved" ? lineOrder({ storedAt: noon + 1, key: behind.key }) : undefined);
    }
  });
});
