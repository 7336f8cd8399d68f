/** "Did you mean": the known word that a mistyped one is closest to. */

/**
 * An abbreviated word counts as that word.
 * @returns undefined when none is close: more than a third of the letters, but at least two, would have to change. A wild
 *   guess would mislead.
 */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const begun = known.filter((other) => word.length >= 4 && other.toLowerCase().startsWith(word.toLowerCase()));
  if (begun.length === 1) return begun[0];
  const ranked = known.map((other) => ({ other, changes: editDistance(word.toLowerCase(), other.toLowerCase()) }));
  const best = ranked.sort((one, two) => one.changes - two.changes)[0];
  return best && best.changes <= Math.max(2, Math.floor(best.other.length / 3)) ? best.other : undefined;
};

/** Letters to insert, remove or replace to make one word the other (Levenshtein), row by row. */
const editDistance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (let at = 0; at < other.length; at++) {
      const replaced = (row[at] ?? 0) + (other[at] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};
