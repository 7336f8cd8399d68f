/**
 * What every gateway has to do, whatever it is. A gateway's own test is its samples and what is odd about it.
 * The clock stands still here: `now` is fixed, so that a failure today is a failure tomorrow.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RawCallback, type Reply, type VerifiedCallback, verified } from "../../core/callback.ts";
import { eventTypes, type PaymentEvent } from "../../core/event.ts";
import type { Gateway, SourceSettings } from "../../gateways/gateway.ts";

export interface Sample {
  /** "renewal paid" */
  readonly name: string;
  /** Realistic bytes as the gateway sends them, before `sign` adds its proof. */
  readonly body: Uint8Array;
  /** What `parse` must say, event by event: each is held against the event with `toMatchObject`. */
  readonly means: readonly (Pick<PaymentEvent, "type"> & Partial<PaymentEvent>)[];
  /** What `identify` must say. Two samples that give the same key are meant to be one callback. */
  readonly key?: string;
}

export interface Samples {
  /** Complete and working. */
  readonly settings: SourceSettings;
  /** Settings under which nothing may verify. @default the same with other secrets */
  readonly wrongSettings?: SourceSettings;
  /**
   * Where the proof's key lies. `options`: a public key or certificate there, and `secrets` hold at most the private key that
   * `sign` needs; rotation and the empty list then say nothing, and `wrongSettings` must be given. @default "secrets"
   */
  readonly provenBy?: "secrets" | "options";
  readonly samples: readonly Sample[];
  /**
   * For gateways whose body is not (fully) covered by the proof: whether flipping a bit at this byte offset of the signed
   * request's body must be refused. `flipped` is the request after the flip, for bodies that can spell one value in two ways
   * (`%8a` and `%8A`). @default always
   */
  readonly covers?: (signed: RawCallback, offset: number, flipped: RawCallback) => boolean;
  /** Header that carries the proof, in which any flipped bit must be refused; undefined when the proof is in the body or there is none. */
  readonly proofHeader?: string;
  /** Further headers that the proof covers, such as a message id or a timestamp: any flipped bit must be refused. */
  readonly coveredHeaders?: readonly string[];
  /** Seconds of the replay window, when the gateway signs a timestamp. */
  readonly toleranceSeconds?: number;
  /** Set when the gateway's own verifier accepts timestamps from the future. */
  readonly acceptsFuture?: true;
  readonly yes: Reply;
  readonly no: Reply;
}

/** 2026-11-20T12:00:00Z, a whole second. */
export const now = 1_795_176_000_000;

/** Of a longer body this many bits are tried, spread over all of it: many in the first sample, fewer in its siblings. */
const flipsOfFirst = 1_024;
const flipsOfOthers = 256;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value));

export const form = (fields: Readonly<Record<string, string>>): Uint8Array => utf8(new URLSearchParams(fields).toString());

/** The request of a sample as the front would hand it on: signed, and with a source and a URL. */
export const arrived = (gateway: Gateway, body: Uint8Array, settings: SourceSettings, at = now): RawCallback => {
  const signed = gateway.sign(body, settings, at);
  const base = settings.publicUrl ?? "https://hooks.example/callbacks/a-source";
  const query = signed.method === "GET" ? `?${Buffer.from(signed.body).toString("latin1")}` : "";
  return { ...signed, source: "a-source", url: `${base}${query}` };
};

/** The verified callback of a sample, or a failed test. */
export const proven = (gateway: Gateway, body: Uint8Array, settings: SourceSettings, at = now): VerifiedCallback => {
  const outcome = gateway.verify(arrived(gateway, body, settings, at), settings);
  if (outcome.kind !== "verified") throw new Error(`${gateway.name} refused its own sample: ${outcome.reason}`);
  return outcome.callback;
};

