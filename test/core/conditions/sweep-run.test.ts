import { expect, test } from "vitest";
import type { SweepRun } from "../../../core/conditions/sight.ts";
import { nextRun } from "../../../core/conditions/sweep-run.ts";

test("a run says since when the runs in a row have failed, and forgets it once one succeeds", () => {
  const runs = [[], ["audit"], ["ringDue"], [], ["audit"]];
  const last = (count: number) =>
    runs.slice(0, count).reduce<SweepRun | undefined>((before, failed, at) => nextRun(before, { at, failed }), undefined);
  expect(last(1)).toEqual({ at: 0, failed: [] });
  expect(last(3)).toEqual({ at: 2, failed: ["ringDue"], failingSince: 1 });
  expect(last(4)).toEqual({ at: 3, failed: [] });
  expect(last(5)).toEqual({ at: 4, failed: ["audit"], failingSince: 4 });
});

test("a run that could not count what is spilled keeps what the one before it knew", () => {
  const first = nextRun(undefined, { at: 1, failed: [], spilled: { queue: 0, bucket: 2 } });
  expect(nextRun(undefined, { at: 1, failed: [], spilled: { queue: 1, bucket: 0 } })).toMatchObject({ spilledSince: 1 });
  const second = nextRun(first, { at: 2, failed: ["measure"] });
  expect(second).toMatchObject({ spilled: { queue: 0, bucket: 2 }, spilledSince: 1 });
  expect(nextRun(second, { at: 3, failed: [], spilled: { queue: 0, bucket: 0 } })).toEqual({
    at: 3,
    failed: [],
    spilled: { queue: 0, bucket: 0 },
  });
});
