/** What the functions of the local stack have counted since it started. For the deployed one CloudWatch has it. */

import { gaugesBy, isGauge } from "../../core/conditions/metric-names.ts";
import { listAt, numberAt, textAt } from "../../core/formats/json.ts";
import type { Connection } from "../connect/connect.ts";
import { readPage } from "../connect/local-http.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface Metric {
  readonly name: string;
  readonly source: string | null;
  /** Of what is kept by class or currency alone, which one. */
  readonly by: string | null;
  readonly sum: number;
  readonly last: number;
}

export const localMetrics = async ({ local }: Connection): Promise<readonly Metric[] | undefined> => {
  if (!local) return undefined;
  const page = await readPage(`${local.url}/_local/metrics`);
  return listAt(page).flatMap((metric) => {
    const name = textAt(metric, "name");
    return name === undefined
      ? []
      : [
          {
            name,
            source: textAt(metric, "dimensions", "source") ?? null,
            by: Object.values(gaugesBy).flatMap((dimension) => textAt(metric, "dimensions", dimension) ?? [])[0] ?? null,
            sum: numberAt(metric, "sum") ?? 0,
            last: numberAt(metric, "last") ?? 0,
          },
        ];
  });
};

export const metricsTable = (metrics: readonly Metric[], terminal: Terminal): string => {
  const totals = metrics.filter(({ source }) => source === null).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (totals.length === 0) return "";
  const columns = [{ title: "METRICS SINCE THE START" }, { title: "TOTAL", align: "right" }, { title: "LATEST", align: "right" }] as const;
  return createTable(
    columns,
    terminal,
  )(
    totals.map(({ name, by, sum, last }) => [
      by === null ? name : `${name} ${by}`,
      isGauge(name) ? "" : String(sum),
      isGauge(name) ? String(last) : "",
    ]),
  );
};
