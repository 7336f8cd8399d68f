/**
 * The process of one contestant, `runner.ts BUNDLE`: loads the bundle and answers slices of callbacks with its handler, as many
 * at a time as asked. What the handler prints goes where the parent points standard output: to /dev/null, at full cost.
 */
import { setTimeout as after } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { callbacks } from "../payload.ts";
import type { Contestant } from "./contestants/contestant.ts";
import { networkCalls } from "./network-calls.ts";

/** An order for the runner. */
export interface Slice {
  readonly requests: number;
  readonly concurrency: number;
}

/** Its answer. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly networkCalls: number;
  readonly latenciesMs: readonly number[];
}

const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: "bench",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:bench",
  memoryLimitInMB: "512",
  awsRequestId: "00000000-0000-0000-0000-000000000000",
  logGroupName: "/aws/lambda/bench",
  logStreamName: "bench",
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

const run = async (contestant: Contestant<unknown>, { requests, concurrency }: Slice): Promise<Measured> => {
  const { prepare = (event: APIGatewayProxyEventV2): unknown => event } = contestant;
  const inputs = callbacks(requests, process.env.STRIPE_SECRET ?? "").map(prepare);
  const latenciesMs: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < requests; index = next++) {
      const asked = performance.now();
      const { statusCode } = await contestant.handler(inputs[index], context);
      latenciesMs.push(performance.now() - asked);
      if (statusCode !== 200) throw new Error(`a genuine callback was answered with ${statusCode}`);
    }
  };
  // What making the callbacks has left behind is not the contestant's to clear away.
  globalThis.gc?.();
  await after(20);
  const [calls, cpu, started] = [networkCalls(), process.cpuUsage(), performance.now()];
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6, networkCalls: networkCalls() - calls, latenciesMs };
};

const contestant: Contestant<unknown> = await import(pathToFileURL(process.argv[2] ?? "").href);
process.on("message", async (slice: Slice) => process.send?.(await run(contestant, slice)));
