import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../../simulator/random.ts";
import type { Kind } from "../run/kinds.ts";
import type { Trial } from "./exhaustive.ts";
import { sampled } from "./sample.ts";

const trial = (id: string, kind: Kind): Trial => ({ point: { type: "doorbell", id }, kind });

const told = fc
  .array(fc.tuple(fc.constantFrom("consume: doorbell", "relay: doorbell"), fc.nat(9), fc.constantFrom<Kind>("lost", "twice")), {
    maxLength: 40,
  })
  .map((some) => ({ trials: some.map(([name, number, kind]) => trial(`${name} #${number}`, kind)) }));

/** What one trial has in common with those it stands for. */
const kindOf = ({ point, kind }: Trial): string => `${point.id.split(" #")[0]} ${kind}`;

test("of each fault at calls of one name as many are chosen as were asked for, or as there are, over all stories together", () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 4 }), fc.integer({ min: 1, max: 5 }), fc.string(), (stories, each, seed) => {
      const found = new Map(stories.map((story, at) => [`story ${at}`, story]));
      const chosen = [...sampled(found, each, createRandom(seed)).values()].flat();
      const there = Map.groupBy(
        [...found.values()].flatMap(({ trials }) => trials),
        kindOf,
      );
      const counts = Map.groupBy(chosen, kindOf);
      expect(counts.size).toBe(there.size);
      for (const [kind, all] of there) expect(counts.get(kind)).toHaveLength(Math.min(each, all.length));
    }),
  );
});

test("another seed chooses others, and the same seed the same, in the order of the story", () => {
  const found = new Map([["story", { trials: Array.from({ length: 50 }, (_, number) => trial(`consume: doorbell #${number}`, "lost")) }]]);
  const drawn = (seed: string) => sampled(found, 5, createRandom(seed)).get("story") ?? [];
  expect(drawn("1")).toEqual(drawn("1"));
  expect(drawn("1")).not.toEqual(drawn("2"));
  expect(drawn("1")).toEqual(found.get("story")?.trials.filter((one) => drawn("1").includes(one)));
});

test("the shards of an index are alike", () => {
  const found = new Map([
    ["story", { trials: ["0", "0", "1"].map((shard, at) => trial(`sweep: Query open [shard ${shard}] #${at}`, "lost")) }],
  ]);
  expect(sampled(found, 1, createRandom("1")).get("story")).toHaveLength(1);
});
