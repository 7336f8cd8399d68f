/**
 * What Athena settles, by its own statements on DuckDB over the same files: what is left is compared here, and all together is what comparing everything here gives. And an
 * oracle that shares nothing with it: the members of each kind of difference by a join in plain SQL.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { movementTypes } from "../../../../core/difference/movement-type.ts";
import type { PaymentEvent } from "../../../../core/event.ts";
import type { Entry } from "../../../../core/ledger/entry.ts";
import { type Comparison, comparisonOf } from "../../../../core/reconcile/compare/comparison.ts";
import { withSettled } from "../../../../core/reconcile/compare/settled.ts";
import { noTraces } from "../../../../core/reconcile/compare/traces.ts";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { matchSides } from "../../../../core/reconcile/match/match.ts";
import { createCurrencies } from "../../../../core/reconcile/sides/movements.ts";
import { createOurSide } from "../../../../core/reconcile/sides/our-side.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../../../core/reconcile/sides/their-side.ts";
import { lineRow } from "../../../../core/reconcile/sql/line-row.ts";
import { createRowFiles } from "../../../../io/exports/row-files.ts";
import { entryToItem } from "../../../../io/ledger/ledger-item.ts";
import type { Scan } from "../../../../io/ledger/scan/scan.ts";
import { contractPartition, linkSortKey } from "../../../../io/table.ts";
import { folderAt } from "../../../../io/table-export/folder.ts";
import { readManifest } from "../../../../io/table-export/manifest.ts";
import { createExportScan } from "../../../../io/table-export/scan-export.ts";
import { settleWith } from "../../../../reconcile/elsewhere/settle.ts";
import { readOurSide } from "../../../../reconcile/reading/read-our-side.ts";
import { duckDbEngine, openDuckDb, rowsOf, viewOf } from "../../../support/reconcile/duckdb.ts";
import { type ExportedItem, writeTableExport } from "../../../support/reconcile/table-export.ts";

const source = "shop";
const day = 86_400_000;
const october = Date.UTC(2026, 9, 1);
const period = { from: october, asOf: october + 31 * day };
const db = await openDuckDb();
const home = mkdtempSync(join(tmpdir(), "settle-"));

interface Story {
  readonly lines: readonly MoneyLine[];
  readonly items: readonly ExportedItem[];
  readonly waiting: readonly string[];
}

const filesOf = async ({ lines, items, waiting }: Story) => {
  const folder = mkdtempSync(join(home, "x-"));
  const [rows, held] = [createRowFiles(folder, "lines"), createRowFiles(folder, "waiting")];
  for (const [n, line] of lines.entries()) rows.add(lineRow(line, n));
  for (const record of ["", ...waiting]) held.add({ record });
  rows.close();
  held.close();
  writeTableExport(folder, items, { table: "shop-ledger", at: period.asOf });
  return folder;
};

/** Of a story without scattered payments nothing is read from the ledger itself. */
const ledger = { contract: async () => undefined };

const compareLines = async (
  scan: Scan,
  lines: Iterable<MoneyLine> | AsyncIterable<MoneyLine>,
  {
    waiting,
    names = [],
    used,
  }: { waiting: readonly string[]; names?: readonly string[]; used?: ReturnType<ReturnType<typeof createTheirSide>["names"]> },
): Promise<Comparison> => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  for (const name of names) shared.texts.add(name);
  const theirs = createTheirSide(shared, period.asOf);
  for await (const line of lines) theirs.add(line);
  const ours = createOurSide(shared, period, used ?? theirs.names());
  const view = { asOf: period.asOf, isWaiting: (record: string) => waiting.includes(record) };
  await readOurSide(ledger, scan, { source, shared, ours, view });
  const sides = { shared, ours, theirs };
  return comparisonOf(sides, matchSides(sides), { source, period, covers: new Set(movementTypes), traces: noTraces });
};

const both = async (story: Story) => {
  const folder = await filesOf(story);
  const exported = folderAt(folder);
  const scan = createExportScan({ folder: exported, manifest: await readManifest(exported), work: join(folder, "work") });
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const all = createTheirSide(shared, period.asOf);
  for (const line of story.lines) all.add(line);
  const here = await compareLines(scan, story.lines, { waiting: story.waiting });
  await db.run(viewOf("table_items", join(folder, "data/*.json.gz")));
  await db.run(viewOf("export_lines", join(folder, "lines-*.json.gz")));
  await db.run(viewOf("waiting_records", join(folder, "waiting-*.json.gz")));
  const settled = await settleWith(duckDbEngine(db), source, period);
  const left = await compareLines(settled.scan, settled.lines, { waiting: story.waiting, names: settled.names, used: all.names() });
  return { here, left, settled, elsewhere: withSettled(left, settled.sums) };
};

