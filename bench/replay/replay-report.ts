/** The result of `replay` for people. */
import { columns } from "../columns.ts";
import type { ReplayResult } from "./measure.ts";

export const replayReport = ({ records, seconds, perSecond, bounds, ratio, cpuMs, megabytes, growth }: ReplayResult): string =>
  [
    `${records} dead records replayed in ${seconds.toFixed(0)} s, the plan included.`,
    "",
    columns(
      ["", "records/s", "goal", "CPU ms/record"],
      [
        ["holdfast replay", perSecond.toFixed(0), ">= 1000", cpuMs.replay.toFixed(2)],
        ["the same reads, writes and sends, bare", bounds.together.toFixed(0), "", cpuMs.bare.toFixed(2)],
        ["a bare conditional put each, 50 at a time, and nothing else", bounds.oneByOne.toFixed(0), "", ""],
      ],
    ),
    "",
    `Against the bare calls: ${ratio.together.toFixed(2)}; against the bare puts alone: ${ratio.oneByOne.toFixed(2)}.`,
    "",
    columns(
      ["tenth of the run", ...megabytes.map((_, tenth) => String(tenth + 1))],
      [["memory above the start, MB", ...megabytes.map(String)]],
    ),
    "",
    `Memory in the last third against the middle: ${growth.toFixed(2)} (1 when it does not grow with the number of records).`,
  ].join("\n");
