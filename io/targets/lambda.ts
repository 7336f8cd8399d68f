/** A message handed to a function of an application, whose answer is waited for. */
import { type FunctionAnswer, mostFunctionBytes, readFunctionAnswer } from "../../core/delivery/function-answer.ts";
import { lazy } from "../../core/lazy.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { inService, onceSettings, type ServiceCall } from "./in-service.ts";

export type InvokeFunction = (message: string, call: ServiceCall) => Promise<Delivery>;

export const createInvokeFunction = (): InvokeFunction => {
  // Few deployments have such a target, and the others need not load its client.
  const load = lazy(() => import("@aws-sdk/client-lambda"));
  const clients = new Map<string, InstanceType<Awaited<ReturnType<typeof load>>["LambdaClient"]>>();
  return async (message, call) => {
    const payload = Buffer.from(message);
    if (payload.length > mostFunctionBytes)
      return { kind: "undeliverable", cause: { kind: "too large for its target", bytes: payload.length, most: mostFunctionBytes } };
    return inService(call, async (abortSignal) => {
      const { LambdaClient, InvokeCommand } = await load();
      const client = clients.get(call.region) ?? new LambdaClient(onceSettings(call.region));
      clients.set(call.region, client);
      const command = new InvokeCommand({ FunctionName: call.place, InvocationType: "RequestResponse", Payload: payload });
      const { FunctionError, Payload = new Uint8Array() } = await client.send(command, { abortSignal });
      const answer: FunctionAnswer = { error: FunctionError, payload: Payload };
      return readFunctionAnswer(answer);
    });
  };
};
