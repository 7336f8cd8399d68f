/**
 * The simulated gateways: each signs, sends, and retries when the answer is not exactly its acknowledgement. They record
 * what they saw on the wire.
 */
import { Agent } from "node:http";
import type { RawCallback } from "../../core/callback.ts";
import { unverifiedKey, verifiedKey } from "../../core/receive/receive.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import type { RecordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import type { Gateway } from "../../gateways/index.ts";
import { signCallback } from "../../simulator/callbacks.ts";
import { type Destination, deadlineMsOf, untilAcknowledged } from "../../simulator/play.ts";
import { retrySchedule } from "../../simulator/retry-schedule.ts";
import { isAnswer, send } from "../../simulator/send.ts";
import type { Exchange, Stores } from "./evidence.ts";
import { forge } from "./forgeries.ts";
import type { Planned } from "./plan.ts";

/** All retries of a gateway together take this long. Real ones take hours or days. */
const retriesMs = 3_000;

const waitsMsOf = (gateway: Gateway): readonly number[] => {
  const schedule = retrySchedule(gateway);
  const total = schedule.reduce((sum, seconds) => sum + seconds, 0);
  return schedule.map((seconds) => (seconds * retriesMs) / total);
};

export const createGateways = (destinations: ReadonlyMap<string, Destination>, stores: Pick<Stores, "hold">) => {
  const agent = new Agent({ keepAlive: true });
  const log: Exchange[] = [];

  const exchange = async (planned: Planned, destination: Destination, fault?: "hang up"): Promise<Exchange> => {
    const { forgery } = planned;
    const { gateway, settings, source, url } = destination;
    const now = Date.now();
    const raw = forgery ? forge(forgery, planned, destination, now) : signCallback(gateway, planned, settings, { source, url, now });
    const sha256 = digest("sha256", [raw.body]);
    const keys = forgery ? [] : keysOf(raw, destination);
    const sentAt = performance.now();
    const answer = await send({ raw, deadlineMs: deadlineMsOf(gateway), agent, fault });
    const [endedAt, answeredAt] = [performance.now(), Date.now()];
    const { secrets: _, ...known } = settings;
    const seen: Exchange = {
      source,
      genuine: !forgery,
      sha256,
      sentAt,
      endedAt,
      answer: answer.kind === "unanswered" ? "none" : isAnswer(answer, gateway.acknowledge(raw, known)) ? "acknowledged" : "rejected",
      ...(answer.kind === "answered" && { status: answer.status }),
      ...(answer.kind === "answered" && !forgery && { stored: await stores.hold(keys, sha256) }),
      answeredAt,
    };
    log.push(seen);
    return seen;
  };

  /** Until it is acknowledged or the gateway gives up. A forger tries once. */
  const deliver = async (planned: Planned): Promise<void> => {
    const destination = destinations.get(planned.source);
    if (!destination) throw new Error(`the demo's stack has no source ${planned.source}`);
    await untilAcknowledged(
      async (number) => {
        const { answer } = await exchange(planned, destination, planned.hangsUp && number === 1 ? "hang up" : undefined);
        return { isAcknowledged: answer === "acknowledged" };
      },
      planned.forgery ? [] : waitsMsOf(destination.gateway),
    );
  };

  return {
    log: log as readonly Exchange[],
    /** Sends all of them, at most `concurrency` at a time, and reports how many are done. */
    async sendAll(all: readonly Planned[], concurrency: number, report: (done: number) => void): Promise<void> {
      const rest = all.values();
      let done = 0;
      const lane = async () => {
        for (const planned of rest) {
          await deliver(planned);
          report(++done);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
    close: () => agent.destroy(),
  };
};

/** Where the record may be: under its id or, when it names none, its bytes; or as one whose secret could not be read just then. */
const keysOf = (raw: RawCallback, { gateway, settings }: Destination): readonly RecordKey[] => {
  const proof = verifyCallback(gateway, raw, settings);
  if (proof.kind === "refused") throw new Error(`the simulated ${raw.source} cannot sign: ${proof.reason}`);
  return [verifiedKey(gateway, proof.callback, settings), unverifiedKey(raw)];
};
