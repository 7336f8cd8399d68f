import type { Context } from "aws-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import { background, type Shell } from "../../../functions/shell/background.ts";
import type { Invocation } from "../../../functions/shell/invocation.ts";
import { createReport } from "../../../functions/shell/log.ts";
import { createCount, createMetrics } from "../../../functions/shell/metrics.ts";
import { createMetrics as createReader, type Metric } from "../../../local/lambda/emf.ts";

/** What is written to the log meanwhile, line by line. */
const written = (): readonly string[] => {
  const lines: string[] = [];
  const take = (text: unknown) => {
    lines.push(...String(text).split("\n").filter(Boolean));
    return true;
  };
  // Powertools' metrics go to the stream, its log to the console.
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(take),
    vi.spyOn(process.stderr, "write").mockImplementation(take),
    ...(["log", "error"] as const).map((level) => vi.spyOn(console, level).mockImplementation(take)),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return lines;
};

/** Sums as CloudWatch has them, by metric and by source; "all" is what the alarms look at. */
const read = (lines: readonly string[]) => {
  const metrics = createReader();
  for (const line of lines) metrics.read(line);
  const place = ({ name, dimensions }: Metric) => `${name} of ${dimensions.source ?? "all"}`;
  return Object.fromEntries(metrics.list().map((metric) => [place(metric), metric.sum]));
};

const handlerOf = (work: (shell: Shell, event: unknown, invocation: Invocation) => Promise<unknown>) => {
  const made: Shell[] = [];
  const handler = background(
    (shell: Shell) => (event, invocation) => work(shell, event, invocation),
    () => {
      made.push({
        config: withDefaults({ name: "shop", sources: {}, targets: {} }),
        metrics: createMetrics("shop"),
        reports: { survived: createReport("shop", "survived"), failed: createReport("shop", "failed") },
      });
      return made.at(-1) as Shell;
    },
  );
  const context = (requestId: string, leftMs: number) =>
    ({ functionName: "shop-consume", awsRequestId: requestId, getRemainingTimeInMillis: () => leftMs }) as Context;
  return {
    invoke: (event: unknown = {}, requestId = "request-1", leftMs = 60_000) => handler(event, context(requestId, leftMs)),
    made,
  };
};

test("what is kept by class or by currency is written for each of them, and in no total", async () => {
  const lines = written();
  const { invoke } = handlerOf(async ({ metrics: { count } }) => {
    count("OpenFindings", undefined, 3);
    count("FindingsOfClass", "A2", 2);
    count("FindingsOfClass", "A3", 1);
    count("MoneyAtStake", "JPY", 500);
    count("MoneyAtStake", "USD", 7);
  });
  await invoke();
  const reader = createReader();
  for (const line of lines) reader.read(line);
  expect(reader.list().map(({ name, dimensions, last }) => [name, dimensions, last])).toEqual([
    ["OpenFindings", { service: "shop" }, 3],
    ["FindingsOfClass", { service: "shop", class: "A2" }, 2],
    ["FindingsOfClass", { service: "shop", class: "A3" }, 1],
    ["MoneyAtStake", { service: "shop", currency: "JPY" }, 500],
    ["MoneyAtStake", { service: "shop", currency: "USD" }, 7],
  ]);
});

test("what an invocation counts is written once at its end: a line for each source of what is kept by source, and one for the rest", async () => {
  const lines = written();
  const { invoke } = handlerOf(async ({ metrics: { count } }) => {
    count("Relayed", "stripe-jp");
    count("Relayed", "stripe-jp");
    count("Retried", "stripe-jp");
    count("Relayed", "zeus", 3);
    count("BreakersTripped");
    return lines.length;
  });
  expect(await invoke()).toBe(0);
  expect(lines).toHaveLength(3);
  expect(read(lines)).toEqual({
    "Relayed of all": 5,
    "Relayed of stripe-jp": 2,
    "Relayed of zeus": 3,
    "Retried of all": 1,
    "BreakersTripped of all": 1,
  });
  await invoke();
  expect(read(lines)["Relayed of all"]).toBe(10);
});

test("what was counted before the handler threw is written, and the error is reported with its request and thrown on", async () => {
  const lines = written();
  const { invoke } = handlerOf(async ({ metrics: { count } }) => {
    count("Relayed", "stripe-jp", 7);
    throw new TypeError("no such thing");
  });
  await expect(invoke()).rejects.toThrow("no such thing");
  expect(read(lines)).toEqual({ "Relayed of all": 7, "Relayed of stripe-jp": 7 });
  expect(lines.map((line) => JSON.parse(line)).find(({ level }) => level === "ERROR")).toMatchObject({
    message: "failed",
    service: "shop",
    function_name: "shop-consume",
    function_request_id: "request-1",
    error: { name: "TypeError", message: "no such thing" },
  });
});

test("invocations that share a process lose no count, whichever ends first", async () => {
  const lines = written();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { invoke, made } = handlerOf(async ({ metrics: { count } }, which) => {
    count("Delivered", "zeus");
    await gates[which as number]?.promise;
    count("Delivered", "zeus");
  });
  const [slow, fast] = [invoke(0), invoke(1)];
  gates[1]?.resolve();
  await fast;
  gates[0]?.resolve();
  await slow;
  expect(read(lines)["Delivered of all"]).toBe(4);
  expect(made).toHaveLength(1);
});

test("an invocation does not end before its work does, however late that is", async () => {
  const gate = Promise.withResolvers<string>();
  const { invoke } = handlerOf(() => gate.promise);
  const ended = invoke({}, "request-1", 0);
  // A timer of the handler's own would be the older one, and come first.
  await new Promise((done) => setTimeout(done, 1));
  gate.resolve("done");
  expect(await ended).toBe("done");
});

test("each line of the log names the invocation that wrote it, and the record where it is known", async () => {
  const lines = written();
  const gate = Promise.withResolvers<void>();
  const { invoke } = handlerOf(async (_, which, { report }) => {
    if (which === "first") await gate.promise;
    report(new Error(`of the ${which}`), { record: `zeus/${which}` });
  });
  const first = invoke("first", "request-1");
  await invoke("second", "request-2");
  gate.resolve();
  await first;
  const said = lines
    .map((line) => JSON.parse(line))
    .map(({ function_request_id, record, message }) => [function_request_id, record, message]);
  expect(said).toEqual([
    ["request-2", "zeus/second", "survived"],
    ["request-1", "zeus/first", "survived"],
  ]);
});

test("of a gauge the later value is true; seconds are written as such", () => {
  const lines = written();
  const { count, flush } = createMetrics("shop");
  for (const value of [90, 30]) {
    count("OldestUnsettledSeconds", undefined, value);
    count("DeadRecords", undefined, value);
    count("Resent", undefined, value);
  }
  flush();
  flush();
  expect(lines).toHaveLength(1);
  expect(read(lines)).toEqual({ "OldestUnsettledSeconds of all": 30, "DeadRecords of all": 30, "Resent of all": 120 });
  const units = JSON.parse(lines[0] ?? "")._aws.CloudWatchMetrics[0].Metrics.map(({ Name, Unit }: Record<string, string>) => [Name, Unit]);
  expect(Object.fromEntries(units)).toEqual({ OldestUnsettledSeconds: "Seconds", DeadRecords: "Count", Resent: "Count" });
});

test("receive writes each count at once", () => {
  const lines = written();
  const count = createCount("shop");
  count("Unproven", "zeus");
  count("Quarantined", "zeus");
  expect(lines).toHaveLength(2);
  expect(read(lines)).toMatchObject({ "Unproven of all": 1, "Unproven of zeus": 1, "Quarantined of all": 1 });
});
