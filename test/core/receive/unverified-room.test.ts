import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largePlacesPerNetwork, largestOrdinary, placesPerNetwork, unverifiedPlaces } from "../../../core/receive/unverified-room.ts";
import { digest } from "../../../core/signature.ts";
import { noon, rawCallback } from "../../support/samples.ts";

const hour = 3_600_000;
const hashOf = (at: number) => digest("sha256", [String(at)]);

describe("the places of a callback that is kept unverified", () => {
  test("are the same for its repetitions within the hour, and in another room in the next", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat({ max: hour - 1 }), fc.nat(), (sourceIp, later, at) => {
        const placed = unverifiedPlaces(rawCallback({ sourceIp, receivedAt: noon }), hashOf(at));
        expect(unverifiedPlaces(rawCallback({ sourceIp, receivedAt: noon + later }), hashOf(at))).toEqual(placed);
        expect(unverifiedPlaces(rawCallback({ sourceIp, receivedAt: noon + hour }), hashOf(at)).room).not.toBe(placed.room);
        expect(unverifiedPlaces(rawCallback({ sourceIp, receivedAt: noon, source: "other" }), hashOf(at)).room).not.toBe(placed.room);
      }),
    );
  });

  test("are 4,096 for one network, and 64 for what is larger than a payment's callback is", () => {
    const roomOf = (bytes: number) => {
      const body = new Uint8Array(bytes);
      const all = Array.from({ length: 30_000 }, (_, at) =>
        unverifiedPlaces(rawCallback({ sourceIp: `203.0.113.${at % 256}`, body }), hashOf(at)),
      );
      expect(new Set(all.map(({ room }) => room)).size).toBe(1);
      return new Set(all.flatMap(({ places }) => places)).size;
    };
    expect(roomOf(largestOrdinary)).toBe(placesPerNetwork);
    expect(roomOf(largestOrdinary + 1)).toBe(largePlacesPerNetwork);
  });

  test("are read from its hash, four in turn and each once, and are keys: what stands under them is found by any version", () => {
    const small = rawCallback({ body: new Uint8Array(65_536) });
    const large = rawCallback({ body: new Uint8Array(65_537) });
    // 4,097 of 4,096 and 65 of 64 come round to the first again.
    expect(unverifiedPlaces(small, "0000100100000002000000030000000400000005")).toEqual({
      room: "sandbox 498660 56 small",
      places: [1, 2, 3, 4],
    });
    expect(unverifiedPlaces(large, "0000004100000001000000030000000400000005")).toEqual({
      room: "sandbox 498660 56 large",
      places: [1, 3, 4],
    });
  });

  test("leave room for those of other networks, of which there are 64", () => {
    const rooms = Array.from({ length: 20_000 }, (_, at) =>
      unverifiedPlaces(rawCallback({ sourceIp: `${at % 200}.${at % 211}.${at % 223}.1` }), hashOf(0)),
    );
    expect(new Set(rooms.map(({ room }) => room)).size).toBe(64);
  });
});