const line = (payment: readonly string[], changes: Partial<MoneyLine> = {}): MoneyLine => ({
  kind: "money",
  number: 1,
  type: "charge",
  outcome: "done",
  payment,
  amount: { minor: 1_980, currency: "JPY" },
  at: october + day,
  isDay: false,
  ...changes,
});

const entry = (place: string, event: Partial<PaymentEvent> & { readonly id: string }, heardAt?: number): Entry => ({
  source,
  contract: place,
  record: `${source}/${event.id}` as Entry["record"],
  event: { type: "charge.succeeded", gatewayType: "x", occurredAt: october + day, amount: { minor: 1_980, currency: "JPY" }, ...event },
  ...(heardAt !== undefined && { heardAt }),
});

const joined = (id: string, ids: readonly string[], contracts: readonly string[] = []): ExportedItem => ({
  pk: { S: contractPartition(source, id) },
  sk: { S: linkSortKey },
  ids: { SS: [...ids] },
  ...(contracts.length > 0 && { contracts: { SS: [...contracts] } }),
});

/** A small world in which everything has to do with everything: few ids, amounts and moments. */
const stories: fc.Arbitrary<Story> = (() => {
  const id = fc.constantFrom("p1", "p2", "p3", "p4", "p5", "p6");
  const amount = fc.constantFrom({ minor: 1_980, currency: "JPY" }, { minor: 500, currency: "JPY" }, { minor: 1_980, currency: "USD" });
  const at = fc.constantFrom(october - 40 * day, october + day, october + day + 1_000, october + 20 * day, period.asOf + day);
  const order = fc.option(fc.constantFrom("o1", "o2"), { nil: undefined });
  const lines = fc.array(
    fc
      .record({
        payment: fc.oneof({ weight: 6, arbitrary: fc.tuple(id) }, fc.uniqueArray(id, { maxLength: 2 })),
        type: fc.oneof({ weight: 6, arbitrary: fc.constant("charge" as const) }, fc.constantFrom("refund" as const, "void" as const)),
        outcome: fc.oneof({ weight: 8, arbitrary: fc.constant("done" as const) }, fc.constant("failed" as const)),
        ...{ amount, at, order },
        refund: fc.option(fc.constantFrom("r1", "r2"), { nil: undefined }),
        contract: fc.option(fc.constantFrom("c1", "c2"), { nil: undefined }),
        refunded: fc.option(fc.constant({ minor: 500, currency: "JPY" }), { nil: undefined, freq: 9 }),
      })
      .map(({ payment, type, refund, refunded, order: name, contract, ...rest }) =>
        line(payment, {
          ...{ type, ...rest },
          ...(type === "refund" && refund !== undefined && { refund }),
          ...(type === "charge" && refunded && { refunded }),
          ...(name !== undefined && { order: name }),
          ...(contract !== undefined && { contract }),
        }),
      )
      .filter(({ payment, order: name, contract, refund }) => payment.length > 0 || (name ?? contract ?? refund) !== undefined)
      .filter((one) => one.at < period.asOf),
    { maxLength: 9 },
  );
  const events = fc.array(
    fc.record({
      place: fc.oneof({ weight: 3, arbitrary: fc.constantFrom("c1", "c2", "c3") }, fc.constant(undefined)),
      charge: id,
      also: fc.option(id, { nil: undefined, freq: 4 }),
      type: fc.oneof(
        { weight: 8, arbitrary: fc.constant("charge.succeeded" as const) },
        fc.constantFrom(
          "charge.refunded" as const,
          "charge.voided" as const,
          "charge.failed" as const,
          "contract.renewed" as const,
          "charge.authorized" as const,
          "dispute.lost" as const,
        ),
      ),
      ...{ amount, at, order },
      late: fc.option(fc.constant(3 * day), { nil: undefined, freq: 6 }),
    }),
    { maxLength: 9 },
  );
  return fc.record({ lines, events, held: fc.nat(30) }).map(({ lines: some, events: told, held }) => {
    const items = told.map(({ place, charge, also, type, amount: money, at: moment, order: name, late }, index) =>
      entryToItem(
        entry(
          place ?? charge,
          {
            ...{ id: `e${index}`, type, charge, amount: money, occurredAt: moment },
            ...(place !== undefined && { contract: place }),
            ...(also !== undefined && { alsoKnownAs: [also] }),
            ...(name !== undefined && { order: name }),
            ...(type === "charge.refunded" && { refund: "r1" }),
            ...(type === "dispute.lost" && { dispute: "d1" }),
          },
          late === undefined ? undefined : moment + late,
        ),
      ),
    );
    // As the ledger joins them: of a payment with a contract, its ids lead there.
    const links = [...Map.groupBy(told, ({ charge }) => charge)].map(([charge, of]) =>
      joined(charge, [charge, ...of.flatMap(({ also }) => also ?? [])], [...new Set(of.flatMap(({ place }) => place ?? []))]),
    );
    return { lines: some, items: [...items, ...links] as ExportedItem[], waiting: held < told.length ? [`${source}/e${held}`] : [] };
  });
})();

