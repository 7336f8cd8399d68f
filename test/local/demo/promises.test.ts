import { describe, expect, test } from "vitest";
import { digest } from "../../../core/signature.ts";
import type { Evidence } from "../../../local/demo/evidence.ts";
import { judge } from "../../../local/demo/promises.ts";
import { exchange, goodDay, inState, recordOf, seen, snapshot } from "./evidence.ts";

const brokenIn = (evidence: Evidence): readonly string[] =>
  judge(evidence).flatMap(({ promise, breaches }) => (breaches.length > 0 ? [promise] : []));

const good = goodDay();
const [first, second] = [recordOf("contract-a", 1), recordOf("contract-a", 2)];
const forged = digest("sha256", ["forged"]);
const without = <Item>(items: readonly Item[], isGone: (item: Item) => boolean): Item[] => items.filter((item) => !isGone(item));

describe("on a good day", () => {
  test("all eight promises are kept", () => {
    expect(judge(good).map(({ promise }) => promise)).toEqual(["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"]);
    expect(brokenIn(good)).toEqual([]);
  });

  test("what was spilled at first and recorded later was durable all the time", () => {
    const late = snapshot({
      stored: good.after.stored.map((one) => ({ ...one, record: { ...one.record, storedAt: one.record.storedAt + 60_000 } })),
    });
    const exchanges = [exchange(first, 10, { stored: false }), ...good.exchanges.slice(1)];
    expect(brokenIn(goodDay({ exchanges, after: late, spilled: 1 }))).toEqual([]);
    expect(brokenIn(goodDay({ exchanges, after: late, spilled: 0 }))).toEqual(["P1"]);
  });

  test("what waits behind a dead letter is not forgotten, and not tried", () => {
    const behind = inState(first, { state: "dead" }, inState(second, { state: "waiting" }));
    const notYet = good.seen.map((one) => {
      if (one.record === first.key && one.arrivedAt < 200) return seen(first, one.arrivedAt, { answered: { status: 422, at: 111 } });
      return one.record === second.key ? seen(second, 310) : one;
    });
    expect(brokenIn(goodDay({ before: behind, seen: notYet }))).toEqual([]);
    const tried = notYet.map((one) => (one.record === second.key ? seen(second, 250) : one));
    expect(brokenIn(goodDay({ before: behind, seen: tried }))).toEqual(["P6"]);
  });

  test("callbacks that came at the same time may be delivered in either order", () => {
    const exchanges = good.exchanges.map((one) => (one.sha256 === second.sha256 ? exchange(second, 10.5) : one));
    const swapped = good.seen.map((one) => {
      if (one.record === first.key && one.arrivedAt < 200) return seen(first, 120);
      return one.record === second.key ? seen(second, 110) : one;
    });
    expect(brokenIn(goodDay({ exchanges, seen: swapped }))).toEqual([]);
    expect(brokenIn(goodDay({ seen: swapped }))).toEqual(["P6"]);
  });
});

describe("P1 is broken", () => {
  test("when a callback was acknowledged before it was stored", () => {
    expect(brokenIn(goodDay({ exchanges: [exchange(first, 10, { stored: false }), ...good.exchanges.slice(1)] }))).toEqual(["P1"]);
  });

  test("and P3, when the bytes of an acknowledged callback are nowhere at the end", () => {
    const after = snapshot({ stored: without(good.after.stored, ({ record }) => record.key === first.key) });
    expect(brokenIn(goodDay({ after }))).toEqual(expect.arrayContaining(["P1", "P3"]));
  });
});

describe("P2 is broken", () => {
  test("when something that was stored is rejected, though a redelivery is acknowledged", () => {
    const exchanges = [exchange(first, 5, { answer: "rejected", status: 500 }), ...good.exchanges];
    expect(brokenIn(goodDay({ exchanges }))).toEqual(["P2"]);
  });

  test("when a genuine callback was never acknowledged", () => {
    const exchanges = good.exchanges.map((one) => (one.sha256 === first.sha256 ? { ...one, answer: "none" as const } : one));
    expect(brokenIn(goodDay({ exchanges }))).toEqual(["P2"]);
  });

  test("not when a callback that could not be stored is rejected, and comes again", () => {
    const exchanges = [exchange(first, 5, { answer: "rejected", status: 500, stored: false }), ...good.exchanges];
    expect(brokenIn(goodDay({ exchanges }))).toEqual([]);
  });
});

describe("P3 is broken", () => {
  test("when a redelivery has its own record", () => {
    const [one] = good.after.stored;
    const twice = one ? [...good.after.stored, { ...one, record: { ...one.record, key: "sandbox/again" as const } }] : [];
    const progress = new Map([
      ...good.after.progress,
      ["sandbox/again", { ...known(good.after, first.key), key: "sandbox/again" as const }],
    ]);
    const found = brokenIn(
      goodDay({ after: snapshot({ stored: twice, progress }), seen: [...good.seen, seen({ ...first, key: "sandbox/again" }, 190)] }),
    );
    expect(found).toEqual(["P3"]);
  });

  test("when a redelivery counts as a conflict", () => {
    const [one] = good.after.stored;
    const after = snapshot({ stored: [...good.after.stored, ...(one ? [{ ...one, sort: "conflict#1" }] : [])] });
    expect(brokenIn(goodDay({ after }))).toEqual(["P3"]);
  });
});

