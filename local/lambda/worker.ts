/**
 * Runs inside a worker thread: loads one function's bundle and answers invocations with its handler, several at a time.
 * Payloads travel as JSON text, as on Lambda, so that what JSON cannot express does not get through here either.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Context } from "aws-lambda";
import { replaceDate, replacePauses } from "../clock/realm.ts";
import { createSleeping } from "../clock/sleeping.ts";

export interface WorkerData {
  /** URL of the module. */
  readonly entry: string;
  /** Name of the exported handler. */
  readonly handler: string;
  readonly functionName: string;
  readonly memoryMb: number;
  /** How far the stack's clock is ahead of the machine's. */
  readonly aheadMs: number;
}

export type Order = ({ readonly kind: "invoke" } & Invocation) | { readonly kind: "clock"; readonly aheadMs: number };

export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  /** When Lambda would end it, in epoch milliseconds of the machine's clock: it has its time, however far the stack's leaps meanwhile. */
  readonly deadline: number;
}

export type Report =
  | { readonly kind: "loaded" }
  | { readonly kind: "unloadable"; readonly message: string }
  /** How many of its pauses are being slept. `isAtClock`: in answer to the order to go over to another time. */
  | { readonly kind: "asleep"; readonly count: number; readonly isAtClock: boolean }
  | { readonly kind: "returned"; readonly requestId: string; readonly payload: string }
  | { readonly kind: "threw"; readonly requestId: string; readonly type: string; readonly message: string };

type Handler = (event: unknown, context: Context) => unknown;

const data = workerData as WorkerData;
const report = (what: Report) => parentPort?.postMessage(what);

let aheadMs = data.aheadMs;
const machineNow = replaceDate(() => aheadMs);
const sleeping = createSleeping(Date.now, (count) => report({ kind: "asleep", count, isAtClock: false }));
replacePauses(sleeping);

/** Lambda's context. The callbacks of old are not there: handlers return promises. */
const contextOf = ({ requestId, deadline }: Invocation): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: data.functionName,
  functionVersion: "$LATEST",
  invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${data.functionName}`,
  memoryLimitInMB: String(data.memoryMb),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${data.functionName}`,
  logStreamName: "local",
  getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
  done: () => {},
  fail: () => {},
  succeed: () => {},
});

const run = async (handler: Handler, invocation: Invocation): Promise<Report> => {
  const { requestId } = invocation;
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    return { kind: "returned", requestId, payload: JSON.stringify(result) ?? "null" };
  } catch (error) {
    // What Lambda writes for an error that leaves the handler.
    console.error(error);
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { kind: "threw", requestId, type: name, message };
  }
};

try {
  const loaded: Readonly<Record<string, unknown>> = await import(data.entry);
  const handler = loaded[data.handler];
  if (typeof handler !== "function") throw new Error(`exports no function ${data.handler}`);
  parentPort?.on("message", async (order: Order) => {
    if (order.kind === "invoke") return report(await run(handler as Handler, order));
    aheadMs = order.aheadMs;
    sleeping.wakeDue();
    report({ kind: "asleep", count: sleeping.count(), isAtClock: true });
  });
  report({ kind: "loaded" });
} catch (error) {
  report({ kind: "unloadable", message: error instanceof Error ? error.message : String(error) });
}
