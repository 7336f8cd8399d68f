/** Where exports are put in the bucket, and where what is said of them is. */
import type { Millis } from "../../callback.ts";
import { dayOf } from "../../formats/iso-time.ts";

export const exportsPrefix = "exports/";
/** Not under the other one: a report that were an export would be compared, forever. */
export const reportsPrefix = "reports/";

export type ExportPlace =
  /** `exports/stripe-jp/october.csv`. */
  | { readonly kind: "file"; readonly source: string; readonly name: string }
  /** `exports/stripe-jp/2026-10/part-1.csv`: all files of that folder are one export. */
  | { readonly kind: "folder"; readonly source: string; readonly name: string; readonly prefix: string }
  /** `exports/october.csv`. */
  | { readonly kind: "no source" }
  /** What consoles make for a folder that is empty. */
  | { readonly kind: "nothing" };

/** @param key one that begins with `exports/` */
export const exportPlace = (key: string): ExportPlace => {
  if (!key.startsWith(exportsPrefix) || key.endsWith("/")) return { kind: "nothing" };
  const [source = "", name, ...further] = key.slice(exportsPrefix.length).split("/");
  if (name === undefined || source === "") return { kind: "no source" };
  if (further.length === 0) return { kind: "file", source, name };
  const folder = [name, ...further.slice(0, -1)].join("/");
  return { kind: "folder", source, name: folder, prefix: `${exportsPrefix}${source}/${folder}/` };
};

/** Letters, digits and what needs no escaping anywhere; the rest is in the report itself. */
const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80) || "export";

/** Where the report of one export is, without the end that says how it is written. The same content of the same day has the same place. */
export const reportPlace = ({
  source,
  name,
  at,
  hash,
}: {
  readonly source: string;
  readonly name: string;
  readonly at: Millis;
  /** Of what it was made from. */
  readonly hash: string;
}): string => `${reportsPrefix}${plain(source)}/${dayOf(at)}-${plain(name)}-${plain(hash).slice(0, 12)}`;
