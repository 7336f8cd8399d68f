/** Sends callbacks one of the ways, and waits until the application has taken them. */
import { percentile } from "../statistics.ts";
import type { Application } from "./application.ts";
import type { Sent } from "./payload.ts";
import type { Way } from "./ways.ts";

export interface Taken {
  readonly latenciesMs: readonly number[];
  /** From the first sending to the last delivery. */
  readonly seconds: number;
}

/** One by one: each is sent once the one before it is delivered. Else each is sent once one before it is acknowledged. */
export const sendAll = async (way: Way, application: Application, all: readonly Sent[], how: number | "one by one"): Promise<Taken> => {
  const waiting = all.values();
  const sentAt = new Map<string, number>();
  const started = performance.now();
  const lane = async (): Promise<void> => {
    for (const callback of waiting) {
      sentAt.set(callback.id, performance.now());
      await way.send(callback);
      if (how === "one by one") await application.whenTaken(callback.id);
    }
  };
  await Promise.all(Array.from({ length: how === "one by one" ? 1 : how }, lane));
  for (const { id } of all) await application.whenTaken(id);
  const takenAt = all.map(({ id }) => application.taken.get(id)?.[0] ?? Number.NaN);
  return {
    latenciesMs: all.map(({ id }, at) => (takenAt[at] ?? Number.NaN) - (sentAt.get(id) ?? Number.NaN)),
    seconds: (Math.max(...takenAt) - started) / 1000,
  };
};

/** From the sending of a callback to the moment when the application has taken it. */
export interface Delivery {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export const deliveryOf = (latenciesMs: readonly number[]): Delivery =>
  latenciesMs.length === 0
    ? { p50Ms: Number.NaN, p99Ms: Number.NaN }
    : { p50Ms: percentile(latenciesMs, 0.5), p99Ms: percentile(latenciesMs, 0.99) };
