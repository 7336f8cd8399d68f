/** The order of texts: the same on every machine, in whatever language it is set up. */
export const compareText = (one: string, other: string): number => Number(one > other) - Number(one < other);
