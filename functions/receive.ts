/**
 * Receive: the only code a gateway waits for. Verifies a callback, stores its bytes, and only then acknowledges it.
 * Parsing is left to consume, so that a parser bug cannot cost an acknowledgement.
 */
import type { Millis, RawCallback, Reply } from "../core/callback.ts";
import type { MetricName } from "../core/conditions/metric-names.ts";
import type { ResolvedConfig } from "../core/config/defaults.ts";
import { findSource, publicSettings } from "../core/config/of-config.ts";
import { acknowledgesUnverified } from "../core/receive/quarantine.ts";
import { receivedRecord } from "../core/receive/receive.ts";
import type { Front } from "../gateways/gateway.ts";
import { findFront } from "../gateways/registry/find-front.ts";
import { lastResort, urgent } from "../io/clients.ts";
import { createDirect } from "../io/direct/direct.ts";
import { createSpill } from "../io/fallback-store/spill.ts";
import { createBodies } from "../io/records/bodies.ts";
import { createDirectPut } from "../io/records/direct-put.ts";
import { createQuarantine, type Quarantine } from "../io/records/quarantine.ts";
import { createRecord } from "../io/records/record.ts";
import { createUnverifiedRoom, type UnverifiedRoom } from "../io/records/unverified-room.ts";
import { createSecretReader, verifiesForMs } from "../io/secrets.ts";
import { createSourceVerifier, type SourceVerifier } from "../io/source-verifier.ts";
import { http } from "./shell/http.ts";
import { type LazyCount, type LazyReport, lazy } from "./shell/lazy-metrics.ts";
import { bundledConfig, environment } from "./shell/settings.ts";
import { createStoreCallback } from "./steps/receive/store-callback.ts";
import { storedMetric } from "./steps/receive/stored-metric.ts";

export type Environment = { readonly RECORDS_TABLE: string; readonly BUCKET: string; readonly SPILL_QUEUE_URL: string };

export interface ReceiveDependencies {
  readonly config: ResolvedConfig;
  readonly findFront: (name: string) => Front | undefined;
  readonly verifier: SourceVerifier;
  readonly store: ReturnType<typeof createStoreCallback>;
  readonly quarantine: Quarantine;
  readonly unverifiedRoom: UnverifiedRoom;
  readonly clock: () => Millis;
  readonly count: LazyCount;
  readonly report: LazyReport;
}

const plain = (status: number, body: string): Reply => ({ status, contentType: "text/plain; charset=utf-8", body });

const notAllowed = ({ methods }: Front): Reply => ({ ...plain(405, "method not allowed"), headers: { allow: methods.join(", ") } });

export const createReceive =
  ({ config, findFront, verifier, store, quarantine, unverifiedRoom, clock, count, report }: ReceiveDependencies) =>
  async (raw: RawCallback): Promise<Reply> => {
    const source = findSource(config, raw.source);
    const counted = (metric: MetricName) => count(metric, raw.source);
    // What comes by EventBridge is nothing that anybody may post.
    const gateway = source && source.kind !== "eventbridge" && findFront(source.gateway);
    if (!gateway) {
      // Without its name, which anybody can make up: each would be a metric of its own.
      await count("NoSuchSource");
      return plain(404, "no such source");
    }
    if (raw.body.length > config.maxBodyBytes) {
      await counted("TooLarge");
      return plain(413, "too large");
    }

    const refusedMethod = async (front: Front): Promise<Reply> => {
      await count("NotAllowed");
      return notAllowed(front);
    };
    const isItsMethod = gateway.methods.some((method) => method === raw.method);
    // A handshake may come by GET where callbacks do not.
    if (!isItsMethod && raw.method !== "GET") return refusedMethod(gateway);

    const proof = await verifier.verify(raw, gateway);
    if (proof.kind === "greeting") return proof.reply;
    if (!isItsMethod) return refusedMethod(gateway);
    // Both answers are ready before the write: nothing after it can go wrong.
    const settings = publicSettings(config, raw.source);
    const [yes, no] = [gateway.acknowledge(raw, settings), gateway.refuse(raw, settings)];
    const isCrowdedOut = proof.kind === "unverifiable" && (await unverifiedRoom(raw)) === "full";
    if (proof.kind === "refused" || isCrowdedOut) {
      if (proof.kind === "refused") await counted("Unproven");
      const refusal = proof.kind === "refused" ? proof.reason : "its secret could not be read, and the room for such callbacks was full";
      const isAcknowledged = acknowledgesUnverified(source, gateway);
      const quarantined = await quarantine({ raw, gateway: gateway.name, refusal, isAcknowledged });
      await counted(quarantined.kind === "kept" ? "Quarantined" : "NotQuarantined");
      // Promise P1 holds here too: an acknowledgement needs the bytes in a durable store.
      return isAcknowledged && quarantined.kind === "kept"
        ? yes
        : { ...no, status: source.options?.refuseStatus ? no.status : (gateway.unverifiedStatus ?? no.status) };
    }
    const kept = await store(receivedRecord(raw, gateway, proof, { config, storedAt: clock() }));
    if (proof.kind === "unverifiable") await counted("StoredUnverified");
    if (kept.kind !== "recorded") await report(new Error(kept.reason), { step: kept.kind, source: raw.source });
    if (kept.kind === "not stored") {
      await counted("NotStored");
      return no;
    }
    const metric = storedMetric(kept);
    if (metric) await counted(metric);
    return yes;
  };

export const handler = http(() => {
  const names = environment<Environment>(["RECORDS_TABLE", "BUCKET", "SPILL_QUEUE_URL"]);
  const config = bundledConfig();
  const table = createDirect("dynamodb", process.env, Date.now);
  const secretsManager = createDirect("secretsmanager", process.env, Date.now);
  for (const service of [table, secretsManager]) service?.open();
  const put = createDirectPut({ call: table?.call, table: names.RECORDS_TABLE, limits: urgent, clock: Date.now });
  const bodies = createBodies({ bucket: names.BUCKET, limits: lastResort });
  return createReceive({
    config,
    findFront,
    verifier: createSourceVerifier({
      config,
      secrets: createSecretReader({
        limits: { attempts: 1, requestTimeoutMs: 500 },
        clock: Date.now,
        staleForMs: verifiesForMs,
        call: secretsManager?.call,
      }),
    }),
    quarantine: createQuarantine({ put, clock: Date.now }),
    unverifiedRoom: createUnverifiedRoom({ put }),
    store: createStoreCallback({
      record: createRecord({ put, keepsAll: false, findGateway: findFront }),
      bodies,
      spill: createSpill({ queueUrl: names.SPILL_QUEUE_URL, bucket: names.BUCKET, limits: lastResort }),
      keeping: config,
    }),
    clock: Date.now,
    count: lazy(async () => (await import("./shell/metrics.ts")).createCount(config.name)),
    report: lazy(async () => (await import("./shell/log.ts")).createReport(config.name)),
  });
});
