import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isQuarantined,
  mayQuarantine,
  type Pace,
  quarantinePlaces,
  quarantinesPerSecond,
  quarantinesPerSecondAndNetwork,
} from "../../core/quarantine.ts";
import { recordKey } from "../../core/record.ts";
import { noon, rawCallback } from "../support/samples.ts";

const hour = 3_600_000;

describe("the places of an unproven callback", () => {
  test("are the same for its repetitions within the hour, and others in the next hour", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat({ max: hour - 1 }), (body, sourceIp, later) => {
        const places = quarantinePlaces({ body, sourceIp, receivedAt: noon });
        expect(quarantinePlaces({ body, sourceIp, receivedAt: noon + later })).toEqual(places);
        for (const place of quarantinePlaces({ body, sourceIp, receivedAt: noon + hour })) expect(places).not.toContain(place);
      }),
    );
  });

  test("make keys that are known as quarantined, and no genuine callback's key is", () => {
    expect(quarantinePlaces(rawCallback()).every((place) => isQuarantined(recordKey("sandbox", place)))).toBe(true);
    for (const id of ["evt_1", "unverified:sha256:ab", "a/quarantine:1", "sha256:quarantine:"])
      expect(isQuarantined(recordKey("sandbox", id))).toBe(false);
  });

  test("are among 1,024 an hour, however many are forged from wherever", () => {
    const places = new Set<string>();
    for (let at = 0; at < 20_000; at++)
      for (const place of quarantinePlaces({
        body: Buffer.from(String(at)),
        sourceIp: `${at % 200}.${at % 211}.${at % 223}.1`,
        receivedAt: noon,
      }))
        places.add(place);
    expect(places.size).toBeLessThanOrEqual(1_024);
    expect(places.size).toBeGreaterThan(900);
  });

  test("are among sixteen for a whole neighbourhood of senders, so that they cannot fill those of others", () => {
    for (const addressOf of [
      (at: number) => `203.0.113.${at % 256}`,
      (at: number) => `2001:db8:1:2::${at.toString(16)}`,
      (at: number) => `2001:db8::${at.toString(16)}`,
    ]) {
      const places = new Set<string>();
      for (let at = 0; at < 5_000; at++)
        for (const place of quarantinePlaces({ body: Buffer.from(`forged ${at}`), sourceIp: addressOf(at), receivedAt: noon }))
          places.add(place);
      expect(places.size).toBe(16);
    }
  });
});

describe("the pace of quarantining", () => {
  test("is a number a second at most, whatever the moments at which callbacks come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 200 }), (gaps) => {
        let pace: Pace = { second: 0, networks: [] };
        let now = noon;
        const allowed = new Map<number, number>();
        const asked = new Map<number, number>();
        for (const gap of gaps) {
          now += gap;
          const second = Math.floor(now / 1000);
          const answer = mayQuarantine(pace, now, `${asked.get(second) ?? 0}.0.113.7`);
          pace = answer.pace;
          asked.set(second, (asked.get(second) ?? 0) + 1);
          if (answer.allowed) allowed.set(second, (allowed.get(second) ?? 0) + 1);
        }
        for (const [second, times] of asked) expect(allowed.get(second)).toBe(Math.min(times, quarantinesPerSecond));
      }),
    );
  });

  test("leaves room for others when one network floods", () => {
    let pace: Pace = { second: 0, networks: [] };
    const ask = (sourceIp: string) => {
      const answer = mayQuarantine(pace, noon, sourceIp);
      pace = answer.pace;
      return answer.allowed;
    };
    const flood = Array.from({ length: 100 }, (_, at) => ask(`203.0.113.${at}`));
    expect(flood.filter(Boolean)).toHaveLength(quarantinesPerSecondAndNetwork);
    expect(ask("198.51.100.7")).toBe(true);
  });
});
