import fc from "fast-check";
import { expect, test } from "vitest";
import { groupsOf, type Key } from "../../../../core/reconcile/match/groups.ts";

/** Each group of theirs, by its key: the rows of both sides, sorted. */
const grouped = (theirs: readonly (Key | undefined)[], ours: readonly (Key | undefined)[]) => {
  const at = (keys: readonly (Key | undefined)[]) => (row: number) => {
    if (row >= keys.length) throw new RangeError("no such row");
    return keys[row];
  };
  const found: (readonly [key: string, theirs: readonly number[], ours: readonly number[]])[] = [];
  groupsOf(theirs.length, ours.length, at(theirs), at(ours)).each((lines, movements) => {
    const key = JSON.stringify(theirs[lines[0] as number]);
    found.push([key, lines.toSorted((a, b) => a - b), movements.toSorted((a, b) => a - b)]);
  });
  return found.sort(([one], [other]) => Number(one > other) - Number(one < other));
};

/** The same, plainly. */
const expected = (theirs: readonly (Key | undefined)[], ours: readonly (Key | undefined)[]) => {
  const rowsOf = (keys: readonly (Key | undefined)[], key: string) =>
    keys.flatMap((one, row) => (one && JSON.stringify(one) === key ? [row] : []));
  const keys = [...new Set(theirs.flatMap((key) => (key ? [JSON.stringify(key)] : [])))].sort();
  return keys.map((key) => [key, rowsOf(theirs, key), rowsOf(ours, key)]);
};

test("rows of both sides are together exactly when all of their key is the same; what only we have is in no group", () => {
  const part = fc.constantFrom(0, 1, 11);
  const keys = fc.array(fc.option(fc.tuple(part, part, part, part), { nil: undefined }), { maxLength: 30 });
  fc.assert(
    fc.property(keys, keys, (theirs, ours) => {
      expect(grouped(theirs, ours)).toEqual(expected(theirs, ours));
    }),
  );
});

test("so do thousands of keys of which each differs from others in one part alone", () => {
  const all: Key[] = [];
  for (let name = 0; name < 40; name++)
    for (let type = 0; type < 5; type++)
      for (let minor = 0; minor < 5; minor++)
        for (let currency = 0; currency < 5; currency++) all.push([name, type, minor * 100, currency]);
  const found = grouped([...all, ...all], all.toReversed());
  expect(found).toHaveLength(all.length);
  for (const [key, lines, movements] of found) {
    const row = (lines as number[])[0] as number;
    expect([key, lines, movements]).toEqual([JSON.stringify(all[row]), [row, row + all.length], [all.length - 1 - row]]);
  }
});
