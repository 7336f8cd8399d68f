import { expect, test, vi } from "vitest";
import type { Outcome } from "../../../local/lambda/sandbox.ts";
import { rateMs, runSchedule } from "../../../local/triggers/schedule.ts";

test.each([
  ["rate(1 minute)", 60_000],
  ["rate(5 minutes)", 300_000],
  ["rate(2 hours)", 7_200_000],
  ["rate(1 day)", 86_400_000],
])("%s is %i milliseconds", (expression, milliseconds) => expect(rateMs(expression)).toBe(milliseconds));

test.each(["cron(0 0 * * ? *)", "rate(soon)", "rate(1 fortnight)"])("%s is refused", (expression) =>
  expect(() => rateMs(expression)).toThrow(expression),
);

test("a schedule runs at once and again, one after the other, also after a run that failed", async () => {
  let running = 0;
  const inputs: unknown[] = [];
  const said: string[] = [];
  const poller = runSchedule(
    { rule: "EveryMinute", functionName: "sweep", everyMs: 1, input: undefined },
    async (input): Promise<Outcome> => {
      expect(++running).toBe(1);
      inputs.push(input);
      await Promise.resolve();
      running--;
      return inputs.length === 1 ? { kind: "failed", type: "Error", message: "no" } : { kind: "returned", payload: null };
    },
    (line) => said.push(line),
    // A turn of the event loop: of promises alone nothing else would ever get its turn.
    { now: () => 0, sleep: () => new Promise((wake) => setImmediate(wake)) },
  );
  await vi.waitFor(() => expect(inputs.length).toBeGreaterThan(3));
  await poller.stop();
  const count = inputs.length;
  expect(said).toEqual(["sweep: Error: no"]);
  expect(inputs[0]).toMatchObject({ source: "aws.events", "detail-type": "Scheduled Event" });
  await new Promise((next) => setImmediate(next));
  expect(inputs).toHaveLength(count);
});

test("a schedule runs by the stack's clock, says when it runs next, and does not make up for what it slept through", async () => {
  const at = { now: 1_000 };
  const runs: unknown[] = [];
  const wakes: (() => void)[] = [];
  const poller = runSchedule(
    { rule: "EveryMinute", functionName: "sweep", everyMs: 60_000, input: undefined },
    async (input): Promise<Outcome> => {
      runs.push(input);
      return { kind: "returned", payload: null };
    },
    () => {},
    { now: () => at.now, sleep: (ms) => new Promise((wake) => (ms === 60_000 ? wakes.push(wake) : wake())) },
  );
  await vi.waitFor(() => expect(wakes).toHaveLength(1));
  expect([runs, poller.nextAt()]).toMatchObject([[{ time: "1970-01-01T00:00:01.000Z" }], 61_000]);
  at.now = 86_400_000;
  wakes.shift()?.();
  await vi.waitFor(() => expect(wakes).toHaveLength(1));
  expect([runs, poller.nextAt()]).toMatchObject([[{}, { time: "1970-01-02T00:00:00.000Z" }], 86_460_000]);
  const stopped = poller.stop();
  wakes.shift()?.();
  await stopped;
});