describe("P4 is broken", () => {
  test("when a record is stored and nothing has happened to it", () => {
    const progress = new Map(without([...good.after.progress], ([key]) => key === second.key));
    expect(brokenIn(goodDay({ after: snapshot({ progress }) }))).toEqual(["P4"]);
  });

  test("when a record is marked delivered that the application never accepted", () => {
    const refused = good.seen.map((one) => (one.record === second.key ? seen(second, 120, { answered: { status: 500, at: 121 } }) : one));
    expect(brokenIn(goodDay({ seen: refused }))).toEqual(["P4"]);
  });

  test("when a record waits and nothing stands before it, or is dead without a reason, or does not come to rest", () => {
    expect(brokenIn(goodDay({ after: inState(second, { state: "waiting" }) }))).toEqual(["P4"]);
    const silent = { kind: "as recorded", sentence: "" } as const;
    expect(brokenIn(goodDay({ after: inState(second, { state: "dead", cause: silent }) }))).toEqual(["P4"]);
    expect(brokenIn(goodDay({ restless: ["one still moves"] }))).toEqual(["P4"]);
  });
});

describe("P5 is broken", () => {
  test("when the ledgers of twins differ by more than their ids", () => {
    const change = (number: number) =>
      good.after.entries.map((one) =>
        one.record === recordOf("contract-b", 2).key ? { ...one, event: { ...one.event, occurredAt: one.event.occurredAt + number } } : one,
      );
    expect(brokenIn(goodDay({ before: snapshot({ entries: change(1) }), after: snapshot({ entries: change(1) }) }))).toEqual(["P5"]);
    expect(brokenIn(goodDay({ before: snapshot({ entries: change(0) }), after: snapshot({ entries: change(0) }) }))).toEqual([]);
  });

  test("when the ledger knows of neither twin", () => {
    const nothing = snapshot({ entries: [] });
    expect(brokenIn(goodDay({ before: nothing, after: nothing }))).toEqual(["P5"]);
  });
});

describe("P6 is broken", () => {
  test("when two of one contract are delivered at the same time", () => {
    const slow = good.seen.map((one) =>
      one.record === first.key && one.arrivedAt < 200 ? seen(first, 110, { answered: { status: 500, at: 125 }, endedAt: 125 }) : one,
    );
    expect(judge(goodDay({ seen: slow })).find(({ promise }) => promise === "P6")?.breaches).toContain(
      "in sandbox/contract-a contract-a-2 was delivered while contract-a-1 still was",
    );
  });
});

describe("P7 is broken", () => {
  test("when a replay writes into the ledger", () => {
    const [one] = good.after.entries;
    const entries = one ? [...good.after.entries, { ...one, event: { ...one.event, id: "again", type: "notice" as const } }] : [];
    expect(brokenIn(goodDay({ after: snapshot({ entries }) }))).toContain("P7");
  });

  test("when a record comes under two ids, two records come under one, or a replayed one does not arrive", () => {
    expect(brokenIn(goodDay({ seen: [...good.seen, seen(first, 310, { idempotencyKey: "another" })] }))).toEqual(["P7"]);
    const shared = good.seen.map((one) => ({ ...one, idempotencyKey: "the same" }));
    expect(brokenIn(goodDay({ seen: shared }))).toEqual(["P7"]);
    expect(brokenIn(goodDay({ seen: without(good.seen, ({ arrivedAt }) => arrivedAt >= 200) }))).toEqual(["P7"]);
  });
});

describe("P8 is broken", () => {
  test("when the application or the ledger learns of a forgery", () => {
    const delivered = seen({ ...first, key: "sandbox/quarantine:1:2:3", sha256: forged }, 150);
    expect(brokenIn(goodDay({ seen: [...good.seen, delivered] }))).toEqual(["P8"]);
    const [one] = good.after.entries;
    const entries = one ? [...good.after.entries, { ...one, contract: "c", record: "sandbox/quarantine:1:2:3" as const }] : [];
    expect(brokenIn(goodDay({ before: snapshot({ entries }), after: snapshot({ entries }) }))).toEqual(["P8"]);
  });

  test("when a forgery is acknowledged against the policy, or without being kept", () => {
    const exchanges = good.exchanges.map((one) => (one.genuine ? one : { ...one, answer: "acknowledged" as const, status: 200 }));
    expect(brokenIn(goodDay({ exchanges }))).toEqual(["P8"]);
    expect(brokenIn(goodDay({ exchanges, accepting: new Set(["sandbox"]) }))).toEqual([]);
    const after = snapshot({ stored: without(good.after.stored, ({ sha256 }) => sha256 === forged) });
    expect(brokenIn(goodDay({ exchanges, accepting: new Set(["sandbox"]), after }))).toEqual(["P8"]);
  });
});

const known = ({ progress }: Evidence["after"], key: string) => {
  const found = progress.get(key);
  if (!found) throw new Error(`no progress of ${key}`);
  return found;
};
