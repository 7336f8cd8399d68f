/** Which parts of a file a test file never runs: no change there can turn it red. */
import { type Profiler, Session } from "node:inspector/promises";

export type Range = readonly [start: number, end: number];

/** Runs `work` and returns of each file the ranges that were not executed. Positions are those of its text. */
export const unreachedBy = async (
  files: readonly string[],
  urlOf: (file: string) => string,
  work: () => Promise<void>,
): Promise<Readonly<Record<string, readonly Range[]>>> => {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  try {
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const rangesOf = (file: string): readonly Range[] => {
      const script = result.find(({ url }) => url === urlOf(file));
      return script ? unreached(script.functions) : [[0, Number.MAX_SAFE_INTEGER]];
    };
    return Object.fromEntries(files.map((file) => [file, rangesOf(file)]));
  } finally {
    session.disconnect();
  }
};

/** Ranges are nested, and the innermost decides: what was reached inside of what was not is cut out of it. */
const unreached = (functions: readonly Profiler.FunctionCoverage[]): Range[] => {
  const ranges = functions
    .flatMap((one) => one.ranges)
    .sort((one, other) => other.endOffset - other.startOffset - (one.endOffset - one.startOffset));
  return ranges.reduce<Range[]>((kept, { startOffset, endOffset, count }) => {
    const outside = kept.flatMap(([start, end]): Range[] =>
      [[start, Math.min(end, startOffset)] as const, [Math.max(start, endOffset), end] as const].filter(([from, to]) => from < to),
    );
    return count === 0 ? [...outside, [startOffset, endOffset]] : outside;
  }, []);
};
