/** A list in groups of `size`, the last one of what is left: for work that is done side by side, and not with any number at once. */
export const inGroups = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
