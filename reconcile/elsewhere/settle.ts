/** What agrees is settled by an engine that has both sides; what is left comes back, to be compared by the same rules as ever. */
import type { SettledSum } from "../../core/reconcile/compare/settled.ts";
import type { MoneyLine } from "../../core/reconcile/export-line.ts";
import type { Period } from "../../core/reconcile/sides/our-side.ts";
import { settling } from "../../core/reconcile/sql/settle.ts";
import { lineOfItems, type ReadItem } from "../../io/ledger/scan/line-of-items.ts";
import type { Scan } from "../../io/ledger/scan/scan.ts";
import { contractPartition, linkSortKey } from "../../io/table.ts";

/** Runs SQL over `table_items`, `export_lines` and `waiting_records`. */
export interface SqlEngine {
  /** Makes a table of a query. */
  table(name: string, query: string): Promise<void>;
  rows(query: string): AsyncIterable<readonly (string | null)[]>;
}

export interface Settled {
  readonly sums: readonly SettledSum[];
  /** Texts that names of what is left and names of settled lines have in common. */
  readonly names: readonly string[];
  /** What is left of theirs. */
  readonly lines: AsyncIterable<MoneyLine>;
  /** What is left of ours. */
  readonly scan: Scan;
}

export const settleWith = async (engine: SqlEngine, source: string, period: Period): Promise<Settled> => {
  const partition = contractPartition(source, "");
  const { tables, ...queries } = settling({ partition, link: linkSortKey, ...period });
  for (const { name, query } of tables) await engine.table(name, query);
  const sums: SettledSum[] = [];
  for await (const [currency, lines, minor] of engine.rows(queries.sums))
    sums.push({ currency: currency ?? "", lines: Number(lines), minor: Number(minor) });
  const names: string[] = [];
  for await (const [name] of engine.rows(queries.names)) if (name !== null && name !== undefined) names.push(name);
  return { sums, names, lines: linesOf(engine, queries.lines), scan: scanOf(engine, queries.items) };
};

async function* linesOf(engine: SqlEngine, query: string): AsyncGenerator<MoneyLine> {
  for await (const [line] of engine.rows(query)) yield JSON.parse(line ?? "") as MoneyLine;
}

const scanOf =
  (engine: SqlEngine, query: string): Scan =>
  async (source, visitor) => {
    const places = new Map<string, ReadItem[]>();
    for await (const [place, sk, record, heardAt, event, ids, contracts] of engine.rows(query)) {
      const items = places.get(place ?? "") ?? [];
      places.set(place ?? "", items);
      items.push({
        sk: { S: sk ?? "" },
        source: { S: source },
        contract: { S: place ?? "" },
        record: { S: record ?? "" },
        ...(typeof event === "string" && { event: { S: event } }),
        ...(typeof heardAt === "string" && { heardAt: { N: heardAt } }),
        ids: { SS: listIn(ids) },
        contracts: { SS: listIn(contracts) },
      });
    }
    for (const [place, items] of places) visitor.line(lineOfItems(place, items));
  };

const listIn = (text: string | null | undefined): readonly string[] => (JSON.parse(text || "null") as readonly string[] | null) ?? [];
