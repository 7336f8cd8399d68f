/** What an operator does with callbacks that could not be verified: look, verify them again with today's secrets, or dismiss them for good. */
import type { Millis } from "../../core/callback.ts";
import type { ResolvedConfig } from "../../core/config/defaults.ts";
import type { DiscardedBy, DiscardedCause } from "../../core/lifecycle/cause.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { causeOf, type Discarded, untouched } from "../../core/lifecycle/progress.ts";
import { dismiss } from "../../core/lifecycle/transitions/operator.ts";
import { receivedRecord } from "../../core/receive/receive.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";
import type { OpenProgress } from "../../io/ledger/open-progress.ts";
import { placeInLine } from "../../io/ledger/place-in-line.ts";
import type { Bodies } from "../../io/records/bodies.ts";
import { prepareItem, type RecordCallback } from "../../io/records/record.ts";
import { type Records, recordIn } from "../../io/records/records.ts";
import type { SourceVerifier } from "../../io/source-verifier.ts";

export interface QuarantineDependencies {
  readonly config: ResolvedConfig;
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly records: Records;
  readonly record: RecordCallback;
  readonly bodies: Bodies;
  readonly ledger: Ledger;
  readonly open: OpenProgress;
  readonly verifier: SourceVerifier;
  readonly clock: () => Millis;
}

export type Released =
  /**
   * Recorded as if it had just arrived; `duplicate` when the gateway had sent it again meanwhile and that one was verified; `conflict` when another
   * content is recorded under its id: both are kept, and an operator decides.
   */
  | { readonly kind: "released"; readonly as: RecordKey; readonly duplicate: boolean; readonly conflict?: true }
  | { readonly kind: "still unproven"; readonly reason: string }
  | { readonly kind: "settled before"; readonly reason: string }
  /** Its bytes cannot be read: it stays where it is. */
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "not found" };

/** Verifies it again, at its own receipt time. Nothing unverified gets past this; a second release changes nothing. */
export const releaseQuarantined = async (dependencies: QuarantineDependencies, key: RecordKey): Promise<Released> => {
  const [read, settled] = await Promise.all([dependencies.records.read(key), dependencies.ledger.progress(key)]);
  if (read.kind === "none") return { kind: "not found" };
  const before = settled && causeOf(settled);
  if (settled) return { kind: "settled before", reason: before ? sentenceOf(before) : settled.state };
  if (read.kind === "unreadable") return { kind: "unreadable", reason: sentenceOf(read.cause) };
  const { record } = read;
  const gateway = dependencies.findGateway(record.gateway);
  if (!gateway) return { kind: "still unproven", reason: `the gateway ${record.gateway} is not part of this deployment` };
  const proof = await dependencies.verifier.verify(record.raw, gateway);
  if (proof.kind === "greeting") return { kind: "still unproven", reason: "a handshake" };
  if (proof.kind === "unverifiable") return { kind: "still unproven", reason: sentenceOf(proof.cause) };
  if (proof.kind === "refused") return { kind: "still unproven", reason: proof.reason };
  const now = dependencies.clock();
  const genuine = receivedRecord(record.raw, gateway, proof, { config: dependencies.config, storedAt: now });
  const recorded = await dependencies.record(await prepareItem(genuine, dependencies.bodies, dependencies.config));
  if (recorded.kind === "new" || recorded.kind === "duplicate") await placeInLine(dependencies, genuine);
  await dependencies.ledger.save(decided(record, { kind: "released from quarantine", as: genuine.key }, now), undefined);
  const { kind } = recorded;
  return { kind: "released", as: genuine.key, duplicate: kind === "duplicate", ...(kind === "conflict" && { conflict: true }) };
};

/** Keeps the bytes until they expire, but no longer lists them. False when it was decided before. */
export const discardQuarantined = async (
  { records, ledger, clock }: Pick<QuarantineDependencies, "records" | "ledger" | "clock">,
  key: RecordKey,
  { by, why }: Omit<DiscardedBy, "kind">,
): Promise<boolean> => {
  const read = await records.read(key);
  if (read.kind === "none") return false;
  return (await ledger.save(decided(recordIn(read), { kind: "discarded by", by, why }, clock()), undefined)).kind === "saved";
};

const decided = (record: CallbackRecord, cause: DiscardedCause, now: Millis): Discarded => dismiss(untouched(record, now), cause, now);
