/** What a layout's readers are compiled with. */

import type { DateRule, Layout } from "../../mapping/layout.ts";
import type { NumberForm } from "../../values/number-text.ts";
import type { LeftOut, Reading } from "../export-line.ts";
import type { Cells } from "./cells/cells.ts";
import type { Columns } from "./cells/columns.ts";
import type { LineProblem } from "./cells/problem.ts";
import { dateRuleReader, type ReadLineDate, ruleFor } from "./rules/date-rule.ts";
import type { Stated } from "./rules/stated.ts";

/** What was decided for a whole file: by its lines, or by an operator. */
export interface Decided {
  /** Of each date rule with alternatives, the format. */
  readonly formats: ReadonlyMap<DateRule, string>;
  readonly numbers?: NumberForm;
}

export interface Setting {
  readonly columns: Columns;
  readonly stated: Stated;
  readonly decided: Decided;
}

export type ReadLine = (cells: Cells, number: number) => Reading;

export const leftOut = (number: number, why: LeftOut): Reading => ({ kind: "left out", number, why });

export const broken = (number: number, problem: LineProblem): Reading => ({ kind: "broken", number, problem });

/** By the rule that the file has columns for; nothing where it has none. */
export const dateReaderIn = (layout: Layout, rules: Layout["at"], { columns, stated, decided }: Setting): ReadLineDate => {
  const rule = ruleFor(rules, columns);
  if (!rule) return () => undefined;
  return dateRuleReader(rule, columns, { stated, format: decided.formats.get(rule), zones: layout.zones });
};
