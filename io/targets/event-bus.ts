/** An event put on an event bus of an application. */

import type { Millis } from "../../core/callback.ts";
import { type BusEvent, busEventBytes, mostBusBytes } from "../../core/delivery/bus-event.ts";
import { minuteMs } from "../../core/durations.ts";
import { lazy } from "../../core/lazy.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { inService, onceSettings, type ServiceCall } from "./in-service.ts";

export type PutOnBus = (event: BusEvent, call: ServiceCall) => Promise<Delivery>;

/** How long a bus that was there is taken to be there. */
const knownForMs = 5 * minuteMs;

export const createPutOnBus = (clock: () => Millis): PutOnBus => {
  const load = lazy(() => import("@aws-sdk/client-eventbridge"));
  type Sdk = Awaited<ReturnType<typeof load>>;
  type Client = InstanceType<Sdk["EventBridgeClient"]>;
  const clients = new Map<string, Client>();
  const seenAt = new Map<string, Millis>();

  /** EventBridge accepts, and drops, what is put on a bus that does not exist: a payment would be delivered to nobody, and called delivered. */
  const expectBus = async ({ DescribeEventBusCommand }: Sdk, client: Client, place: string, abortSignal: AbortSignal): Promise<void> => {
    const agoMs = clock() - (seenAt.get(place) ?? Number.NEGATIVE_INFINITY);
    if (agoMs >= 0 && agoMs < knownForMs) return;
    try {
      await client.send(new DescribeEventBusCommand({ Name: place }), { abortSignal });
    } catch (error) {
      // A bus of another account need not let us look; without a policy that lets us put, putting is denied.
      if (!(error instanceof Error) || !/^AccessDenied/.test(error.name)) throw error;
    }
    seenAt.set(place, clock());
  };

  return async (event, call) => {
    const { place, region } = call;
    const bytes = busEventBytes(event);
    if (bytes > mostBusBytes) return { kind: "undeliverable", cause: { kind: "too large for its target", bytes, most: mostBusBytes } };
    return inService(call, async (abortSignal) => {
      const sdk = await load();
      const client = clients.get(region) ?? new sdk.EventBridgeClient(onceSettings(region));
      clients.set(region, client);
      await expectBus(sdk, client, place, abortSignal);
      const entry = { EventBusName: place, Source: event.source, DetailType: event.detailType, Detail: event.detail };
      const { Entries: [put] = [], $metadata } = await client.send(new sdk.PutEventsCommand({ Entries: [entry] }), { abortSignal });
      // The call succeeds whatever becomes of its entries.
      if (put?.EventId) return { kind: "delivered", answer: `on the bus as ${put.EventId}` };
      const { ErrorCode: code = "no event id", ErrorMessage: message = "" } = put ?? {};
      return { kind: "not taken", place, error: { status: $metadata.httpStatusCode ?? 200, code, message } };
    });
  };
};
