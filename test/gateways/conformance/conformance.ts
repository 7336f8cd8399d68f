/**
 * What every gateway has to do, whatever it is. A gateway's own test is its samples and what is odd about it.
 * The clock stands still here: `now` is fixed, so that a failure today is a failure tomorrow.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RawCallback, type VerifiedCallback, verified } from "../../../core/callback.ts";
import { agingWith } from "../../../core/delivery/aging.ts";
import { verifiedKey } from "../../../core/receive/receive.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import type { Gateway, SourceSettings } from "../../../gateways/gateway.ts";
import { forms, latin1, mutated } from "./anything.ts";
import { flips, flipsOfFirst, flipsOfOthers } from "./flips.ts";
import { anotherSecret } from "./other-secret.ts";
import { errorOr, expectWellFormed, identityOf } from "./outcome.ts";
import { arrived, now, type Sample, type Samples, utf8, verifiedCallback } from "./samples.ts";

export { arrived, form, json, now, type Sample, type Samples, utf8, verifiedCallback } from "./samples.ts";

export function describeGateway(gateway: Gateway, given: Samples): void {
  const { settings, samples, proofHeader } = given;
  const usesSecrets = given.verifiedBy !== "options" && settings.secrets.length > 0;
  const wrong = given.wrongSettings ?? (usesSecrets ? { ...settings, secrets: settings.secrets.map(anotherSecret) } : undefined);
  const first = samples[0]?.body ?? new Uint8Array();
  const proves = gateway.strength === "signature" || gateway.strength === "shared token";

  const isRefused = (raw: RawCallback, under: SourceSettings = settings): boolean => {
    const outcome = verifyCallback(gateway, raw, under);
    if (outcome.kind === "verified") return false;
    const { reason } = outcome;
    if (reason === "" || under.secrets.some((secret) => secret.trim() !== "" && reason.includes(secret)))
      expect.fail(`the reason says nothing, or a secret: ${reason}`);
    return true;
  };

  describe(`the gateway ${gateway.name}`, () => {
    describe.each(samples)("given $name", ({ body, means, key }) => {
      const signed = arrived(gateway, body, settings);

      test("verifies what it signed, and leaves the request as it is", () => {
        const outcome = verifyCallback(gateway, signed, settings);
        expect(outcome).toEqual({ kind: "verified", callback: signed });
        expect(signed.receivedAt).toBe(now);
        expect(gateway.methods).toContain(signed.method);
        expect(Object.keys(signed.headers)).toEqual(Object.keys(signed.headers).map((name) => name.toLowerCase()));
      });

      test("refuses a body with any covered bit flipped", () => {
        const accepted = flips(signed.body, body === first ? flipsOfFirst : flipsOfOthers).flatMap(({ offset, bit, bytes }) => {
          const flipped = { ...signed, body: bytes };
          if (given.covers && !given.covers(signed, offset, flipped)) return [];
          return isRefused(flipped) ? [] : [`byte ${offset}, bit ${bit}`];
        });
        expect(accepted).toEqual([]);
      });

      test("says what the sample means, with distinct ids", () => {
        const events = gateway.parse(verifiedCallback(gateway, body, settings));
        expect(events).toMatchObject(means);
        expectWellFormed(events);
      });

      test("has a record's key without any order, payment, contract or customer in it", () => {
        const callback = verifiedCallback(gateway, body, settings);
        const key = verifiedKey(gateway, callback, settings);
        for (const { contract, charge, customer, order, refund, dispute, alsoKnownAs = [] } of gateway.parse(callback)) {
          const numbers = [contract, charge, customer, order, refund, dispute, ...alsoKnownAs];
          expect(numbers.filter((one) => one !== undefined && one.length > 3 && key.includes(one))).toEqual([]);
        }
      });

      test("has the same identity at every delivery", () => {
        const [once, later] = [now, now + 3_600_000].map((at) => verifiedCallback(gateway, body, settings, at)) as [
          VerifiedCallback,
          VerifiedCallback,
        ];
        expect(identityOf(gateway, later)).toBe(identityOf(gateway, once));
        if (key !== undefined) expect(gateway.identify(once)).toBe(key);
        const [events, again] = [gateway.parse(once), gateway.parse(later)];
        expect(again.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
      });
    });

    test("gives different samples different identities", () => {
      const seen = new Map<string, Sample>();
      for (const sample of samples) {
        const identity = identityOf(gateway, verifiedCallback(gateway, sample.body, settings));
        const twin = seen.get(identity);
        const meant = twin?.key !== undefined && twin.key === sample.key;
        if (twin && !meant) expect.fail(`"${twin.name}" and "${sample.name}" share the identity ${identity}`);
        seen.set(identity, sample);
      }
    });

    test.runIf(proofHeader !== undefined)("refuses the proof's header with any bit flipped, and without it", () => {
      for (const name of [proofHeader as string, ...(given.coveredHeaders ?? [])]) {
        const signed = arrived(gateway, first, settings);
        const value = signed.headers[name] ?? "";
        expect(value, `sign sets the header ${name}`).not.toBe("");
        const accepted = flips(Buffer.from(value, "latin1"), flipsOfFirst).flatMap(({ offset, bit, bytes }) => {
          const headers = { ...signed.headers, [name]: Buffer.from(bytes).toString("latin1") };
          return isRefused({ ...signed, headers }) ? [] : [`${name}, character ${offset}, bit ${bit}`];
        });
        expect(accepted).toEqual([]);
        const { [name]: _, ...without } = signed.headers;
        expect(isRefused({ ...signed, headers: without })).toBe(true);
        expect(isRefused({ ...signed, headers: { ...without, [name]: "" } })).toBe(true);
      }
    });

    test.runIf(proofHeader !== undefined)("does not throw when the proof's header is sent twice", () => {
      const signed = arrived(gateway, first, settings);
      const value = signed.headers[proofHeader as string];
      const outcome = verifyCallback(
        gateway,
        { ...signed, headers: { ...signed.headers, [proofHeader as string]: `${value}, ${value}` } },
        settings,
      );
      expect(["verified", "refused"]).toContain(outcome.kind);
    });

    test.runIf(wrong !== undefined || gateway.strength !== "none")("refuses under other settings", () => {
      if (!wrong) return expect.fail("give wrongSettings: there is no secret to change");
      for (const { body } of samples) {
        expect(isRefused(arrived(gateway, body, settings), wrong)).toBe(true);
        if (usesSecrets) expect(isRefused(arrived(gateway, body, { ...settings, secrets: wrong.secrets }))).toBe(true);
      }
    });

    test("rejects other senders where the source has addresses", () => {
      const addressed = { ...settings, addresses: ["198.51.100.0/24", "2001:db8::7"] };
      const from = (sourceIp: string) => ({ ...arrived(gateway, first, addressed), sourceIp });
      for (const address of ["198.51.100.7", "2001:db8::7", "::ffff:198.51.100.7"]) expect(isRefused(from(address), addressed)).toBe(false);
      for (const address of ["198.51.101.7", "2001:db8::8", "", "localhost"]) expect(isRefused(from(address), addressed)).toBe(true);
    });

    test.runIf(usesSecrets)("accepts the old secret beside the new one", () => {
      const [secret = ""] = settings.secrets;
      const rotated = { ...settings, secrets: [anotherSecret(secret), secret] };
      for (const { body } of samples) {
        expect(isRefused(arrived(gateway, body, settings), rotated)).toBe(false);
        expect(isRefused(arrived(gateway, body, rotated), rotated)).toBe(false);
      }
    });

    test.runIf(proves && given.verifiedBy !== "options")("refuses everything when no secret is configured", () => {
      const none = { ...settings, secrets: [] };
      for (const { body } of samples) {
        expect(isRefused(arrived(gateway, body, settings), none)).toBe(true);
        expect(isRefused(arrived(gateway, body, none), none)).toBe(true);
      }
    });

    test.runIf(proves && given.verifiedBy !== "options")("refuses everything when the only secret is blank, which everybody knows", () => {
      for (const blank of ["", " "]) {
        const open = { ...settings, secrets: [blank] };
        expect(isRefused(arrived(gateway, first, open), open)).toBe(true);
      }
    });

    test.runIf(given.toleranceSeconds !== undefined)("refuses what was signed outside its window", () => {
      const tolerance = given.toleranceSeconds ?? 0;
      const signed = arrived(gateway, first, settings);
      const receivedAfter = (seconds: number): RawCallback => ({ ...signed, receivedAt: now + seconds * 1_000 });
      expect(isRefused(receivedAfter(tolerance))).toBe(false);
      expect(isRefused(receivedAfter(tolerance + 1))).toBe(true);
      expect(isRefused(receivedAfter(-tolerance))).toBe(false);
      expect(isRefused(receivedAfter(-tolerance - 1))).toBe(!given.acceptsFuture);
      const wider = { ...settings, toleranceSeconds: tolerance * 10 };
      expect(isRefused(receivedAfter(tolerance * 10 - 1), wider)).toBe(false);
      expect(isRefused(receivedAfter(tolerance * 10 + 1), wider)).toBe(true);
    });

    // What the application says itself is passed on to nobody.
    test.runIf(!gateway.applicationEvents)("has its aging published exactly where it refuses what was signed outside its window", () => {
      expect(agingWith(gateway.aging, settings)?.toleranceSeconds).toBe(given.toleranceSeconds);
    });

    test("never throws while verifying, whatever arrives", () => {
      const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(utf8), forms, mutated(samples));
      const names = [proofHeader, ...(given.coveredHeaders ?? []), "content-type"].filter((name) => name !== undefined);
      const headers = fc.dictionary(
        fc.oneof(fc.constantFrom(...names), fc.string()),
        fc.oneof(fc.string(), fc.uint8Array({ maxLength: 60 }).map(latin1)),
        { maxKeys: 6 },
      );
      const method = fc.constantFrom("POST", "GET", "PUT", "HEAD", "");
      const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string());
      const cases = fc.record({ body: bodies, headers, method, sourceIp: address, url: fc.string(), receivedAt: fc.constantFrom(0, now) });
      fc.assert(
        fc.property(cases, fc.boolean(), (random, keepHeaders) => {
          const signed = arrived(gateway, first, settings);
          const raw = { ...random, source: "a-source", headers: keepHeaders ? { ...signed.headers, ...random.headers } : random.headers };
          for (const under of [settings, { secrets: [], addresses: ["not an address", "10.0.0.0/99"] }]) {
            const { kind } = verifyCallback(gateway, raw, under);
            if (kind !== "verified" && kind !== "refused") expect.fail(`verify returned ${kind}`);
          }
          if (proves && !keepHeaders && proofHeader !== undefined) expect(isRefused(raw)).toBe(true);
        }),
        { numRuns: 200, seed: 1 },
      );
    });

    test("fails to understand arbitrary bytes with an error that says why, or understands them", () => {
      const bodies = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(utf8), forms, mutated(samples));
      fc.assert(
        fc.property(bodies, (body) => {
          const { callback } = verified({ ...arrived(gateway, first, settings), body });
          const events = errorOr(() => gateway.parse(callback));
          if (events) expectWellFormed(events);
          errorOr(() => gateway.identify(callback));
        }),
        { numRuns: 500, seed: 1 },
      );
    });

    test("answers with its exact acknowledgement and rejection", () => {
      const signed = arrived(gateway, first, settings);
      expect(gateway.acknowledge(signed)).toEqual(given.ack);
      expect(gateway.refuse(signed)).toEqual(given.nack);
      expect(gateway.acknowledge(signed).status).toBeGreaterThanOrEqual(200);
      expect(gateway.acknowledge(signed).status).toBeLessThan(300);
    });

    test("states its facts", () => {
      const {
        sources,
        deadlineSeconds,
        confidence,
        retries: _,
        sure: __,
        doubts = [],
        secret: ___,
        headers: ____,
        ...texts
      } = gateway.facts;
      expect(sources.length).toBeGreaterThan(0);
      for (const [name, text] of [
        ...Object.entries(texts),
        ...sources.map((source) => ["a source", source]),
        ...doubts.map((doubt) => ["a doubt", doubt]),
      ])
        expect(String(text).trim(), `facts: ${name}`).not.toBe("");
      expect(deadlineSeconds ?? 1).toBeGreaterThan(0);
      expect(["H", "M", "L"]).toContain(confidence);
      expect(["signature", "shared token", "source address", "none"]).toContain(gateway.strength);
      expect(gateway.methods.length).toBeGreaterThan(0);
      expect(gateway.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    });
  });
}
