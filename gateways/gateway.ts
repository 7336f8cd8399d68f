/** The shape of a gateway: everything Holdfast knows about how one payment gateway talks, in one pure object. */
import type { Millis, RawCallback, Reply, Verification, VerifiedCallback } from "../core/callback.ts";
import type { PublicSettings } from "../core/config/config.ts";
import type { PaymentEvent } from "../core/event.ts";
import type { Money } from "../core/formats/money.ts";

/** One source's settings, with its secrets already read. */
export interface SourceSettings {
  /** All valid ones: any may match, so that a secret can be rotated without a gap. */
  readonly secrets: readonly string[];
  /** The exact URL registered at the gateway, for gateways that sign it. */
  readonly publicUrl?: string;
  /** Addresses the gateway sends from, as CIDR blocks or single addresses. Empty or absent: not checked. */
  readonly addresses?: readonly string[];
  /** How old, at receipt, a signed timestamp may be. Absent: the gateway's own default. */
  readonly toleranceSeconds?: number;
  /** What only this gateway needs: shopId, webhookId, publicKey, certificate ... */
  readonly options?: Readonly<Record<string, string>>;
}

/** How strong the proof is, weakest last. Shown in the documents and by `holdfast doctor`. */
export type ProofStrength = "signature" | "shared token" | "source address" | "none";

/** The facts about a gateway that people look up. One table in the documents is generated from them. */
export interface GatewayFacts {
  /** The gateway's own name for itself, for people: "GMO Payment Gateway". */
  readonly title: string;
  /** The gateway's pages (or official code) these facts come from. */
  readonly sources: readonly string[];
  /** H: official text, code or vector. M: one good secondary source. L: inference. */
  readonly confidence: "H" | "M" | "L";
  /** One line: what proves a callback. */
  readonly proof: string;
  readonly strength: ProofStrength;
  /** One line: what makes the idempotency key. */
  readonly key: string;
  readonly charset: string;
  /** Seconds the gateway waits for the answer; undefined where it publishes none. */
  readonly deadlineSeconds: number | undefined;
  /** One line: how it retries when it does not like the answer. */
  readonly retries: string;
  /** One line: what it announces, and what it never does. */
  readonly announces: string;
}

export interface ExportLine {
  readonly charge?: string;
  readonly contract?: string;
  readonly customer?: string;
  readonly amount?: Money;
  readonly occurredAt?: Millis;
  readonly type: "charge" | "refund" | "contract";
}

/** The settings come last and may be missing: only a configurable gateway, such as `hmac`, reads them outside `verify`. */
export interface Gateway {
  /** Registry key, key prefix and metric dimension. Never changes once deployed. */
  readonly name: string;
  readonly facts: GatewayFacts;
  /** Methods its callbacks arrive by. */
  readonly methods: readonly ("GET" | "POST")[];
  /**
   * What to answer when a callback cannot be proven, unless the source says otherwise. `refuse`: the negative word, so
   * that the gateway tries again. `accept`: the positive word, for gateways whose negative word does harm.
   */
  readonly unproven: "refuse" | "accept";
  /**
   * Status of the negative word to a callback that could not be proven, for gateways that try again after any failure: a 5xx would
   * say that we are broken, and only forgers or a wrong secret are. Absent: that of `refuse`.
   */
  readonly unprovenStatus?: 401;
  /**
   * What is wrong with a source's settings, as sentences with the remedy; none when they suffice.
   * Called at synth and at start, never while a gateway waits. Secrets are not known there and must not be asked for.
   */
  checkSettings?(settings: PublicSettings): readonly string[];
  /**
   * What its callbacks never say although the ledger wants it, and whether the API fills it in (gateways/read-back/): a line for
   * people. The events themselves carry `incomplete`. Absent: its callbacks say all.
   */
  readonly needsReadBack?: string;
  /** Proves that these bytes came from the gateway. Never throws. Uses `raw.receivedAt` as the time. */
  verify(raw: RawCallback, settings: SourceSettings): Verification;
  /** The idempotency key within the source: the gateway's own event id, or the fields that make it unique including the state. */
  identify(callback: VerifiedCallback, settings?: PublicSettings): string;
  /** The callback in our words. Throws when it cannot be understood: the record then becomes a dead letter with that message. */
  parse(callback: VerifiedCallback, settings?: PublicSettings): readonly PaymentEvent[];
  /** The word that stops the gateway's retries. */
  acknowledge(raw: RawCallback, settings?: PublicSettings): Reply;
  /** The negative word: "send it again". */
  refuse(raw: RawCallback, settings?: PublicSettings): Reply;
  /** The answer to a handshake that is no callback (a registration challenge), or undefined when this is a callback. */
  greet?(raw: RawCallback, settings: SourceSettings): Reply | undefined;
  /** The inverse of verify, for the simulator and the tests. */
  sign(body: Uint8Array, settings: SourceSettings, now: Millis): RawCallback;
  readExport?(file: Uint8Array): Iterable<ExportLine>;
}
