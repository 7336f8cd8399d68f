/** What goes wrong on the way, by the seed's chance: each fault asked for happens at least once. */

import type { RawCallback } from "../core/callback.ts";
import { verifyCallback } from "../core/receive/verify-callback.ts";
import type { Gateway, SourceSettings } from "../gateways/index.ts";
import type { SimulatedCallback } from "./callbacks.ts";
import { type Random, shuffled } from "./random.ts";

export const faultKinds = ["duplicates", "reorder", "delay", "tamper", "drop-answer"] as const;
/**
 * duplicates: sent again although it was acknowledged. reorder: neighbours overtake each other. delay: sent after everything else.
 * tamper: somebody sends a changed copy ahead of it. drop-answer: the answer is lost on its way, so the gateway retries.
 */
export type Fault = (typeof faultKinds)[number];

export const isFault = (text: string): text is Fault => faultKinds.some((kind) => kind === text);

export interface Sending {
  readonly callback: SimulatedCallback;
  readonly kind: "genuine" | "duplicate" | "tampered";
  /** The answer to the first attempt does not arrive. */
  readonly losesAnswer: boolean;
}

/** One callback in four has a given fault. */
const share = 0.25;
/** How far a duplicate lags behind, and how far callbacks overtake each other. */
const reach = 4;

export const withFaults = (callbacks: readonly SimulatedCallback[], faults: readonly Fault[], random: Random): readonly Sending[] => {
  const chosen = (fault: Fault): ReadonlySet<number> => (faults.includes(fault) ? some(callbacks.length, random) : new Set());
  const [doubled, overtaken, delayed, tampered, dropped] = faultKinds.map(chosen);
  return callbacks
    .flatMap((callback, index): readonly (Sending & { readonly place: number })[] => {
      const late = delayed?.has(index) ? callbacks.length + reach : 0;
      const place = index + late + (overtaken?.has(index) ? 1 + random() * reach : 0);
      const genuine = { callback, kind: "genuine", losesAnswer: dropped?.has(index) ?? false, place } as const;
      return [
        ...(tampered?.has(index) ? [{ callback, kind: "tampered", losesAnswer: false, place: place - 0.5 } as const] : []),
        genuine,
        ...(doubled?.has(index) ? [{ callback, kind: "duplicate", losesAnswer: false, place: place + random() * reach } as const] : []),
      ];
    })
    .sort((one, other) => one.place - other.place)
    .map(({ place: _, ...sending }) => sending);
};

const some = (length: number, random: Random): ReadonlySet<number> => {
  const indexes = shuffled(
    random,
    Array.from({ length }, (_, index) => index),
  );
  return new Set(indexes.slice(0, Math.max(1, Math.round(length * share))));
};

/**
 * A copy that the gateway's own `verify` rejects: one bit changed, in the body or, where the body is not covered, in a header.
 * @returns undefined when the proof covers nothing of it: a changed copy would count as genuine, and is not sent.
 */
export const tamper = (raw: RawCallback, gateway: Gateway, settings: SourceSettings, random: Random): RawCallback | undefined => {
  const isRefused = (changed: RawCallback) => verifyCallback(gateway, changed, settings).kind === "refused";
  const start = Math.floor(random() * raw.body.length);
  for (let step = 0; step < raw.body.length; step++) {
    const place = (start + step) % raw.body.length;
    const digit = raw.body[place] ?? 0;
    // Digits only: an amount, a date, an id. Other changes may make the body unreadable, which proves less.
    if (digit < 0x30 || digit > 0x39) continue;
    const body = Uint8Array.from(raw.body);
    body[place] = digit === 0x39 ? 0x30 : digit + 1;
    const url = raw.method === "GET" ? `${raw.url.split("?")[0]}?${Buffer.from(body).toString("latin1")}` : raw.url;
    if (isRefused({ ...raw, body, url })) return { ...raw, body, url };
  }
  return Object.entries(raw.headers)
    .map(([name, value]): RawCallback => ({ ...raw, headers: { ...raw.headers, [name]: `${value}0` } }))
    .find(isRefused);
};