test("what is settled elsewhere and compared here is, all together, what comparing everything here gives", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const { here, elsewhere } = await both(story);
      expect(elsewhere).toEqual(here);
    }),
    { numRuns: Number(process.env.SETTLE_RUNS ?? 30) },
  );
});

/** Beside a plain payment, which is settled, one that is not: told by these events, and exported by this line. */
const notPlain: readonly (readonly [what: string, events: readonly Entry[], changes?: Partial<MoneyLine>, waiting?: readonly string[]])[] =
  [
    ["its record waits", [entry("c2", { id: "x", charge: "p2", contract: "c2" })], {}, [`${source}/x`]],
    ["it came late", [entry("c2", { id: "x", charge: "p2", contract: "c2" }, october + 4 * day)]],
    ["another amount", [entry("c2", { id: "x", charge: "p2", contract: "c2", amount: { minor: 500, currency: "JPY" } })]],
    ["another currency", [entry("c2", { id: "x", charge: "p2", contract: "c2", amount: { minor: 1_980, currency: "USD" } })]],
    [
      "one unit, which is a card check",
      [entry("p2", { id: "x", charge: "p2", amount: { minor: 1, currency: "JPY" } })],
      { amount: { minor: 1, currency: "JPY" } },
    ],
    [
      "it was voided",
      [
        entry("c2", { id: "x", charge: "p2", contract: "c2" }),
        entry("c2", { id: "y", charge: "p2", contract: "c2", type: "charge.voided", occurredAt: october + 2 * day }),
      ],
    ],
    ["it failed", [entry("c2", { id: "x", charge: "p2", contract: "c2", type: "charge.failed" })]],
    [
      "another payment of its contract is not in the export",
      [entry("c2", { id: "x", charge: "p2", contract: "c2" }), entry("c2", { id: "y", charge: "p3", contract: "c2" })],
    ],
    [
      "two payments share an id",
      [
        entry("c2", { id: "x", charge: "p2", contract: "c2", alsoKnownAs: ["i"] }),
        entry("c3", { id: "y", charge: "p3", contract: "c3", alsoKnownAs: ["i"] }),
      ],
    ],
    [
      "its line says what went back",
      [entry("c2", { id: "x", charge: "p2", contract: "c2" })],
      { refunded: { minor: 500, currency: "JPY" } },
    ],
    ["its line is a refund", [entry("c2", { id: "x", charge: "p2", contract: "c2" })], { type: "refund", refund: "r" }],
  ];

const leftHere = notPlain.map(([what, events, changes = {}, waiting = []]) => ({ what, events, changes, waiting }));

test.each(leftHere)("it is left to be compared here where $what", async ({ events, changes, waiting }) => {
  const plain = entry("c1", { id: "plain", charge: "p1", contract: "c1" });
  const story = { lines: [line(["p1"]), line(["p2"], changes)], items: [plain, ...events].map(entryToItem) as ExportedItem[], waiting };
  const { here, elsewhere, settled } = await both(story);
  expect(elsewhere).toEqual(here);
  expect(settled.sums).toEqual([{ currency: "JPY", lines: 1, minor: 1_980 }]);
});

const kinds = [
  "alike",
  "alike",
  "alike",
  "missing here",
  "missing there",
  "amount",
  "currency",
  "twice",
  "after the moment",
  "before the first",
  "renamed",
] as const;
type Kind = (typeof kinds)[number];

