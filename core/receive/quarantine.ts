/**
 * Where unverified callbacks go: kept for an operator, in a bounded number of places. A place that is taken is
 * never given to another callback, so a flood of forgeries cannot push out what came before; and the places of one sender's
 * network are few, so that it cannot fill those of others either.
 */

import type { Millis, RawCallback } from "../callback.ts";
import type { Config, SourceConfig } from "../config/config.ts";
import { hourMs } from "../durations.ts";
import type { RecordKey } from "../record.ts";
import { digest, numbersOf, partOf } from "../signature.ts";
import { unverifiedKey } from "./receive.ts";

/** Whether a source's unverified callbacks are acknowledged: their gateway does not send them again, and the quarantine has the only copy. */
export const acknowledgesUnverified = (
  { unproven }: Pick<SourceConfig, "unproven">,
  { onUnverified }: { readonly onUnverified: "refuse" | "accept" },
): boolean => (unproven ?? onUnverified) === "accept";

/** The same of a source by its name. One that is not configured any more may have. */
export const acknowledgesAt = (
  config: Pick<Config, "sources">,
  source: string,
  findGateway: (name: string) => Parameters<typeof acknowledgesUnverified>[1] | undefined,
): boolean => {
  const settings = Object.hasOwn(config.sources, source) ? config.sources[source] : undefined;
  const gateway = settings && findGateway(settings.gateway);
  return !gateway || acknowledgesUnverified(settings, gateway);
};

/** Networks are divided into this many parts ... */
const networks = 64;
/** ... each with this many places an hour: 1,024 an hour and source at most, some 64 MB if all were as large as they may be. */
export const quarantinePlacesPerHour = 16;

/** Payment callbacks have 0.5 to 20 KB (facts/aws.md); an unverified one that is larger is not worth its space. */
export const largestQuarantined = 65_536;

/** A rotated secret is noticed within days; a month leaves time for holidays. */
export const quarantineDays = 30;

/**
 * Unverified callbacks per second for which one process looks for a place; more are answered and counted, but not kept. One network gets
 * half of them at most: a flood from elsewhere must leave room for a gateway whose secret is wrong just then.
 */
export const quarantinesPerSecond = 10;
export const quarantinesPerSecondAndNetwork = 5;

/** Two genuine callbacks may meet in one place; that they meet in all of these, while others are free, is unlikely. */
const placesTried = 4;

/**
 * By what a callback is known in quarantine. One that is rejected is known by its bytes alone: its gateway retries, many of them with a newer
 * signature, and its retries must not crowd others out. One that is acknowledged never comes again, so that nothing else may stand for it,
 * neither a forgery of the same bytes nor another event of which only a header says that it is another.
 */
export const quarantineIdentity = (raw: RawCallback, { isAcknowledged }: { readonly isAcknowledged: boolean }): string =>
  isAcknowledged ? digest("sha256", [unverifiedKey(raw)]) : digest("sha256", [raw.body]);

/** The places a callback may take, in turn: the same for a repetition within the hour, in the hour of its receipt. */
export const quarantinePlaces = (raw: Pick<RawCallback, "sourceIp" | "receivedAt">, identity: string): readonly string[] => {
  const network = `quarantine:${Math.floor(raw.receivedAt / hourMs)}:${networkPart(raw.sourceIp)}`;
  const places = numbersOf(identity, placesTried).map((number) => number % quarantinePlacesPerHour);
  return [...new Set(places)].map((place) => `${network}:${place}`);
};

/** Which of the parts the sender's network belongs to. */
export const networkPart = (address: string): number => partOf(networkOf(address), networks);

/** A gateway's machines are neighbours: the first three bytes of an IPv4 address, the first four groups of an IPv6 one. */
const networkOf = (address: string): string =>
  address.includes(":") ? groupsOf(address).slice(0, 4).join(":") : address.split(".").slice(0, 3).join(".");

/** With the zeros written out that `::` stands for: one network must not look like many. */
const groupsOf = (address: string): readonly string[] => {
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => group.replace(/^0+(?=.)/, "")));
  const zeros = 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array.from({ length: zeros }, () => "0"), ...groups(tail)];
};

/** Which of the places a quarantined callback has: those of one network and hour, for one source. Undefined for any other key. */
export const quarantinePlaceOf = (key: string): { readonly hour: number; readonly network: string } | undefined => {
  const [, source, hour, part] = /^([^/]+)\/quarantine:(\d+):(\d+):\d+$/.exec(key) ?? [];
  return hour === undefined ? undefined : { hour: Number(hour), network: `${source} ${part}` };
};

/** So many places taken, and more than half of what comes then is not kept: each callback tries a few of them only. */
export const crowdedPlaces = 14;

export const isQuarantined = (key: string): key is RecordKey => /^[^/]+\/quarantine:/.test(key);

/** Which networks have used up the current second. Pure: the caller keeps what it returns. */
export interface Pace {
  readonly second: number;
  readonly networks: readonly number[];
}

export const mayQuarantine = (pace: Pace, now: Millis, sourceIp: string): { allowed: boolean; pace: Pace } => {
  const second = Math.floor(now / 1000);
  const spent = pace.second === second ? pace.networks : [];
  const network = networkPart(sourceIp);
  const allowed = spent.length < quarantinesPerSecond && spent.filter((one) => one === network).length < quarantinesPerSecondAndNetwork;
  return { allowed, pace: { second, networks: allowed ? [...spent, network] : spent } };
};
