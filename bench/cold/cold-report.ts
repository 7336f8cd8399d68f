/** The result of `cold` for people. */

import { columns } from "../columns.ts";
import type { Spread } from "../statistics.ts";
import type { ColdOptions, ColdResult } from "./cold.ts";

export const coldReport = ({ rows, ratios, goal }: ColdResult, { rounds }: ColdOptions): string =>
  [
    `${rounds} fresh processes each, in turns; files cached by the system. First answer: clients made, secret read, one put, engines on this machine.`,
    "",
    columns(
      ["bundle", "import ms (min-median-max)", "first answer ms", "loaded KB", "shipped KB", "gzip KB"],
      rows.map(({ name, import: imported, firstAnswer, weight }) => [
        name,
        milliseconds(imported),
        milliseconds(firstAnswer),
        kilobytes(weight.loadedBytes),
        kilobytes(weight.shippedBytes),
        kilobytes(weight.shippedGzipBytes),
      ]),
    ),
    "",
    columns(
      ["receive against the bare client", "min", "median", "max", "goal", ""],
      Object.entries(ratios).map(([what, { min, median, max }]) => [
        what,
        ...[min, median, max].map((ratio) => ratio.toFixed(2)),
        `<= ${goal}`,
        median <= goal ? "met" : "missed",
      ]),
    ),
  ].join("\n");

const milliseconds = ({ min, median, max }: Spread): string => [min, median, max].map((one) => one.toFixed(1)).join(" - ");
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);
