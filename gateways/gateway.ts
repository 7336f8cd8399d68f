/**
 * The shape of a gateway, pure. It comes in two halves: `Front` is what the acknowledgement needs, `parse` says what a callback
 * means. They live in two files of the gateway's folder, so that the function a gateway waits for carries no parser.
 */

import type { Millis, RawCallback, Reply, Verification, VerifiedCallback } from "../core/callback.ts";
import type { PublicSettings } from "../core/config/config.ts";
import type { Aging } from "../core/delivery/aging.ts";
import type { PaymentEvent } from "../core/event.ts";
import type { Mode } from "../core/mode.ts";
import type { ReadBack } from "../core/read-back.ts";
import type { Parser } from "../core/understand.ts";
import type { GatewayFacts } from "./facts.ts";

/** One source's settings, with its secrets already read. */
export interface SourceSettings {
  /** All valid secrets: any may match, so that one can be rotated without a gap. */
  readonly secrets: readonly string[];
  /** The exact URL registered at the gateway, for gateways that sign it. */
  readonly publicUrl?: string;
  /** Addresses the gateway sends from, as CIDR blocks or single addresses. Empty or absent: those the gateway publishes, if any. */
  readonly addresses?: readonly string[];
  /** How old, at receipt, a signed timestamp may be. Absent: the gateway's own default. */
  readonly toleranceSeconds?: number;
  /** What only this gateway needs: shopId, webhookId, publicKey, certificate ... */
  readonly options?: Readonly<Record<string, string>>;
  /** What the source is for. @default "live" */
  readonly mode?: Mode;
}

/** How strong the proof is, weakest last. Shown in the documents and by `holdfast doctor`. */
export type ProofStrength = "signature" | "shared token" | "source address" | "none";

/** What the acknowledgement needs of a gateway: `gateways/<name>/front.ts`. */
export interface Front {
  /** Registry key, key prefix and metric dimension. Never changes once deployed. */
  readonly name: string;
  readonly strength: ProofStrength;
  /**
   * Its name as a partner of EventBridge, `aws.partner/<partner>/...`, where the `detail` of an event there is what it would post. Absent: it is no
   * partner, or wraps its events otherwise.
   */
  readonly partner?: string;
  /** Methods its callbacks arrive by. */
  readonly methods: readonly ("GET" | "POST")[];
  /** Addresses the gateway publishes, checked before `verify` (core/receive/verify-callback.ts) for a source that does not set any. */
  readonly addresses?: readonly [string, ...string[]];
  /**
   * What to answer when a callback cannot be verified, unless the source says otherwise. `refuse`: the rejection, so that the
   * gateway retries. `accept`: the acknowledgement, for gateways whose rejection does harm.
   */
  readonly onUnverified: "refuse" | "accept";
  /**
   * Status of the rejection of an unverified callback, for gateways that retry after any failure: a 5xx would say that we are
   * broken, and only forgers or a wrong secret are. Absent, or where the source's options give a `refuseStatus`: that of `refuse`.
   */
  readonly unverifiedStatus?: 401;
  /**
   * What is wrong with a source's settings, as sentences with the remedy; none when they suffice.
   * Called at synth and at start, never while a gateway waits. Secrets are not known there and must not be asked for.
   */
  checkSettings?(settings: PublicSettings): readonly string[];
  /** Verifies that these bytes came from the gateway. Never throws but a reader's `TooMuch`. Uses `raw.receivedAt` as the time. */
  verify(raw: RawCallback, settings: SourceSettings): Verification;
  /** The idempotency key within the source: the gateway's own event id, or the fields that make it unique including the state. */
  identify(callback: VerifiedCallback, settings?: PublicSettings): string;
  /**
   * Its ids are made of order and payment numbers, for lack of an event id: records are kept under the id's hash, because keys travel through
   * queues, logs and names of objects. Events keep the id itself.
   */
  readonly hashesId?: true;
  /**
   * What two callbacks of one id have in common when one is a redelivery of the other, for gateways that do not repeat every byte:
   * what is signed, in one order, without what only counts deliveries. Other text under one id is a conflict, which a person decides.
   * Asked only when the bytes differ; whatever it throws, the bytes decide. Absent: the bytes.
   */
  content?(callback: VerifiedCallback): string;
  /** The acknowledgement, which stops the gateway's retries. */
  acknowledge(raw: RawCallback, settings?: PublicSettings): Reply;
  /** The rejection, which makes the gateway retry. */
  refuse(raw: RawCallback, settings?: PublicSettings): Reply;
  /** The answer to a handshake that is not a callback (a registration challenge), or undefined when this is a callback. */
  greet?(raw: RawCallback, settings: SourceSettings): Reply | undefined;
}

/** The callback in our words: `gateways/<name>/meaning.ts`. Throws when it cannot be understood: the record becomes a dead letter. */
export type Parse = (callback: VerifiedCallback, settings?: PublicSettings) => readonly PaymentEvent[];

/**
 * Application events: `gateways/<name>/application-events.ts`. Throws as `Parse` does.
 */
export type ReadApplicationEvents = Parser["applicationEvents"] & {};

export type ModeOf = Parser["modeOf"] & {};

/** The inverse of `verify`, beside it in `front.ts`: for the simulator and the tests. */
export type Sign = (body: Uint8Array, settings: SourceSettings, now: Millis) => RawCallback;

/** All that is known of one gateway except what it writes (gateways/writer.ts). */
export interface Gateway extends Front {
  readonly facts: GatewayFacts;
  readonly parse: Parse;
  /** For callbacks that are the application's own word: they are entered into the ledger and delivered nowhere, so that a source needs no target. */
  readonly applicationEvents?: ReadApplicationEvents;
  readonly sign: Sign;
  /** `gateways/<name>/mode.ts`. Absent: the gateway's callbacks do not say whether they are about real money or a test. */
  readonly modeOf?: ModeOf;
  /** How its signatures age, and how they are made again. Absent: they do not. */
  readonly aging?: Aging;
  /** How to ask its API for what its callbacks cannot say. */
  readonly readBack?: ReadBack;
}
