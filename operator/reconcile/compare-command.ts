/** `holdfast reconcile --source S --export FILE...`: what a gateway exported against what is recorded, as a plan. */
import type { ExportKind } from "../../core/reconcile/layout/layout.ts";
import { type Exit, exit } from "../cli/exit.ts";
import type { Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { type CompareOrder, compareWith } from "./compare.ts";
import { printPlan } from "./plan-text.ts";

export const reconcile = async (
  connection: Connection,
  terminal: Terminal,
  order: CompareOrder,
  kinds: readonly ExportKind[],
): Promise<Exit> => {
  const compared = await compareWith(connection, terminal, order, kinds);
  await printPlan(terminal, compared, order);
  const { comparison, files } = compared;
  const isClear =
    comparison.differences.length + comparison.undecided.length === 0 && files.every(({ report }) => report.brokenLines === 0);
  return isClear ? exit.ok : exit.person;
};
