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
  );
  await vi.waitFor(() => expect(inputs.length).toBeGreaterThan(3));
  await poller.stop();
  const count = inputs.length;
  expect(said).toEqual(["sweep: Error: no"]);
  expect(inputs[0]).toMatchObject({ source: "aws.events", "detail-type": "Scheduled Event" });
  await new Promise((next) => setImmediate(next));
  expect(inputs).toHaveLength(count);
});
