/**
 * Where callbacks go that could not be proven: kept for a person, in a bounded number of places. A place that is taken is
 * never given to another callback, so a flood of forgeries cannot push out what came before; and the places of one sender's
 * network are few, so that it cannot fill those of others either.
 */
import type { Millis, RawCallback } from "./callback.ts";
import { digest } from "./signature.ts";

/** Networks are told apart into this many parts ... */
const networks = 64;
/** ... each with this many places an hour: 1,024 an hour and source at most, some 64 MB if all were as large as they may be. */
const placesPerNetwork = 16;

/** Payment callbacks have 0.5 to 20 KB (facts/aws.md); what is larger and unproven is not worth its room. */
export const largestQuarantined = 65_536;

/** A rotated secret is noticed within days; a month leaves time for holidays. */
export const quarantineDays = 30;

/** Puts a second that one process spends on what it cannot prove. More are answered, counted and not kept. */
export const quarantinesPerSecond = 10;

const hourMs = 3_600_000;

/** The place of a callback: the same for a repetition within the hour, in the hour of its receipt. */
export const quarantinePlace = (raw: Pick<RawCallback, "body" | "sourceIp" | "receivedAt">): string => {
  const part = (text: string | Uint8Array, parts: number) => Number.parseInt(digest("sha256", [text]).slice(0, 8), 16) % parts;
  const hour = Math.floor(raw.receivedAt / hourMs);
  return `quarantine:${hour}:${part(networkOf(raw.sourceIp), networks)}:${part(raw.body, placesPerNetwork)}`;
};

/** A gateway's machines are neighbours: the first three bytes of an IPv4 address, the first four groups of an IPv6 one. */
const networkOf = (address: string): string =>
  address.includes(":") ? address.split(":").slice(0, 4).join(":") : address.split(".").slice(0, 3).join(".");

export const isQuarantined = (key: string): boolean => /^[^/]+\/quarantine:/.test(key);

/** Counts within the current second. Pure: the caller keeps what it returns. */
export interface Pace {
  readonly second: number;
  readonly used: number;
}

export const mayQuarantine = (pace: Pace, now: Millis): { allowed: boolean; pace: Pace } => {
  const second = Math.floor(now / 1000);
  const used = pace.second === second ? pace.used : 0;
  return used < quarantinesPerSecond ? { allowed: true, pace: { second, used: used + 1 } } : { allowed: false, pace };
};
