/** A mapping file, held against what one may say: every problem names the place, the value and what to write instead. */

import { at } from "../formats/json.ts";
import type { Problem } from "../problems/problem.ts";
import { columnKey, type Layout } from "./layout.ts";
import { columnsRead } from "./layout-columns.ts";
import { contractRule, moneyRule } from "./mapping-rules.ts";

export type CheckedMapping =
  | { readonly kind: "mapping"; readonly layout: Layout }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

export const checkMapping = (value: unknown): CheckedMapping => {
  const about = at(value, "about");
  const problems =
    about === "money" || about === "contracts"
      ? [...(about === "money" ? moneyRule : contractRule)(value, ""), ...together(value)]
      : [
          {
            path: "about",
            value: about,
            message: 'write "money" for a file of charges and refunds, or "contracts" for a list of contracts',
          },
        ];
  if (problems.length > 0) return { kind: "problems", problems };
  const skipped = skippedAndRead(value as Layout);
  return skipped.length > 0 ? { kind: "problems", problems: skipped } : { kind: "mapping", layout: value as Layout };
};

const skippedAndRead = (layout: Layout): readonly Problem[] => {
  const read = new Set(columnsRead(layout).map(columnKey));
  return (layout.skip ?? []).flatMap((name, index) =>
    read.has(columnKey(name))
      ? [{ path: `skip[${index}]`, value: name, message: "another field reads this column; take it out of one of them" }]
      : [],
  );
};

/** What no single field shows. */
const together = (value: unknown): readonly Problem[] => {
  const problems: Problem[] = [];
  if (at(value, "header") === "none" && !Array.isArray(at(value, "columns")))
    problems.push({
      path: "columns",
      value: undefined,
      message: "it is missing; name the columns in their order, since the file does not",
    });
  const ids = ["payment", "refund", "order", "contract", "customer"].map((one) => at(value, one));
  if (at(value, "about") === "money" && ids.every((one) => one === undefined))
    problems.push({
      path: "payment",
      value: undefined,
      message: "it is missing; name the column with the payment's id, or else order, contract or customer",
    });
  const { decimal, group } = (at(value, "numbers", 0) ?? {}) as { readonly decimal?: string; readonly group?: string };
  if (decimal !== undefined && decimal === group)
    problems.push({ path: "numbers[0].group", value: group, message: "it is the decimal sign as well; write another" });
  return problems;
};
