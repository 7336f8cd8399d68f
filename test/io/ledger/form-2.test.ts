/**
 * What version 0.1.0 writes into the ledger table: every state, with and without its optional fields, and every kind of cause.
 *
 * `fixtures/form-2.json` was written once, by the code of that version, and is never regenerated or corrected: such items are in the tables
 * of those who have deployed it. Where a field that a newer version requires is missing in them, `progressFromItem` has to supply it.
 */
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import picocolors from "picocolors";
import { afterAll, describe, expect, test } from "vitest";
import { can, type EventName, events } from "../../../core/lifecycle/events.ts";
import { causeOf, type Progress } from "../../../core/lifecycle/progress.ts";
import { storedAtOf } from "../../../core/record.ts";
import { digest } from "../../../core/signature.ts";
import type { Item } from "../../../io/item.ts";
import { progressFromItem, progressToItem } from "../../../io/ledger/ledger-item.ts";
import type { OpenClass } from "../../../io/table.ts";
import { jsonRow, listCsv, listRow } from "../../../operator/query/record-row.ts";
import { createCompiler } from "../../mutants/compiler.ts";
import { createStores } from "../../support/aws/stores.ts";
import { happen } from "../../support/every-event.ts";
import recorded from "./fixtures/form-2.json" with { type: "json" };

const items = recorded.items as unknown as readonly Item[];
const writtenIn = (item: Item): Progress => JSON.parse(item.progress?.S ?? "");
const nameOf = (item: Item): string => {
  const cause = causeOf(writtenIn(item));
  return `${writtenIn(item).key}, ${writtenIn(item).state}${cause ? `: ${"last" in cause && cause.last ? `${cause.kind}, ${cause.last.kind}` : cause.kind}` : ""}`;
};
const named = items.map((item) => [nameOf(item), item] as const);

/** Each event that can happen to it, and what it is then. */
const nextOf = (progress: Progress): readonly (readonly [event: EventName, next: Progress])[] =>
  (Object.keys(events) as EventName[]).flatMap((event) =>
    can(event, progress) ? [[event, (happen[event] as (progress: Progress) => Progress)(progress)] as const] : [],
  );

test("the file is the one that version wrote", () => {
  expect(digest("sha256", [JSON.stringify(recorded)])).toBe("ec58fbb86c85f1c056519c80b558e7e9953e4b4d273dc23fba5c957f6e0d7baf");
});

describe("today's code asks of a record's progress no more than is read from them", () => {
  const path = "test/io/ledger/form-2.test.ts";
  const compiler = createCompiler(process.cwd(), [path]);
  afterAll(() => compiler.close());
  const imported = 'import type { Progress } from "../../../core/lifecycle/progress.ts";';

  test.each(named)("%s", (_, item) => {
    const read = JSON.stringify(progressFromItem(item));
    expect(compiler.compiles(path, `${imported}\nconst read = ${read} as const;\nexport const progress: Progress = read;\n`)).toBe(true);
  });
});

describe.each(named)("%s", (_, item) => {
  const written = writtenIn(item);
  const progress = progressFromItem(item);

  test("is the same record in the same state, for the same cause, and as due as it was", () => {
    const { key, source, state, order, group, contracts, epoch, revision, attempts, applied, inLine } = written;
    expect(progress).toMatchObject({ key, source, state, order, group, contracts, epoch, revision, attempts, applied, inLine });
    expect(causeOf(progress)).toEqual(causeOf(written));
    const { open, dueAt } = progressToItem(progress);
    expect([open, dueAt]).toEqual([item.open, item.dueAt]);
  });

  test("is listed, with a sentence where it has a cause", () => {
    const found = { key: progress.key, storedAt: storedAtOf(progress), progress };
    expect(jsonRow(found)).toMatchObject({ key: written.key, state: written.state, attempts: written.attempts });
    expect(jsonRow(found).reason !== null).toBe(causeOf(written) !== undefined);
    const shown = JSON.stringify([listRow(found, picocolors.createColors(false)), listCsv(found), jsonRow(found)]);
    expect(shown).not.toMatch(/undefined|NaN|Invalid Date/);
  });

  test("can take every next transition of its state, and is read the same afterwards", () => {
    const next = nextOf(progress);
    expect(next.map(([event]) => event)).toContain("erase");
    for (const [event, after] of next) {
      const { to } = events[event];
      expect(to === "same" ? [written.state] : to).toContain(after.state);
      expect(progressFromItem(progressToItem(after))).toEqual(after);
    }
  });
});

test("they are found in the table by their class, and each takes its next transition on the revision that it has there", async () => {
  const { client, aws, ledger, open } = await createStores();
  for (const item of items) await client.send(new PutItemCommand({ TableName: aws.ledgerTable, Item: item }));
  const classes: readonly OpenClass[] = ["due", "unverified", "waiting", "held app", "dead"];
  for (const kind of classes) {
    const keys = items.filter((item) => item.open?.S?.startsWith(`${kind}#`)).map((item) => writtenIn(item).key);
    expect(keys.length).toBeGreaterThan(0);
    expect((await open.due(kind, Number.MAX_SAFE_INTEGER, items.length)).map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  }
  for (const [at, item] of items.entries()) {
    const known = await ledger.progress(writtenIn(item).key);
    if (!known) throw new Error("it is gone");
    const possible = nextOf(known);
    const [event, next] = possible[at % possible.length] ?? [];
    if (!next) throw new Error(`nothing can happen to ${nameOf(item)}`);
    const saved = { kind: "saved", progress: { ...next, revision: known.revision + 1 } };
    expect([event, await ledger.save(next, known)]).toEqual([event, saved]);
    expect(await ledger.progress(known.key)).toEqual(saved.progress);
  }
});
