/** An outage of the application, with callbacks that come all along at a steady rate. */
import type { Application } from "./application.ts";
import { callbacksFor, type Sent } from "./payload.ts";
import { type Delivery, deliveryOf } from "./send-all.ts";
import type { Way } from "./ways.ts";

export interface OutageOptions {
  /** The application is down for that long, from the first callback on; callbacks come for as long again. */
  readonly outageSeconds: number;
  readonly perSecond: number;
}

export interface Survived {
  /** From the end of the outage to the last delivery of what came during it. */
  readonly caughtUpAfterSeconds: number;
  readonly notDelivered: number;
  readonly deliveredTwice: number;
  /** Callbacks that were delivered after a later one of their contract. */
  readonly overtaken: number;
}

/** How long nothing may be delivered until what is missing counts as not delivered: longer than any way's queue hides a message. */
const silenceMs = 75_000;

export const outage = async (
  way: Way,
  application: Application,
  { outageSeconds, perSecond }: OutageOptions,
): Promise<Delivery & Survived> => {
  const all = callbacksFor(Math.round(2 * outageSeconds * perSecond), way.secret);
  const sentAt = new Map<string, number>();
  const sending: Promise<void>[] = [];
  application.isDown = true;
  const started = performance.now();
  const ending = Promise.withResolvers<number>();
  setTimeout(() => {
    application.isDown = false;
    ending.resolve(performance.now());
  }, outageSeconds * 1000);
  for (const [index, callback] of all.entries()) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, started + (index / perSecond) * 1000 - performance.now())));
    sentAt.set(callback.id, performance.now());
    sending.push(way.send(callback));
  }
  await Promise.all(sending);
  const endedAt = await ending.promise;
  const missing = () => all.filter(({ id }) => !application.taken.has(id));
  for (let [last, since] = [missing().length, performance.now()]; last > 0 && performance.now() - since < silenceMs; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = missing().length;
    if (now < last) [last, since] = [now, performance.now()];
  }
  const delivered = all.filter(({ id }) => application.taken.has(id));
  const takenAt = (id: string) => application.taken.get(id)?.[0] ?? Number.NaN;
  const before = delivered.filter(({ id }) => (sentAt.get(id) ?? 0) < endedAt);
  return {
    ...deliveryOf(delivered.map(({ id }) => takenAt(id) - (sentAt.get(id) ?? Number.NaN))),
    caughtUpAfterSeconds: (Math.max(endedAt, ...before.map(({ id }) => takenAt(id))) - endedAt) / 1000,
    notDelivered: all.length - delivered.length,
    deliveredTwice: all.filter(({ id }) => (application.taken.get(id)?.length ?? 0) > 1).length,
    overtaken: overtakenIn(delivered, takenAt),
  };
};

const overtakenIn = (delivered: readonly Sent[], takenAt: (id: string) => number): number =>
  [...Map.groupBy(delivered, ({ contract }) => contract).values()]
    .map((own) => own.filter(({ id }, at) => own.slice(at + 1).some((later) => takenAt(later.id) < takenAt(id))).length)
    .reduce((one, other) => one + other, 0);
