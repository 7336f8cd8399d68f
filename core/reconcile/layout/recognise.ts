/**
 * Which export a file is, by its first lines: a header that has all columns of a kind, or, where a kind has no header, lines that look like its own.
 * The charset and the separator under which one is found are the file's.
 */
import { columnKey, type ExportKind, type Layout } from "../../mapping/layout.ts";

/** The first lines of a file, as they read under one charset and separator. */
export interface Head {
  readonly charset: string;
  readonly separator: string;
  readonly rows: readonly (readonly string[])[];
}

export type Candidate = Layout | ExportKind;

export interface Found<Kind extends Candidate = Candidate> {
  readonly layout: Kind;
  readonly head: Head;
  /** The columns. */
  readonly header: readonly string[];
  /** Which of the head's rows names them; -1 when none does. */
  readonly row: number;
}

export type Recognised =
  | ({ readonly kind: "found" } & Found)
  /** Several fit equally well. */
  | { readonly kind: "several"; readonly layouts: readonly Candidate[] }
  /** None fits. What comes nearest, and what it lacks. */
  | { readonly kind: "none"; readonly nearest?: Nearest };

export interface Nearest {
  readonly layout: Candidate;
  readonly lacks: readonly string[];
  /** The columns of the row that comes nearest. */
  readonly header: readonly string[];
}

/** The columns by which a layout is known. A mapping is known by those that its author says it has. */
const signatureOf = (layout: Candidate): readonly string[] => ("has" in layout ? layout.has : requiredColumns(layout));

/** @param kinds tried all; of those that fit the one with most columns of its own counts */
export const recognise = (heads: readonly Head[], kinds: readonly Candidate[]): Recognised => {
  const found = heads.flatMap((head) => kinds.flatMap((layout) => foundIn(layout, head) ?? []));
  if (found.length === 0) return { kind: "none", ...nearestIn(heads, kinds) };
  const most = Math.max(...found.map(({ layout }) => signatureOf(layout).length));
  const best = found.filter(({ layout }) => signatureOf(layout).length === most).sort((one, other) => doubtOf(one) - doubtOf(other));
  const layouts = [...new Set(best.map(({ layout }) => layout))];
  return layouts.length > 1 ? { kind: "several", layouts } : { kind: "found", ...(best[0] as Found) };
};

/** A header in plain letters reads the same under every charset: then it is the layout's own, or UTF-8, in which what is damaged shows. */
const doubtOf = ({ layout, head }: Found): number => (head.charset === layout.charset ? 0 : head.charset === "utf-8" ? 1 : 2);

const foundIn = (layout: Candidate, head: Head): Found | undefined => {
  if (layout.separator !== undefined && layout.separator !== head.separator) return undefined;
  if (layout.header === "none") return withoutHeader(layout, head);
  const row = head.rows.findIndex(
    (cells, index) => (typeof layout.header !== "number" || layout.header === index + 1) && isHeaderOf(layout, cells),
  );
  return row < 0 ? undefined : { layout, head, header: head.rows[row] as readonly string[], row };
};

const isHeaderOf = (layout: Candidate, cells: readonly string[]): boolean => {
  if (layout.records && !layout.records.header.includes(cells[layout.records.position]?.trim() ?? "")) return false;
  const keys = new Set(cells.map(columnKey));
  return (
    signatureOf(layout).every((name) => keys.has(columnKey(name))) &&
    !("lacks" in layout && layout.lacks?.some((name) => keys.has(columnKey(name))))
  );
};

/** Its columns are counted, and its first line has to look like one. Where somebody has put the names above it, they are the header. */
const withoutHeader = (layout: Candidate, head: Head): Found | undefined => {
  const { columns = [] } = layout;
  const row = head.rows.findIndex((cells) => cells.some((cell) => cell.trim() !== ""));
  const first = head.rows[row];
  if (!first || first.length !== columns.length) return undefined;
  const keys = new Set(first.map(columnKey));
  if (columns.every((name) => keys.has(columnKey(name)))) return { layout, head, header: first, row };
  const patterns = "has" in layout ? layout.has : [];
  const looksLikeIt = patterns.every((pattern, index) => new RegExp(`^(?:${pattern})$`, "u").test(first[index]?.trim() ?? ""));
  return looksLikeIt ? { layout, head, header: columns, row: -1 } : undefined;
};

/** More columns than this may not be missing: it is another file altogether. */
const mostMissing = 0.5;

const nearestIn = (heads: readonly Head[], kinds: readonly Candidate[]): { readonly nearest?: Nearest } => {
  const lacking = heads.flatMap(({ rows }) =>
    rows.flatMap((cells) => {
      const keys = new Set(cells.map(columnKey));
      return kinds
        .filter(({ header }) => header !== "none")
        .map((layout) => ({
          layout,
          header: cells,
          lacks: signatureOf(layout).filter((name) => !keys.has(columnKey(name))),
          of: signatureOf(layout).length,
        }));
    }),
  );
  const near = lacking
    .filter(({ lacks, of }) => lacks.length > 0 && lacks.length <= of * mostMissing)
    .sort((one, other) => one.lacks.length / one.of - other.lacks.length / other.of);
  const [first] = near;
  return first ? { nearest: { layout: first.layout, lacks: first.lacks, header: first.header } } : {};
};

/** What a mapping cannot do without: where it names several columns for one thing, any of them will do, and it is known by the others. */
export const requiredColumns = (layout: Layout): readonly string[] => {
  const only = (names: readonly string[]): readonly string[] => (names.length === 1 ? names : []);
  const ids = [layout.about === "money" ? layout.payment : undefined, layout.contract].flatMap((columns = []) =>
    columns.length === 1 ? columns.map((one) => (typeof one === "string" ? one : one.column)) : [],
  );
  if (layout.about === "contracts") return [...ids, ...only(layout.state.column)];
  const { at, amount, currency, type } = layout;
  const dates = at.length === 1 ? at.flatMap(({ columns }) => columns) : [];
  const amounts = "add" in amount ? amount.add : "debit" in amount ? [amount.debit, amount.credit] : only(amount.column);
  return [
    ...new Set([
      ...ids,
      ...dates,
      ...amounts,
      ...(typeof currency === "object" ? only(currency.column) : []),
      ...(type ? only(type.column) : []),
    ]),
  ];
};
