import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordKey } from "../../../core/record.ts";
import { countUndecided } from "../../../io/records/quarantined.ts";

interface Kept {
  readonly shard: number;
  readonly storedAt: number;
  readonly source: string;
  readonly isDecided: boolean;
}

const keyOf = (kept: readonly Kept[], one: Kept) => `${one.source}/unverified:${kept.indexOf(one)}` as RecordKey;

/** A quarantine whose pages have no more than two keys, whatever is asked for. */
const quarantineOf = (kept: readonly Kept[]) => ({
  clock: () => 71 * minute,
  records: {
    timeline: async ({ shard, from, after }: { readonly shard: number; readonly from: number; readonly after?: unknown }) => {
      const all = kept.filter((one) => one.shard === shard && one.storedAt >= from).sort((one, other) => one.storedAt - other.storedAt);
      const start = Number((after as { readonly at?: { readonly N: string } } | undefined)?.at?.N ?? 0);
      const keys = all.slice(start, start + 2).map((one) => ({ key: keyOf(kept, one), storedAt: one.storedAt }));
      return { keys, conflicts: [], ...(start + 2 < all.length && { next: { at: { N: String(start + 2) } } }) };
    },
  },
  open: {
    of: async (keys: readonly RecordKey[]) =>
      new Map(kept.flatMap((one) => (one.isDecided && keys.includes(keyOf(kept, one)) ? [[keyOf(kept, one), {}]] : []))) as never,
  },
});

const minute = 60_000;
const isWanted = (source: string) => source === "accepting";

describe("what is undecided in quarantine", () => {
  test("is counted by source from the oldest on, and what was decided before it is not read again", async () => {
    const at = (minutes: number, more: Partial<Kept> = {}): Kept => ({
      shard: 3,
      storedAt: minutes * minute,
      source: "accepting",
      isDecided: false,
      ...more,
    });
    const kept = [at(10, { isDecided: true }), at(20, { source: "refusing" }), at(30), at(40, { shard: 5 }), at(69, { isDecided: true })];
    expect(await countUndecided(quarantineOf(kept), { isWanted, from: 0, mostPages: 10 })).toEqual({
      undecided: [{ source: "accepting", count: 2, first: 30 * minute }],
      settledBefore: 30 * minute,
    });
    const decided = kept.map((one) => ({ ...one, isDecided: true }));
    // Ten minutes ago: another may just be on its way.
    expect(await countUndecided(quarantineOf(decided), { isWanted, from: 0, mostPages: 10 })).toEqual({
      undecided: [],
      settledBefore: 61 * minute,
    });
  });

  test("is found page by page behind any flood, and never passed", async () => {
    const one = fc.record({
      shard: fc.integer({ min: 0, max: 2 }),
      storedAt: fc.integer({ min: 1, max: 60 }).map((minutes) => minutes * minute),
      source: fc.constantFrom("accepting", "refusing"),
      isDecided: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(one, { maxLength: 40, selector: ({ shard, storedAt }) => `${shard} ${storedAt}` }), async (kept) => {
        const undecided = kept.filter(({ source, isDecided }) => isWanted(source) && !isDecided);
        const first = Math.min(...undecided.map(({ storedAt }) => storedAt));
        let from = 0;
        let found: readonly unknown[] = [];
        for (let run = 0; run < kept.length + 1 && found.length === 0; run++) {
          const counted = await countUndecided(quarantineOf(kept), { isWanted, from, mostPages: 1 });
          expect(counted.settledBefore).toBeGreaterThanOrEqual(from);
          expect(counted.settledBefore).toBeLessThanOrEqual(first);
          [from, found] = [counted.settledBefore, counted.undecided];
        }
        expect(found).toHaveLength(undecided.length > 0 ? 1 : 0);
      }),
    );
  });
});
