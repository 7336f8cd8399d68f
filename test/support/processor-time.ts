/**
 * How work grows with its input. Measured as a ratio of processor times, not as a time: eight times the input may take thirty times as
 * long, which what is quadratic (sixty-four times) never does, however busy the machine is.
 */
export const secondsOf = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** Below this nothing can be measured, and nothing need be. */
export const measurable = 0.02;

/** @param size of the smaller input; the larger is eight times that */
export const growsGently = (work: (size: number) => unknown, size = 8_000): boolean => {
  for (let tries = 0; tries < 5; tries++) {
    const [small, large] = [size, size * 8].map((one) => secondsOf(() => work(one))) as [number, number];
    if (large < Math.max(measurable, small * 30)) return true;
  }
  return false;
};
