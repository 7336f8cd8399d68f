import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import {
  acknowledgesAt,
  crowdedPlaces,
  isQuarantined,
  largestQuarantined,
  mayQuarantine,
  networkPart,
  type Pace,
  quarantineDays,
  quarantineIdentity,
  quarantinePlaceOf,
  quarantinePlaces,
  quarantinesPerSecond,
  quarantinesPerSecondAndNetwork,
} from "../../../core/receive/quarantine.ts";
import { recordKey } from "../../../core/record.ts";
import { noon, rawCallback } from "../../support/samples.ts";

const hour = 3_600_000;

const placesOf = (changes: Partial<RawCallback> = {}, isAcknowledged = false) => {
  const raw = rawCallback(changes);
  return quarantinePlaces(raw, quarantineIdentity(raw, { isAcknowledged }));
};

describe("the places of an unverified callback", () => {
  test("are the same for its repetitions within the hour, and others in the next hour", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat({ max: hour - 1 }), (body, sourceIp, later) => {
        const places = placesOf({ body, sourceIp, receivedAt: noon });
        expect(placesOf({ body, sourceIp, receivedAt: noon + later })).toEqual(places);
        for (const place of placesOf({ body, sourceIp, receivedAt: noon + hour })) expect(places).not.toContain(place);
      }),
    );
  });

  test("are those of its bytes where it is rejected, whatever signature they come with: its gateway retries", () => {
    expect(placesOf({ headers: { "sandbox-signature": "t=2,v1=cd" } })).toEqual(placesOf());
  });

  test("are its own where it is acknowledged: another header or query may make the same bytes another callback", () => {
    const own = placesOf({}, true);
    expect(placesOf({ headers: { ...rawCallback().headers, "x-forwarded-for": "1.2.3.4" } }, true)).toEqual(own);
    for (const other of [{ headers: { "sandbox-signature": "t=2,v1=cd" } }, { url: "https://callbacks.example.com/callbacks/sandbox?a=1" }])
      expect(placesOf(other, true)).not.toEqual(own);
  });

  test("make keys that are known as quarantined, and no genuine callback's key is", () => {
    expect(placesOf().every((place) => isQuarantined(recordKey("sandbox", place)))).toBe(true);
    for (const id of ["evt_1", "unverified:sha256:ab", "a/quarantine:1", "sha256:quarantine:"])
      expect(isQuarantined(recordKey("sandbox", id))).toBe(false);
  });

  test("are read from its identity, four in turn and each once, and are keys: what stands under them is found by any version", () => {
    // 17 of 16 comes round to the first again.
    expect(quarantinePlaces(rawCallback(), "0000001100000002000000030000000400000005")).toEqual([
      "quarantine:498660:56:1",
      "quarantine:498660:56:2",
      "quarantine:498660:56:3",
      "quarantine:498660:56:4",
    ]);
    expect(quarantinePlaces(rawCallback(), "0000001100000001000000030000000400000005")).toHaveLength(3);
  });

  test.each([
    ["203.0.113.250", 56],
    ["198.51.100.1", 36],
    ["192.0.2.9", 35],
    ["10.0.0.1", 5],
    ["2001:0DB8:0:0:1::5", 1],
    ["", 2],
  ])("of %j are those of part %d, in every version", (address, part) => expect(networkPart(address)).toBe(part));

  test.each([
    ["shop-1/quarantine:498660:56:1", { hour: 498_660, network: "shop-1 56" }],
    ["s/quarantine:1:2:3", { hour: 1, network: "s 2" }],
    ["shop/quarantine:498660:56:12", { hour: 498_660, network: "shop 56" }],
    ["shop/evt_1", undefined],
    ["a/shop/quarantine:1:2:3", undefined],
    ["shop/quarantine:1:2:3/4", undefined],
    ["shop/quarantine:1:2:", undefined],
    ["shop/quarantine:a:2:3", undefined],
    ["shop/quarantine:1:b:3", undefined],
    ["/quarantine:1:2:3", undefined],
  ])("are read from the key %s", (key, place) => expect(quarantinePlaceOf(key)).toEqual(place));

  test("are crowded for a network when most of what comes then is not kept", () => {
    const free = (taken: number) => Array.from({ length: 16 }, (_, at) => at >= taken);
    /** Of the callbacks that try four places, the share that finds one free. */
    const kept = (taken: number) => 1 - (free(taken).filter((one) => !one).length / 16) ** 4;
    expect(kept(crowdedPlaces)).toBeLessThan(0.5);
    expect(kept(crowdedPlaces - 1)).toBeGreaterThan(0.5);
  });

  test("are among 1,024 an hour, however many are forged from wherever", () => {
    const places = new Set<string>();
    for (let at = 0; at < 20_000; at++)
      for (const place of placesOf({
        body: Buffer.from(String(at)),
        sourceIp: `${at % 200}.${at % 211}.${at % 223}.1`,
        receivedAt: noon,
      }))
        places.add(place);
    expect(places.size).toBe(1_024);
  });

  test("are among sixteen for a whole neighbourhood of senders, so that they cannot fill those of others", () => {
    for (const addressOf of [
      (at: number) => `203.0.113.${at % 256}`,
      (at: number) => `2001:db8:1:2::${at.toString(16)}`,
      (at: number) => `2001:db8::${at.toString(16)}`,
    ]) {
      const places = new Set<string>();
      for (let at = 0; at < 5_000; at++)
        for (const place of placesOf({ body: Buffer.from(`forged ${at}`), sourceIp: addressOf(at), receivedAt: noon })) places.add(place);
      expect(places.size).toBe(16);
    }
  });
});

