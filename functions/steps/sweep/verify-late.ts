/**
 * Verifies what was acknowledged while its secret could not be read, at its own receipt time. What is genuine is recorded
 * under its own key, as if it had just arrived; what is not is never delivered, and shown to a person.
 */
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { receivedRecord } from "../../../core/receive.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { sendDeadLetter } from "../consume/fail.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Until the secret is tried again. */
const againMs = 60_000;

export const verifyLate = async (sweep: SweepDependencies, record: CallbackRecord, known: Progress): Promise<void> => {
  const gateway = sweep.findGateway(record.gateway);
  const now = sweep.clock();
  const proof = gateway
    ? await sweep.verifier.verify(record.raw, gateway)
    : ({ kind: "refused", reason: "its gateway is not deployed" } as const);
  const { dueAt: _, ...rest } = known;
  switch (proof.kind) {
    case "unverifiable":
      await sweep.ledger.save({ ...known, at: now, dueAt: now + againMs, reason: proof.reason }, known);
      return;
    case "verified": {
      if (!gateway) return;
      const genuine = receivedRecord(record.raw, gateway, proof, { config: sweep.config, storedAt: now });
      await sweep.record(await prepareItem(genuine, sweep.bodies, sweep.config.retentionDays));
      await sweep.ledger.save({ ...rest, state: "ignored", at: now, reason: `verified late, and recorded as ${genuine.key}` }, known);
      return;
    }
    case "greeting":
    case "refused": {
      const reason = `acknowledged while its secret could not be read, and not genuine: ${proof.kind === "refused" ? proof.reason : "a handshake"}`;
      const saved = await sweep.ledger.save({ ...rest, state: "dead", at: now, reason }, known);
      if (saved.kind === "saved") await sendDeadLetter(sweep, saved.progress);
      return;
    }
    default:
      proof satisfies never;
  }
};
