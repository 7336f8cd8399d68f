/** Lines about contracts: what state each is in at the gateway. */

import type { ContractLayout } from "../../mapping/layout.ts";
import { idColumnNames } from "../../mapping/layout-columns.ts";
import type { ContractLine } from "../export-line.ts";
import type { ReadDate } from "./rules/date-rule.ts";
import { partiesReader } from "./rules/ids.ts";
import { isUnknown, wordIn } from "./rules/word-rule.ts";
import { broken, dateReaderIn, type ReadLine, type Setting } from "./setting.ts";

export const contractReader = (layout: ContractLayout, setting: Setting): ReadLine => {
  const { columns } = setting;
  const stateOf = wordIn(layout.state, columns, undefined);
  const parties = partiesReader(layout, columns);
  const [began, ended] = [dateReaderIn(layout, layout.at, setting), dateReaderIn(layout, layout.endedAt, setting)];
  const named = idColumnNames({ ...layout, customer: [], order: [], line: [] });
  return (cells, number) => {
    const state = stateOf(cells);
    if (isUnknown(state)) return { kind: "left out", number, why: state };
    const own = parties(cells, "other");
    if ("kind" in own) return broken(number, own);
    const { contract } = own;
    if (contract === undefined) return broken(number, { kind: "no id", columns: named });
    const [at, endedAt] = [began(cells), ended(cells)];
    for (const date of [at, endedAt]) if (date && "kind" in date) return broken(number, date);
    const line: ContractLine = {
      kind: "contract",
      number,
      ...own,
      contract,
      state: state as ContractLine["state"],
      ...(at && { at: (at as ReadDate).at }),
      ...(endedAt && { endedAt: (endedAt as ReadDate).at }),
    };
    return line;
  };
};