/** One payment of each contract, and what is wrong with it. */
const storyOf = (planted: readonly Kind[]): Story => {
  const lines: MoneyLine[] = [];
  const items: ExportedItem[] = [];
  for (const [index, kind] of planted.entries()) {
    const [charge, contract, at] = [`ch_${index}`, `sub_${index}`, october + (index % 30) * day + index];
    const amount = { minor: 1_000 + (index % 50), currency: "JPY" };
    const told = kind === "after the moment" ? period.asOf + index : kind === "before the first" ? october - day : at;
    if (kind !== "missing here")
      items.push(
        entryToItem(entry(contract, { id: `e${index}`, charge, contract, amount, occurredAt: told, alsoKnownAs: [`pi_${index}`] })),
      );
    if (kind === "missing there" || kind === "after the moment" || kind === "before the first") continue;
    const wrong =
      kind === "amount" ? { ...amount, minor: amount.minor + 1 } : kind === "currency" ? { ...amount, currency: "USD" } : amount;
    const one = line([kind === "renamed" ? `pi_${index}` : charge], { amount: wrong, at, number: lines.length + 2 });
    lines.push(one, ...(kind === "twice" ? [{ ...one, number: one.number + 1 }] : []));
  }
  return { lines, items, waiting: [] };
};

/** The whole comparison of charges by their ids, as one join. */
const oracle = `with
theirs as (select t.id, count(distinct n) as times, min(minor) as minor, min(currency) as currency
  from export_lines cross join unnest(ids) as t(id) group by t.id),
events as (select json_extract_scalar(item.event.s, '$.charge') as charge, cast(json_extract(item.event.s, '$.alsoKnownAs') as array(varchar)) as also,
  cast(json_extract_scalar(item.event.s, '$.amount.minor') as bigint) as minor, json_extract_scalar(item.event.s, '$.amount.currency') as currency,
  cast(json_extract_scalar(item.event.s, '$.occurredAt') as bigint) as happened from table_items where item.event.s is not null),
ours as (select e.charge, e.minor, e.currency, e.happened, max(t.id) as line_id from events as e
  left join theirs as t on t.id = e.charge or t.id = e.also[1] where e.happened < ${period.asOf} group by e.charge, e.minor, e.currency, e.happened)
select 'missing here', t.id from theirs as t left join ours as o on o.line_id = t.id where o.charge is null
union all select 'missing there', charge from ours where line_id is null and happened >= ${period.from}
union all select 'currency', o.line_id from ours as o join theirs as t on t.id = o.line_id where t.currency <> o.currency
union all select 'amount', o.line_id from ours as o join theirs as t on t.id = o.line_id where t.currency = o.currency and t.minor <> o.minor
union all select 'twice', id from theirs where times > 1`;

const kindOf = ({ symptom, cause }: Comparison["differences"][number]): string => {
  if (symptom === "missing") return cause === "never sent" ? "missing here" : "missing there";
  if (symptom === "duplicate") return "twice";
  return symptom === "currency" ? "currency" : "amount";
};

const membersOf = (comparison: Comparison) => comparison.differences.map((one) => `${kindOf(one)} ${one.names.payment[0]}`).sort();

test("each kind of difference has the members that a join in plain SQL gives it", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...kinds), { maxLength: 25 }), async (planted) => {
      const { here, elsewhere } = await both(storyOf(planted));
      expect(membersOf(here)).toEqual((await rowsOf(db, oracle)).map((row) => row.join(" ")).sort());
      expect(elsewhere).toEqual(here);
    }),
    { numRuns: 12 },
  );
});

test("of 5,000 payments too, of which only what is not settled has to be compared here", { timeout: 300_000 }, async () => {
  const planted = Array.from(
    { length: 5_000 },
    (_, index): Kind => (index % 40 === 0 ? (kinds[(index / 40) % kinds.length] as Kind) : "alike"),
  );
  const { here, left, elsewhere } = await both(storyOf(planted));
  const members = membersOf(here);
  expect(members).toEqual((await rowsOf(db, oracle)).map((row) => row.join(" ")).sort());
  expect(members.length).toBeGreaterThan(50);
  expect(elsewhere).toEqual(here);
  expect(left.lines).toBeLessThan(100);
  expect(here.lines).toBeGreaterThan(4_700);
});
