import fc from "fast-check";
import { expect, test } from "vitest";
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";
import { inLanes } from "../../../core/lifecycle/lanes.ts";

const bellsOf = (groups: readonly number[]): readonly Doorbell[] =>
  groups.map((group, at) => ({ key: `sandbox/${at}`, source: "sandbox", group: String(group), epoch: 0 }));

test("every doorbell rings once, a group's in one lane and in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 60 }).map(bellsOf), (bells) => {
      const lanes = inLanes(bells);
      expect(lanes.flat()).toHaveLength(bells.length);
      for (const [group, own] of Map.groupBy(bells, (bell) => bell.group)) {
        const [lane, ...others] = lanes.filter((one) => one.some((bell) => bell.group === group));
        expect(others).toEqual([]);
        expect(lane?.filter((bell) => bell.group === group)).toEqual(own);
      }
    }),
  );
});

test("different groups ring side by side", () => {
  expect(inLanes(bellsOf([1, 2, 3, 4, 5, 6, 7])).map((lane) => lane.map(({ group }) => group))).toEqual([
    ["1", "6"],
    ["2", "7"],
    ["3"],
    ["4"],
    ["5"],
  ]);
});
