/** Search in lists that are sorted, which does not read all of them. */

/** How many of the numbers are smaller, and so where that one belongs. @param sorted smallest first */
export const countBelow = (sorted: readonly number[], number: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Whether any of them is that near. @param sorted smallest first */
export const isAnyNear = (sorted: readonly number[], number: number, most: number): boolean =>
  (sorted[countBelow(sorted, number - most)] ?? Number.POSITIVE_INFINITY) <= number + most;
