import fc from "fast-check";
import { expect, test } from "vitest";
import { watchAt } from "../../../core/findings/watch.ts";

test("a moment has come when it is now or was before", () => {
  const watch = watchAt(100);
  expect([99, 100, 101].map((moment) => watch.reached(moment))).toEqual([true, true, false]);
});

test("the earliest of the moments that were asked for and have not come is the next, whatever their order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.nat({ max: 20 }), (moments, now) => {
      const watch = watchAt(now);
      for (const moment of moments) watch.reached(moment);
      expect(watch.next()).toBe(moments.toSorted((one, other) => one - other).find((moment) => moment > now));
    }),
  );
});
