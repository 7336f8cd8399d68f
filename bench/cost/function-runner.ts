/**
 * The process of one function, `function-runner.ts BUNDLE`: calls the bundle's handler as ordered, and says what that cost. Its clock can
 * be moved on, so that a day passes at once.
 */
import { pathToFileURL } from "node:url";
import type { Context } from "aws-lambda";

export interface Order {
  readonly event: unknown;
  readonly aheadMs: number;
}

export interface Cost {
  readonly result: unknown;
  readonly cpuMs: number;
  readonly lines: readonly string[];
}

const context: Pick<Context, "functionName" | "awsRequestId" | "getRemainingTimeInMillis"> = {
  functionName: "bench",
  awsRequestId: "00000000-0000-0000-0000-000000000000",
  getRemainingTimeInMillis: () => 50_000,
};

let aheadMs = 0;
const now = Date.now;
Date.now = () => now() + aheadMs;

let lines: string[] = [];
process.stdout.write = (chunk: Uint8Array | string) => {
  lines.push(...chunk.toString().split("\n").filter(Boolean));
  return true;
};

const { handler } = await import(pathToFileURL(process.argv[2] ?? "").href);
process.on("message", async (order: Order) => {
  aheadMs = order.aheadMs;
  lines = [];
  const cpu = process.cpuUsage();
  const result = await handler(order.event, context);
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ result, cpuMs: (user + system) / 1_000, lines } satisfies Cost);
});
process.send?.({ result: "loaded", cpuMs: 0, lines: [] } satisfies Cost);
