/** `cost`: what a million callbacks cost, counted on the real bundles: each call, by the size of what is in it, and each function's processor time. */
import { listAt, textAt } from "../../core/formats/json.ts";
import type { Progress } from "../ack/ack.ts";
import { openCostStage } from "./cost-stage.ts";
import { type Deployment, readDeployment, sources } from "./deployment.ts";
import { type Counted, follow, type Shape } from "./follow.ts";
import { newContracts } from "./payload.ts";
import { type Audited, audit, sweeps } from "./sweeps.ts";
import { createMeter, sum } from "./units.ts";

export interface CostResult {
  readonly deployment: Deployment;
  readonly counted: ReadonlyArray<{ readonly shape: Shape; readonly counts: Counted }>;
  readonly audited: Audited;
  /** Custom metrics of such a deployment, by the lines that were written. */
  readonly customMetrics: number;
}

export const shapes: readonly Shape[] = (["new", "known"] as const).flatMap((contract) =>
  [1_024, 2_048].flatMap((bytes) =>
    ([1, 2] as const).flatMap((events) => (["busy", "quiet"] as const).map((load) => ({ bytes, load, events, contract }))),
  ),
);

export const measureCost = async (
  callbacks: { readonly busy: number; readonly quiet: number },
  progress: Progress,
  of: readonly Shape[] = shapes,
): Promise<CostResult> => {
  const stage = await openCostStage();
  try {
    const deployment = await readDeployment(stage.home, stage.config);
    const meter = createMeter();
    const lines: string[] = [];
    progress("an idle sweep");
    const idle = await sweeps(stage, meter, [1, 2, 3, 4], lines);
    const counted: { shape: Shape; counts: Counted }[] = [];
    for (const shape of of) {
      progress(`${shape.bytes} bytes, ${shape.load}, ${shape.events} event(s), of a ${shape.contract} contract`);
      const contracts = newContracts(callbacks[shape.load]);
      if (shape.contract === "known") await follow(stage, meter, shape, contracts, lines);
      counted.push({ shape, counts: await follow(stage, meter, shape, contracts, lines) });
    }
    progress("the sweep's audit");
    const audited = await audit(stage, meter, callbacks.busy, idle, lines);
    return { deployment, counted, audited, customMetrics: customMetricsIn(lines) };
  } finally {
    await stage.close();
  }
};

/** Each name in each of its dimensions is a metric of its own, month by month; those with a source as often as there are sources. */
const customMetricsIn = (lines: readonly string[]): number => {
  const names = new Set<string>();
  for (const line of lines) {
    const parsed: unknown = line.startsWith("{") ? JSON.parse(line) : undefined;
    for (const group of listAt(parsed, "_aws", "CloudWatchMetrics"))
      for (const metric of listAt(group, "Metrics"))
        for (const dimensions of listAt(group, "Dimensions")) names.add(`${textAt(metric, "Name")} ${listAt(dimensions).join()}`);
  }
  const isPerSource = (name: string) => name.includes("source");
  return sum([...names].map((name) => (isPerSource(name) ? sources : 1)));
};
