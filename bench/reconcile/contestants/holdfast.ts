/** As the command does it, but for where our side comes from. */
import { comparisonOf } from "../../../core/reconcile/compare/comparison.ts";
import type { Difference } from "../../../core/reconcile/compare/difference.ts";
import { noTraces } from "../../../core/reconcile/compare/traces.ts";
import { matchSides } from "../../../core/reconcile/match/match.ts";
import { createCurrencies } from "../../../core/reconcile/sides/movements.ts";
import { createOurSide } from "../../../core/reconcile/sides/our-side.ts";
import { createTexts } from "../../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../../core/reconcile/sides/their-side.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { fileAt } from "../../../io/exports/file.ts";
import { openExport, readExport } from "../../../io/exports/read-export.ts";
import { type PlantedClass, payments, periodOf } from "../story.ts";
import type { Contestant } from "./contestant.ts";

export const holdfast: Contestant = async (file, story) => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const period = periodOf(story);
  const theirs = createTheirSide(shared, period.asOf);
  const opened = await openExport(await fileAt(file), { kinds: exportKinds, stated: {} });
  await readExport(opened, {}, (line) => {
    if (line.kind === "money") theirs.add(line);
  });
  const ours = createOurSide(shared, period, theirs.names());
  for (const payment of payments(story)) ours.add(payment);
  const sides = { shared, ours, theirs };
  const settings = { source: "stripe", period, covers: new Set(["charge", "refund"] as const), traces: noTraces };
  const { matched, differences } = comparisonOf(sides, matchSides(sides), settings);
  const of = (name: PlantedClass): readonly string[] =>
    differences.filter((one) => classOf(one) === name).map(({ names }) => names.payment[0] ?? "");
  return {
    matched,
    "missing here": of("missing here"),
    "missing there": of("missing there"),
    "amount differs": of("amount differs"),
    "line twice": of("line twice"),
  };
};

const classOf = ({ cause, symptom }: Difference): PlantedClass => {
  if (symptom === "duplicate") return "line twice";
  if (symptom === "missing") return cause === "never sent" ? "missing here" : "missing there";
  return "amount differs";
};
