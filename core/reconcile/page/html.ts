/** Text of the report: everything that comes from outside is escaped and made visible. */

import type { Millis } from "../../callback.ts";
import { isoTime } from "../../formats/iso-time.ts";
import { localDateText } from "../../formats/local-time.ts";
import { printableLine } from "../../formats/printable.ts";
import type { Zone } from "../../formats/zone.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const text = (value: string): string => printableLine(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);

export const code = (value: string): string => `<code>${text(value)}</code>`;

/** A day where it begins one in the zone, else the moment. */
export const moment = (at: Millis, zone: Zone): string => `<time datetime="${isoTime(at)}">${text(localDateText(at, zone))}</time>`;

export interface Cell {
  readonly html: string;
  readonly isNumber?: true;
}

export const number = (html: string): Cell => ({ html, isNumber: true });
export const cell = (html: string): Cell => ({ html });

const tag = (name: "td" | "th", { html, isNumber }: Cell): string =>
  `<${name}${name === "th" ? ' scope="col"' : ""}${isNumber ? ' class="number"' : ""}>${html}</${name}>`;

/** So many rows stay together on paper. */
const mostTogether = 6;

/** @param width `long`: on a narrow screen it is moved sideways, for its columns would be too narrow to read */
export const table = (
  caption: string,
  head: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  width: "short" | "long" = "short",
): string =>
  `<div class="wide${width === "long" ? " long" : ""}${rows.length > mostTogether ? "" : " together"}"><table><caption>${text(caption)}</caption><thead><tr>${head.map((one) => tag("th", one)).join("")}</tr></thead><tbody>
${rows.map((row) => `<tr>${row.map((one) => tag("td", one)).join("")}</tr>`).join("\n")}
</tbody></table></div>`;
