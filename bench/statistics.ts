/** Statistics of measurements. Pure. */

/** The smallest value that at least that share of the values does not exceed (nearest rank), so always a value that was measured. */
export const percentile = (values: readonly number[], share: number): number => {
  if (!(share > 0 && share <= 1)) throw new RangeError(`a share is above 0 and up to 1, not ${share}`);
  const value = [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1];
  if (value === undefined) throw new RangeError("nothing was measured");
  return value;
};

/** The value in the middle, or the mean of the two that are. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError("nothing was measured");
  return (low + high) / 2;
};

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export const spread = (values: readonly number[]): Spread => ({
  min: percentile(values, Number.EPSILON),
  median: median(values),
  max: percentile(values, 1),
});

/**
 * Ours divided by theirs, round by round: what disturbed the machine in one round disturbed both sides of that ratio.
 * Throws when the rounds do not pair up.
 */
export const ratios = (ours: readonly number[], theirs: readonly number[]): number[] => {
  if (ours.length !== theirs.length) throw new RangeError(`${ours.length} rounds of ours against ${theirs.length} of theirs`);
  return ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
};
