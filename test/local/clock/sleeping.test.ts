import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSleeping } from "../../../local/clock/sleeping.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A clock ahead of the machine's, whose time vitest tells. */
const setup = () => {
  const at = { ahead: 0 };
  const counts: number[] = [];
  const sleeping = createSleeping(
    () => Date.now() + at.ahead,
    (count) => counts.push(count),
  );
  const woken: string[] = [];
  const sleep = (name: string, ms: number, signal?: AbortSignal) =>
    sleeping.sleep(ms, signal).then(
      () => woken.push(name),
      (error: unknown) => woken.push(`${name}: ${error}`),
    );
  const leap = async (ms: number) => {
    at.ahead += ms;
    sleeping.wakeDue();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { sleeping, sleep, leap, woken, counts };
};

test("who sleeps wakes when the machine's time has passed", async () => {
  const { sleep, woken } = setup();
  void sleep("a", 1_000);
  await vi.advanceTimersByTimeAsync(999);
  expect(woken).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(woken).toEqual(["a"]);
});

test("who sleeps wakes when the clock leaps that far, and one who sleeps longer sleeps the rest", async () => {
  const { sleep, leap, woken, counts } = setup();
  void sleep("day", 86_400_000);
  void sleep("hour", 3_600_000);
  await leap(3_600_000);
  expect(woken).toEqual(["hour"]);
  expect(counts).toEqual([1, 2, 1]);
  await leap(82_000_000);
  expect(woken).toEqual(["hour"]);
  await vi.advanceTimersByTimeAsync(800_000);
  expect(woken).toEqual(["hour", "day"]);
});

test("longer than a timer can be is as long as it says", async () => {
  const { sleep, woken } = setup();
  void sleep("a", 60 * 86_400_000);
  await vi.advanceTimersByTimeAsync(59 * 86_400_000);
  expect(woken).toEqual([]);
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(woken).toEqual(["a"]);
});

test("an abort ends it, with its reason, and it is counted no more", async () => {
  const { sleep, sleeping, woken } = setup();
  const stopping = new AbortController();
  void sleep("a", 1_000, stopping.signal);
  stopping.abort("enough");
  void sleep("b", 1_000, stopping.signal);
  await vi.advanceTimersByTimeAsync(0);
  expect([woken, sleeping.count()]).toEqual([["a: enough", "b: enough"], 0]);
});
