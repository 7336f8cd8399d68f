/**
 * Listen: stores the events of partners' buses, as receive stores callbacks: table, spill queue, bucket. From there on they are records like any
 * other. Nobody waits for an answer; what none of the stores takes is thrown, and EventBridge and Lambda bring it again.
 */

import type { Millis } from "../core/callback.ts";
import type { ResolvedConfig } from "../core/config/defaults.ts";
import { busCallback, type PartnerEvent, sourceOnBus } from "../core/receive/bus-callback.ts";
import { receivedRecord } from "../core/receive/receive.ts";
import { findGateway, type Gateway } from "../gateways/index.ts";
import { lastResort, urgent } from "../io/clients.ts";
import { dynamoDb } from "../io/dynamodb.ts";
import { createSpill } from "../io/fallback-store/spill.ts";
import { createBodies } from "../io/records/bodies.ts";
import { createRecord } from "../io/records/record.ts";
import { createSdkPut } from "../io/records/sdk-put.ts";
import { background } from "./shell/background.ts";
import type { Invocation } from "./shell/invocation.ts";
import type { Count } from "./shell/metrics.ts";
import { environment } from "./shell/settings.ts";
import { createStoreCallback } from "./steps/receive/store-callback.ts";
import { storedMetric } from "./steps/receive/stored-metric.ts";

export type Environment = { readonly RECORDS_TABLE: string; readonly BUCKET: string; readonly SPILL_QUEUE_URL: string };

export interface ListenDependencies {
  readonly config: ResolvedConfig;
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly store: ReturnType<typeof createStoreCallback>;
  readonly clock: () => Millis;
  readonly count: Count;
}

export const createListen =
  ({ config, findGateway, store, clock, count }: ListenDependencies) =>
  async (event: PartnerEvent, { report }: Pick<Invocation, "report">): Promise<void> => {
    const source = sourceOnBus(config, event.source);
    const gateway = findGateway(config.sources[source ?? ""]?.gateway ?? "");
    if (source === undefined || !gateway)
      throw new Error(`no source of the configuration is on the bus ${event.source}: add it and deploy`);
    const now = clock();
    const callback = busCallback(source, event, now);
    const kept = await store(receivedRecord(callback, gateway, { kind: "verified", callback }, { config, storedAt: now }));
    if (kept.kind === "not stored") {
      count("NotStored", source);
      throw new Error(kept.reason);
    }
    if (kept.kind === "spilled") report(new Error(kept.reason), { step: kept.kind, source });
    const metric = storedMetric(kept);
    if (metric) count(metric, source);
  };

export const handler = background(({ config, metrics }) => {
  const names = environment<Environment>(["RECORDS_TABLE", "BUCKET", "SPILL_QUEUE_URL"]);
  const put = createSdkPut({ client: dynamoDb(urgent), table: names.RECORDS_TABLE });
  const bodies = createBodies({ bucket: names.BUCKET, limits: lastResort });
  return createListen({
    config,
    findGateway,
    store: createStoreCallback({
      record: createRecord({ put, findGateway }),
      bodies,
      spill: createSpill({ queueUrl: names.SPILL_QUEUE_URL, bucket: names.BUCKET, limits: lastResort }),
      keeping: config,
    }),
    clock: Date.now,
    count: metrics.count,
  });
});
