/** What commit 678ba76 has left in a ledger table and in the queues, one of each shape, recorded from a stack that ran it. */
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { readDoorbell } from "../../../core/lifecycle/doorbell.ts";
import { can } from "../../../core/lifecycle/events.ts";
import { answerOf, causeOf, dueAtOf, failingSinceOf, heldBy, isSettled, type Progress } from "../../../core/lifecycle/progress.ts";
import { discard, replay } from "../../../core/lifecycle/transitions/operator.ts";
import { isUnverifiedKey } from "../../../core/record.ts";
import type { Item } from "../../../io/item.ts";
import { progressFromItem, progressToItem } from "../../../io/ledger/ledger-item.ts";
import type { OldProgress } from "../../../io/ledger/old-progress.ts";
import { createStores } from "../../support/aws/stores.ts";
import { noon } from "../../support/samples.ts";
import recorded from "./fixtures/version-0.1.json" with { type: "json" };

const items = recorded.items as unknown as readonly Item[];
const oldOf = (item: Item): OldProgress => JSON.parse(item.progress?.S ?? "");
const named = items.map((item) => [`${oldOf(item).state}, ${oldOf(item).reason ?? "no reason"}`, item] as const);
const sentence = (progress: Progress) => {
  const cause = causeOf(progress);
  return cause && sentenceOf(cause);
};

test("all states that version had are among the recorded items", () => {
  expect([...new Set(items.map((item) => oldOf(item).state))].toSorted()).toEqual([
    "applied",
    "dead",
    "delivered",
    "discarded",
    "ignored",
    "retrying",
    "scheduled",
    "stored",
    "waiting",
  ]);
});

describe.each(named)("%s", (_, item) => {
  const old = oldOf(item);
  const progress = progressFromItem(item);

  test("is the same record in the same state, but that what was not failing is ready", () => {
    const { key, source, group, order, contracts, epoch, revision, attempts, applied, inLine } = old;
    expect(progress).toMatchObject({ key, source, group, order, contracts, epoch, revision, attempts, applied, inLine });
    expect(progress.state).toBe(old.state === "retrying" && old.failingSince === undefined ? "ready" : old.state);
  });

  test("has the same sentence, and is due and found where it was", () => {
    expect(sentence(progress)).toBe(old.reason);
    expect(heldBy(progress)).toBe(old.held);
    expect(dueAtOf(progress)).toBe(old.dueAt);
    // What waits to be verified has a part of the index of its own since then; the sweep moves it there.
    if (isUnverifiedKey(progress.key) && old.state === "stored")
      expect(progressToItem(progress).open?.S).toBe(item.open?.S?.replace("due", "unverified"));
    else expect([progressToItem(progress).open, progressToItem(progress).dueAt]).toEqual([item.open, item.dueAt]);
    if (["retrying", "scheduled", "dead"].includes(old.state)) expect(failingSinceOf(progress)).toBe(old.failingSince);
    if (["retrying", "scheduled", "dead", "delivered"].includes(old.state)) expect(answerOf(progress)).toBe(old.answer);
  });

  test("is read the same once it was written again", () => {
    expect(progressFromItem(progressToItem(progress))).toEqual(progress);
  });
});

test("they are found in the table, and a decision about one is saved on the revision it has there", async () => {
  const { client, aws, ledger, open } = await createStores();
  for (const item of items) await client.send(new PutItemCommand({ TableName: aws.ledgerTable, Item: item }));
  const dead = items.filter((item) => oldOf(item).state === "dead").map((item) => oldOf(item).key);
  expect((await open.due("dead", Number.MAX_SAFE_INTEGER, 100)).map(({ key }) => key).toSorted()).toEqual(dead.toSorted());
  expect(await open.count("held flaky")).toBe(2);
  for (const item of items) {
    const known = await ledger.progress(oldOf(item).key);
    if (!known) throw new Error("it is gone");
    const next = can("replay", known) ? replay(known, { contracts: ["sub_1"] }, noon) : undefined;
    if (!next) continue;
    expect(await ledger.save(next, known)).toEqual({ kind: "saved", progress: { ...next, revision: known.revision + 1 } });
    expect(await ledger.progress(known.key)).toMatchObject({ state: "ready", cause: { kind: "replayed" } });
    if (!isSettled(known.state) && can("discard", known))
      expect((await ledger.save(discard(known, { by: "ann", why: "a test" }, noon), known)).kind).toBe("overtaken");
  }
});

test("dead letters and doorbells that it has left in the queues are read", () => {
  expect(recorded.deadLetters.length).toBeGreaterThan(0);
  for (const text of [...recorded.deadLetters, ...recorded.doorbells]) {
    const { key, source, group, epoch } = JSON.parse(text);
    expect(readDoorbell(text)).toEqual({ key, source, group, epoch });
  }
});
