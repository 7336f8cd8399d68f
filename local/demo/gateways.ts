/**
 * The simulated gateways: each signs, sends, reads the answer as its real one does, and sends again when it is not exactly the
 * word it waits for. What they note is what they saw on the wire.
 */

import type { RawCallback } from "../../core/callback.ts";
import { prove } from "../../core/prove.ts";
import { bytesId, type RecordKey, recordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import type { Gateway, SourceSettings } from "../../gateways/index.ts";
import { pause } from "../wait.ts";
import { forge } from "./forgeries.ts";
import type { Planned } from "./plan.ts";
import type { Stores } from "./stores.ts";
import type { Answer, Wire } from "./wire.ts";

/** One request and what came of it. Moments are those of `performance.now()`. */
export interface Exchange {
  readonly source: string;
  readonly genuine: boolean;
  /** Of the bytes that were sent. */
  readonly sha256: string;
  readonly sentAt: number;
  readonly endedAt: number;
  /** `none`: the connection ended before there was an answer. */
  readonly answer: "positive" | "negative" | "none";
  readonly status?: number;
  /** Of a genuine one that was answered: whether its bytes lay in the table when somebody looked right after the answer. */
  readonly stored?: boolean;
  /** The time of day when it was answered. */
  readonly answeredAt: number;
}

/** How a gateway tells yes from no, and how long it waits before each further try. Real ones wait minutes and hours. */
interface Habits {
  readonly isPositive: (answer: Answer) => boolean;
  readonly retryMs: readonly number[];
}

const is2xx = ({ status }: Answer): boolean => status >= 200 && status < 300;

const habits: Readonly<Record<string, Habits>> = {
  sandbox: { isPositive: ({ status, body }) => status === 200 && body === "OK", retryMs: [50, 100, 200, 400, 800] },
  stripe: { isPositive: is2xx, retryMs: [100, 200, 400, 800, 1_600] },
  "standard-webhooks": { isPositive: is2xx, retryMs: [50, 300, 1_800] },
  sbps: { isPositive: ({ status, body }) => status === 200 && body === "OK,", retryMs: [] },
  "gmo-pg": { isPositive: ({ status, body }) => status === 200 && body === "0", retryMs: [200, 200, 200, 200, 200] },
};

export interface Source {
  readonly gateway: Gateway;
  readonly settings: SourceSettings;
}

export interface GatewaysOrder {
  readonly sources: ReadonlyMap<string, Source>;
  readonly wire: Wire;
  readonly stores: Pick<Stores, "hold">;
}

export const createGateways = ({ sources, wire, stores }: GatewaysOrder) => {
  const log: Exchange[] = [];

  const exchange = async (planned: Planned, { gateway, settings }: Source, hangUp: boolean): Promise<Exchange> => {
    const { source, body, forgery } = planned;
    const signed = forgery ? forge(forgery, body, gateway, settings, Date.now()) : gateway.sign(body, settings, Date.now());
    const raw: RawCallback = { ...signed, source };
    const sha256 = digest("sha256", [raw.body]);
    const keys = forgery ? [] : keysOf(raw, gateway, settings);
    const sentAt = performance.now();
    const answer = await (hangUp ? wire.postAndHangUp(raw) : wire.post(raw));
    const [endedAt, answeredAt] = [performance.now(), Date.now()];
    const stored = !forgery && answer ? await stores.hold(keys, sha256) : undefined;
    const seen: Exchange = {
      source,
      genuine: !forgery,
      sha256,
      sentAt,
      endedAt,
      answer: !answer ? "none" : habits[source]?.isPositive(answer) ? "positive" : "negative",
      ...(answer && { status: answer.status }),
      ...(stored !== undefined && { stored }),
      answeredAt,
    };
    log.push(seen);
    return seen;
  };

  /** Until it is acknowledged or the gateway gives up. Who forges tries once. */
  const send = async (planned: Planned): Promise<void> => {
    const source = sources.get(planned.source);
    if (!source) throw new Error(`the demo's stack has no source ${planned.source}`);
    let last = await exchange(planned, source, planned.hangsUp === true);
    for (const waitMs of planned.forgery ? [] : (habits[planned.source]?.retryMs ?? [])) {
      if (last.answer === "positive") return;
      await pause(waitMs);
      last = await exchange(planned, source, false);
    }
  };

  return {
    log: log as readonly Exchange[],
    /** Sends all of them, so many at a time. */
    async sendAll(all: readonly Planned[], concurrency: number): Promise<void> {
      const rest = all.values();
      const lane = async () => {
        for (const planned of rest) await send(planned);
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
  };
};

/** Where the record may lie: under its id or, when it names none, its bytes; or as one whose secret could not be read just then. */
const keysOf = (raw: RawCallback, gateway: Gateway, settings: SourceSettings): readonly RecordKey[] => {
  const proof = prove(gateway, raw, settings);
  if (proof.kind === "refused") throw new Error(`the simulated ${raw.source} cannot sign: ${proof.reason}`);
  const unverified = recordKey(raw.source, `unverified:${bytesId(raw.body)}`);
  try {
    return [recordKey(raw.source, gateway.identify(proof.callback, settings)), unverified];
  } catch {
    return [recordKey(raw.source, bytesId(raw.body)), unverified];
  }
};