describe("the places of one network", () => {
  /** Of the same bytes, so that only the address decides. */
  const placesFrom = (sourceIp: string) => placesOf({ body: Buffer.from("forged"), sourceIp, receivedAt: noon });

  test.each([
    ["203.0.113.7", ["203.0.113.0", "203.0.113.255"], ["203.0.114.7", "203.1.113.7", "20.30.113.7", "2.3.0.113"]],
    [
      "2001:db8:1:2::7",
      ["2001:DB8:1:2::7", "2001:0db8:0001:0002:0:0:0:7", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
      ["2001:db8:1:3::7", "2001:db8:12::7", "2001:db8:1:20::7"],
    ],
    [
      "2001:db8::7",
      ["2001:db8:0:0:1::", "2001:db8:0:0:1:2:3:4", "2001:db8::1:2:3:4"],
      ["2001:db8::1:2:3:4:5", "2001:db8:1::7", "2001::db8:0:7"],
    ],
    ["::7", ["0:0:0:0:1:2:3:4", "::1:2:3:4", "0::7"], ["::1:2:3:4:5", "1::7"]],
    ["100::", ["100:0:0:0:1:2:3:4", "100::5:6:7:8"], ["10::", "1::", "100::5:6:7:8:9"]],
  ])("are those of %s, however its address is written and whichever machine of it sent", (address, same, others) => {
    for (const one of same) expect([one, placesFrom(one)]).toEqual([one, placesFrom(address)]);
    for (const one of others) expect([one, placesFrom(one)]).not.toEqual([one, placesFrom(address)]);
  });

  test("do not change from one version to the next: a repetition finds what the older one kept", () => {
    const hourOf = (network: number, ...places: readonly number[]) => places.map((place) => `quarantine:498660:${network}:${place}`);
    expect(placesFrom("203.0.113.7")).toEqual(hourOf(56, 6, 10, 1));
    expect(placesFrom("2001:db8::7")).toEqual(hourOf(1, 6, 10, 1));
  });
});

test("what is kept has 64 KiB at most, and is kept for thirty days", () => {
  expect([largestQuarantined, quarantineDays]).toEqual([64 * 1024, 30]);
});

describe("the pace of quarantining", () => {
  test("is ten a second, five of them from one network", () => {
    const allowed = (addressOf: (at: number) => string): number => {
      let pace: Pace = { second: 0, networks: [] };
      return Array.from({ length: 100 }, (_, at) => {
        const answer = mayQuarantine(pace, noon, addressOf(at));
        pace = answer.pace;
        return answer.allowed;
      }).filter(Boolean).length;
    };
    expect(allowed((at) => `${at}.0.113.7`)).toBe(quarantinesPerSecond);
    expect(allowed(() => "203.0.113.7")).toBe(quarantinesPerSecondAndNetwork);
    expect([quarantinesPerSecond, quarantinesPerSecondAndNetwork]).toEqual([10, 5]);
  });

  test("counts by whole seconds: what is spent at the beginning of one is spent until its end", () => {
    let pace: Pace = { second: 0, networks: [] };
    const ask = (now: number): boolean => {
      const answer = mayQuarantine(pace, now, "203.0.113.7");
      pace = answer.pace;
      return answer.allowed;
    };
    for (let second = noon; second < noon + 1_100_000; second += 1_000) {
      for (let times = 0; times < quarantinesPerSecondAndNetwork; times++) expect(ask(second)).toBe(true);
      expect([second, ask(second + 999)]).toEqual([second, false]);
    }
  });

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

test("a source acknowledges what it cannot verify as its configuration says, else as its gateway does, and may have if it is gone", () => {
  const findGateway = (name: string) =>
    ({ sbps: { onUnverified: "accept" }, stripe: { onUnverified: "refuse" } })[name] as
      | { readonly onUnverified: "accept" | "refuse" }
      | undefined;
  const sources = {
    sbps: { gateway: "sbps" },
    stripe: { gateway: "stripe" },
    strict: { gateway: "sbps", unproven: "refuse" },
    open: { gateway: "stripe", unproven: "accept" },
    custom: { gateway: "not deployed" },
  } as const;
  const names = [...Object.keys(sources), "gone", "toString"];
  expect(names.filter((name) => acknowledgesAt({ sources }, name, findGateway))).toEqual(["sbps", "open", "custom", "gone", "toString"]);
});
