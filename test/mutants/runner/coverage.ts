/** Which parts of the mutated file a test file never runs: no change there can turn it red. */
import { type Profiler, Session } from "node:inspector/promises";

export type Range = readonly [start: number, end: number];

/** Runs `work` and returns the ranges of the module at `url()` that were not executed. Positions are those of its text. */
export const unreachedBy = async (url: () => string, work: () => Promise<void>): Promise<Range[]> => {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  try {
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const script = result.find((one) => one.url === url());
    return script ? unreached(script.functions) : [[0, Number.MAX_SAFE_INTEGER]];
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
