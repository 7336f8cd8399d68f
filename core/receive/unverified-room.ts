/**
 * How many callbacks are kept unverified while a secret cannot be read. Anybody can have one acknowledged then, so that they take
 * places, as the quarantine's do; there is room for an hour of a busy gateway that sends from one network.
 */
import type { RawCallback } from "../callback.ts";
import { hourMs } from "../durations.ts";
import { numbersOf } from "../signature.ts";
import { networkPart } from "./quarantine.ts";

/** 64 networks with these make 262,144 an hour and source at most. */
export const placesPerNetwork = 4_096;
/** Payment callbacks have 0.5 to 20 KB. One that is larger may have up to 4 MB, and takes one of these. */
export const largePlacesPerNetwork = 64;
export const largestOrdinary = 65_536;

/** With three of four places taken, one in three finds none of these free; its gateway retries. */
const placesTried = 4;

/** Where the sender's callbacks of that hour are counted, and the places one may take there: the same for the same hash. */
export const unverifiedPlaces = (
  { source, sourceIp, receivedAt, body }: Pick<RawCallback, "source" | "sourceIp" | "receivedAt" | "body">,
  hash: string,
): { readonly room: string; readonly places: readonly number[] } => {
  const [size, count] = body.length > largestOrdinary ? ["large", largePlacesPerNetwork] : ["small", placesPerNetwork];
  const places = numbersOf(hash, placesTried).map((number) => number % count);
  return { room: `${source} ${Math.floor(receivedAt / hourMs)} ${networkPart(sourceIp)} ${size}`, places: [...new Set(places)] };
};
