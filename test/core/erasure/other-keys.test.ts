import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { otherKeys } from "../../../core/erasure/other-keys.ts";
import { quarantineIdentity, quarantinePlaces } from "../../../core/receive/quarantine.ts";
import { type Identifier, receivedRecord, unverifiedKey } from "../../../core/receive/receive.ts";
import { hashedKey, recordKey } from "../../../core/record.ts";
import { noon, rawCallback, sampleConfig } from "../../support/samples.ts";

const raw = rawCallback();
const byEventId: Identifier = { name: "sandbox", identify: () => "evt_1" };
const byNumbers: Identifier = { name: "sandbox", identify: () => "order-1", hashesId: true };
const recordOf = (gateway: Identifier) => receivedRecord(raw, gateway, verified(raw), { config: sampleConfig, storedAt: noon });

describe("the other keys of a callback", () => {
  test("are those it had while it was not verified", () => {
    expect(otherKeys(recordOf(byEventId), byEventId, sampleConfig, true)).toEqual({
      ofItsId: [],
      ofItsBytes: [
        unverifiedKey(raw),
        ...[true, false].flatMap((isAcknowledged) =>
          quarantinePlaces(raw, quarantineIdentity(raw, { isAcknowledged })).map((place) => recordKey("sandbox", place)),
        ),
      ],
    });
  });

  test("are the former one of a hashed id, and the hashed one of a former record", () => {
    const today = hashedKey("sandbox", "order-1");
    expect(otherKeys(recordOf(byNumbers), byNumbers, sampleConfig, true)).toMatchObject({ ofItsId: ["sandbox/order-1"] });
    expect(otherKeys(recordOf(byNumbers), byNumbers, sampleConfig, true)).not.toHaveProperty("today");
    const former = { ...recordOf(byNumbers), key: "sandbox/order-1" } as const;
    expect(otherKeys(former, byNumbers, sampleConfig, true)).toMatchObject({ today, ofItsId: [today] });
    expect(otherKeys({ ...former, variantOf: "sandbox/order-1" }, byNumbers, sampleConfig, true).ofItsId).toEqual([]);
  });

  test("are, without its bytes, only those that its key says", () => {
    const former = { ...recordOf(byNumbers), key: "sandbox/order-1" } as const;
    expect(otherKeys(former, byNumbers, sampleConfig, false)).toEqual({
      today: hashedKey("sandbox", "order-1"),
      ofItsId: [hashedKey("sandbox", "order-1")],
      ofItsBytes: [],
    });
    expect(otherKeys(recordOf(byEventId), undefined, sampleConfig, false)).toEqual({ ofItsId: [], ofItsBytes: [] });
  });

  test("are not, for what was found in an export, those of a callback with such an id: it never had one", () => {
    const found = { run: "run-1", by: "aya", isToBeDelivered: false };
    const record = { ...recordOf(byNumbers), key: "sandbox/found:0123", found } as const;
    expect(otherKeys(record, byNumbers, sampleConfig, false)).toEqual({ ofItsId: [], ofItsBytes: [] });
  });

  test("never have its own among them", () => {
    const unverified = receivedRecord(
      raw,
      byEventId,
      { kind: "unverifiable", cause: { kind: "secret unreadable", secret: "s", detail: "away" } },
      {
        config: sampleConfig,
        storedAt: noon,
      },
    );
    expect(otherKeys(unverified, byEventId, sampleConfig, true).ofItsBytes).not.toContain(unverified.key);
  });
});
