/** A comparison as JSON, with all of its differences. */

import { nextStepOf } from "../../difference/difference-text.ts";
import { hourMs } from "../../durations.ts";
import { isoTime } from "../../formats/iso-time.ts";
import type { Compared } from "../compared.ts";
import { type FileReport, leftOutText } from "../file-report.ts";
import { columnOf, problemText } from "../reading/cells/problem.ts";

export const comparedJson = ({ comparison, files, isCut, application, ours, readUnits }: Compared) => {
  const { from, asOf, differences, ...rest } = comparison;
  return {
    ...rest,
    from: isoTime(from),
    asOf: isoTime(asOf),
    isCut,
    ...(application && { application }),
    ...(readUnits > 0 && { readUnits }),
    ...(ours && { tableExport: { ...ours, at: isoTime(ours.at) } }),
    files: files.map(({ report, layoutDigest: _, ...more }) => ({ ...fileJson(report), ...more })),
    differences: differences.map(({ at, age, ...difference }) => ({
      ...difference,
      at: isoTime(at),
      ...(age !== undefined && { ageHours: Math.floor(age / hourMs) }),
      nextStep: nextStepOf(difference),
    })),
  };
};

export const fileJson = ({ leftOut, broken, first, last, ...report }: FileReport) => ({
  ...report,
  ...(first !== undefined && { first: isoTime(first) }),
  ...(last !== undefined && { last: isoTime(last) }),
  leftOut: leftOut.map(({ why, ...rest }) => ({ ...rest, reason: why.kind, text: leftOutText(why) })),
  broken: broken.map(({ number, problem }) => {
    const column = columnOf(problem);
    return { line: number, problem: problem.kind, ...(column !== undefined && { column }), text: problemText(problem) };
  }),
});