export function describeGateway(gateway: Gateway, given: Samples): void {
  const { settings, samples, proofHeader } = given;
  const usesSecrets = given.provenBy !== "options" && settings.secrets.length > 0;
  const wrong = given.wrongSettings ?? (usesSecrets ? { ...settings, secrets: settings.secrets.map(anotherSecret) } : undefined);
  const first = samples[0]?.body ?? new Uint8Array();
  const proves = gateway.facts.strength === "signature" || gateway.facts.strength === "shared token";

  const isRefused = (raw: RawCallback, under: SourceSettings = settings): boolean => {
    const outcome = gateway.verify(raw, under);
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
        const outcome = gateway.verify(signed, settings);
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

      test("says what the sample means, with ids of its own", () => {
        const events = gateway.parse(proven(gateway, body, settings));
        expect(events).toMatchObject(means);
        expectWellFormed(events);
      });

      test("has one identity, however often and whenever it is delivered", () => {
        const [once, later] = [now, now + 3_600_000].map((at) => proven(gateway, body, settings, at)) as [
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
        const identity = identityOf(gateway, proven(gateway, sample.body, settings));
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
      const outcome = gateway.verify(
        { ...signed, headers: { ...signed.headers, [proofHeader as string]: `${value}, ${value}` } },
        settings,
      );
      expect(["verified", "refused"]).toContain(outcome.kind);
    });

    test.runIf(wrong !== undefined || gateway.facts.strength !== "none")("refuses under other settings", () => {
      if (!wrong) return expect.fail("give wrongSettings: there is no secret to change");
      for (const { body } of samples) {
        expect(isRefused(arrived(gateway, body, settings), wrong)).toBe(true);
        if (usesSecrets) expect(isRefused(arrived(gateway, body, { ...settings, secrets: wrong.secrets }))).toBe(true);
      }
    });

    test("refuses whoever does not send from the source's addresses, where it has some", () => {
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

    test.runIf(proves && given.provenBy !== "options")("refuses everything when no secret is configured", () => {
      const none = { ...settings, secrets: [] };
      for (const { body } of samples) {
        expect(isRefused(arrived(gateway, body, settings), none)).toBe(true);
        expect(isRefused(arrived(gateway, body, none), none)).toBe(true);
      }
    });

    test.runIf(proves && given.provenBy !== "options")("refuses everything when the only secret is blank, which everybody knows", () => {
      for (const blank of ["", " "]) {
        const open = { ...settings, secrets: [blank] };
        expect(isRefused(arrived(gateway, first, open), open)).toBe(true);
      }
    });

    test.runIf(given.toleranceSeconds !== undefined)("refuses what was signed outside its window", () => {
      const tolerance = given.toleranceSeconds ?? 0;
      const signed = arrived(gateway, first, settings);
      const receivedAfter = (seconds: number): RawCallback => ({ ...signed, receivedAt: now + seconds * 1_000 });
      expect(isRefused(receivedAfter(tolerance - 1))).toBe(false);
      expect(isRefused(receivedAfter(tolerance + 1))).toBe(true);
      expect(isRefused(receivedAfter(1 - tolerance))).toBe(false);
      expect(isRefused(receivedAfter(-tolerance - 1))).toBe(!given.acceptsFuture);
      const wider = { ...settings, toleranceSeconds: tolerance * 10 };
      expect(isRefused(receivedAfter(tolerance * 10 - 1), wider)).toBe(false);
      expect(isRefused(receivedAfter(tolerance * 10 + 1), wider)).toBe(true);
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
            const { kind } = gateway.verify(raw, under);
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

    test("answers with its exact words", () => {
      const signed = arrived(gateway, first, settings);
      expect(gateway.acknowledge(signed)).toEqual(given.yes);
      expect(gateway.refuse(signed)).toEqual(given.no);
      expect(gateway.acknowledge(signed).status).toBeGreaterThanOrEqual(200);
      expect(gateway.acknowledge(signed).status).toBeLessThan(300);
    });

    test("states its facts", () => {
      const { sources, deadlineSeconds, confidence, strength, ...texts } = gateway.facts;
      expect(sources.length).toBeGreaterThan(0);
      for (const [name, text] of [...Object.entries(texts), ...sources.map((source) => ["a source", source])])
        expect(String(text).trim(), `facts: ${name}`).not.toBe("");
      expect(deadlineSeconds ?? 1).toBeGreaterThan(0);
      expect(["H", "M", "L"]).toContain(confidence);
      expect(["signature", "shared token", "source address", "none"]).toContain(strength);
      expect(gateway.methods.length).toBeGreaterThan(0);
      expect(gateway.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    });
  });
}

const expectWellFormed = (events: readonly PaymentEvent[]): void => {
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const event of events) {
    expect(event.id).not.toBe("");
    expect(eventTypes).toContain(event.type);
    expect(event.gatewayType).toBeTypeOf("string");
    expect(Number.isSafeInteger(event.occurredAt), `occurredAt ${event.occurredAt}`).toBe(true);
    if (event.amount) expect(Number.isSafeInteger(event.amount.minor)).toBe(true);
    for (const name of ["contract", "charge", "customer", "order", "refund", "replacedBy", "reason"] as const)
      if (name in event) expect(event[name], name).toBeTypeOf("string");
  }
};

/** The identity the front would use: the gateway's own, or the hash of the bytes when it has none. */
const identityOf = (gateway: Gateway, callback: VerifiedCallback): string =>
  errorOr(() => gateway.identify(callback)) ?? createHash("sha256").update(callback.body).digest("hex");

/** @returns undefined when it threw as it may: an Error with a message. */
const errorOr = <Result>(attempt: () => Result): Result | undefined => {
  try {
    return attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    // What a bug throws is an Error too; only a sentence of the gateway's own counts.
    expect(error).not.toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(RangeError);
    expect((error as Error).message).not.toBe("");
    return undefined;
  }
};

/** Copies with one bit flipped. The step is a prime far from any body's length, so every region and every bit's place is reached. */
const flips = (
  bytes: Uint8Array,
  most: number,
): readonly { readonly offset: number; readonly bit: number; readonly bytes: Uint8Array }[] => {
  const bits = bytes.length * 8;
  return Array.from({ length: Math.min(bits, most) }, (_, index) => {
    const position = bits <= most ? index : (index * 1_000_003) % bits;
    const [offset, bit] = [position >> 3, position & 7];
    const copy = Uint8Array.from(bytes);
    copy[offset] = (copy[offset] ?? 0) ^ (1 << bit);
    return { offset, bit, bytes: copy };
  });
};

const forms = fc.dictionary(fc.string(), fc.string(), { maxKeys: 5 }).map(form);

/** Samples with a stretch replaced: close enough to the real thing to reach the code behind the first check. */
const mutated = (samples: readonly Sample[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.nat({ max: 40 }),
      fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.json({ maxDepth: 1 }).map(utf8)),
    )
    .map(([{ body }, place, length, inserted]) => {
      const start = place % (body.length + 1);
      return Uint8Array.from([...body.slice(0, start), ...inserted, ...body.slice(start + length)]);
    });

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Another secret of the same kind: hex stays hex, base64 stays base64, and a prefix such as `whsec_` stays. */
const anotherSecret = (secret: string): string => {
  const prefix = /^[a-z]+_/.exec(secret)?.[0] ?? "";
  return prefix + secret.slice(prefix.length).replace(/[0-9a-zA-Z]/g, nextOfItsKind);
};

const kinds = ["0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"];

const nextOfItsKind = (character: string): string => {
  const kind = kinds.find((characters) => characters.includes(character)) ?? character;
  return kind[(kind.indexOf(character) + 1) % kind.length] ?? character;
};
