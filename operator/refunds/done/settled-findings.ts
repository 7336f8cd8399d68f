/** Findings of which nothing is left to give back: they close when the gateway says so, or when an operator does. */
import { isOpen } from "../../../core/findings/lifecycle/stored.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { Connection } from "../../connect/connect.ts";
import { answer, recordsOfStack } from "../select/answer.ts";
import { newReport } from "../select/question.ts";
import type { Deed } from "./plan.ts";

const together = 16;

/** Of the open findings beside what was given back, those that are settled. Sorted. */
export const settledFindings = async (
  connection: Connection,
  deeds: readonly Pick<Deed, "place" | "account">[],
): Promise<readonly string[]> => {
  const places = new Map(
    deeds
      .flatMap(({ place, account }) => [place, ...(account === undefined ? [] : [{ account }])])
      .map((place) => [JSON.stringify(place), place] as const),
  );
  const ids = new Set<string>();
  for (const some of inGroups([...places.values()], together))
    for (const { kept } of await Promise.all(some.map((place) => connection.findings.beside(place))))
      for (const one of kept) if (isOpen(one)) ids.add(one.finding.id);
  const settled: string[] = [];
  for (const some of inGroups([...ids], together))
    for (const [at, isSettled] of (await Promise.all(some.map((id) => hasNothingLeft(connection, id)))).entries())
      if (isSettled) settled.push(some[at] as string);
  return settled.sort();
};

/** It is about money that was taken, and all of that has gone back or was given back by hand. */
const hasNothingLeft = async (connection: Connection, id: string): Promise<boolean> => {
  const records = recordsOfStack(connection, connection.clock());
  const report = newReport();
  let [payments, left] = [0, 0];
  const question = { findings: [id], classes: [], accounts: [] };
  for await (const { lines, nothing, unpriced } of answer(connection, question, report, records)) {
    payments += nothing.length + lines.length;
    left += lines.filter((line) => line.left > 0).length + unpriced.length + nothing.filter(({ why }) => why === "amount unknown").length;
  }
  return payments > 0 && left === 0 && report.notes.length === 0;
};
