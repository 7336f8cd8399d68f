import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bare } from "../../bench/reconcile/contestants/bare.ts";
import { duckdb } from "../../bench/reconcile/contestants/duckdb.ts";
import { holdfast } from "../../bench/reconcile/contestants/holdfast.ts";
import { chargeOf, classes, plantedAt, writeExport } from "../../bench/reconcile/story.ts";

test("what is planted is what every way finds, in small", async () => {
  const story = { lines: 2_000, planted: 40 };
  const file = join(mkdtempSync(join(tmpdir(), "bench-")), "export.csv");
  await writeExport(story, file);
  const planted = Object.groupBy(
    Array.from({ length: story.lines }, (_, index) => index).filter((index) => plantedAt(story, index)),
    (index) => plantedAt(story, index) as string,
  );
  for (const found of [await bare(file, story), await duckdb(file, story), await holdfast(file, story)])
    for (const name of classes) {
      expect(planted[name]).toHaveLength(10);
      expect([name, found[name].toSorted()]).toEqual([name, planted[name]?.map(chargeOf).toSorted()]);
    }
});
