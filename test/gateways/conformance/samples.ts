/** What a gateway's test hands to the conformance suite, and how a sample becomes a request that has arrived. */
import type { RawCallback, Reply, VerifiedCallback } from "../../../core/callback.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import type { Gateway, SourceSettings } from "../../../gateways/gateway.ts";

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
  readonly verifiedBy?: "secrets" | "options";
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
  readonly ack: Reply;
  readonly nack: Reply;
}

/** 2026-11-20T12:00:00Z, a whole second. */
export const now = 1_795_176_000_000;

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
export const verifiedCallback = (gateway: Gateway, body: Uint8Array, settings: SourceSettings, at = now): VerifiedCallback => {
  const outcome = gateway.verify(arrived(gateway, body, settings, at), settings);
  if (outcome.kind !== "verified") throw new Error(`${gateway.name} refused its own sample: ${outcome.reason}`);
  return outcome.callback;
};
