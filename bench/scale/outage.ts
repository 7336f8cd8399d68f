/** What an outage leaves behind, and how long it takes to catch up. Pure. */
import { assumptions, limits } from "./limits.ts";
import type { Measured } from "./measured.ts";
import { consumeSeconds, recoverSeconds, roomsOf, type Settings, secondsOf } from "./room.ts";

export interface CatchingUp {
  readonly backlog: number;
  /** Callbacks a second, of which those that arrive meanwhile take their part. */
  readonly perSecond: number;
  /** Never, when no more is taken than arrives. */
  readonly seconds: number;
  /** What bounds it. */
  readonly place: string;
}

const outageSeconds = 3 * 3_600;

const slowest = (places: ReadonlyArray<readonly [place: string, perSecond: number]>) =>
  places.reduce((one, other) => (other[1] < one[1] ? other : one));

const catchUp = (rate: number, places: Parameters<typeof slowest>[0]): CatchingUp => {
  const backlog = rate * outageSeconds;
  const [place, perSecond] = slowest(places);
  return { backlog, perSecond, seconds: perSecond > rate ? backlog / (perSecond - rate) : Number.POSITIVE_INFINITY, place };
};

/** The application was down for three hours: all waits under the breaker's hold, and is released. */
export const afterApplication = (measured: Measured, settings: Settings, rate: number): CatchingUp => {
  const rooms = new Map(roomsOf(measured, settings).map(({ place, perSecond }) => [place, perSecond]));
  const ledger = (rooms.get("ledger table") ?? 0) * measured.units.ledger;
  return catchUp(rate, [
    ["consume", (settings.capacity.consume.maxConcurrency * measured.services.consume.batch) / consumeSeconds(measured)],
    ["ledger table", ledger / (measured.units.ledger + assumptions.heldUnits)],
    ["open index", (assumptions.openShards * limits.partitionWrites.value) / assumptions.heldIndexUnits],
  ]);
};

/** The records table was not writable for three hours: all is in the spill queue, and is recorded. */
export const afterTable = (measured: Measured, settings: Settings, rate: number): CatchingUp => {
  const rooms = new Map(roomsOf(measured, settings).map(({ place, perSecond }) => [place, perSecond]));
  const perRun = measured.services.consume.batch / recoverSeconds(measured);
  return catchUp(rate, [
    // It records nothing of what arrives, which goes straight to the table.
    ["recover", settings.capacity.recover.maxConcurrency * perRun + rate],
    ...["records table", "timeline index", "stream to relay", "consume", "ledger table"].map(
      (place) => [place, rooms.get(place) ?? 0] as const,
    ),
  ]);
};

/** Concurrent executions of `receive` while the table hangs rather than refuses: it waits before it spills. */
export const receiveWhileTableHangs = ({ services }: Measured, rate: number): number =>
  Math.ceil(rate * (secondsOf(services.receive) + assumptions.hangingTableSeconds));
