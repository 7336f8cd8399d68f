import { expect, onTestFinished, test, vi } from "vitest";
import { startApplication } from "../../../local/application.ts";
import { clockOf } from "../../../operator/connect/clock-file.ts";
import { homeOf } from "../../../operator/connect/stack-file.ts";
import { newDirectory, post, startTiny } from "../tiny-stack.ts";

const start = Date.UTC(2016, 10, 1);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const soon = { timeout: 20_000, interval: 20 };

test("a message that its function left in the queue becomes visible when the stack's clock says so, and a restart goes on from there", async () => {
  vi.stubEnv("TINY_VISIBILITY", "7200");
  onTestFinished(() => void vi.unstubAllEnvs());
  const directory = newDirectory();
  const attempts: number[] = [];
  let status = 503;
  const application = await startApplication(async () => {
    attempts.push(stack.now());
    return { status, text: "" };
  });
  onTestFinished(() => application.close());
  const options = { target: { url: application.url } };
  let stack = await startTiny(directory, { ...options, clock: start });
  await post(stack, { id: "evt_1" });
  await vi.waitFor(() => expect(attempts).toHaveLength(1), soon);
  await stack.advance(110 * minute);
  expect(attempts).toHaveLength(1);
  status = 200;
  await stack.advance(20 * minute);
  expect(attempts).toHaveLength(2);
  const waited = (attempts[1] ?? 0) - (attempts[0] ?? 0);
  expect(waited).toBeGreaterThanOrEqual(2 * hour - minute);
  expect(waited).toBeLessThan(2 * hour + minute);

  await stack.stop();
  expect(Math.abs(clockOf(homeOf(directory))() - (start + 130 * minute))).toBeLessThan(10 * minute);
  stack = await startTiny(directory, options);
  expect(stack.now()).toBeGreaterThanOrEqual(start + 130 * minute);
  await stack.stop();
  await expect(startTiny(directory, { ...options, clock: start })).rejects.toThrow("never goes back to 2016-11-01T00:00:00.000Z");
});

test("a stack that runs by the machine's clock can be moved on too, and its schedule runs on the way", async () => {
  const stack = await startTiny(newDirectory());
  const swept = () => stack.metrics().find(({ name }) => name === "Swept")?.sum ?? 0;
  await vi.waitFor(() => expect(swept()).toBe(1), soon);
  await stack.advance(3 * day);
  expect(Math.abs(stack.now() - Date.now() - 3 * day)).toBeLessThan(5_000);
  await vi.waitFor(() => expect(swept()).toBe(4), soon);
});
