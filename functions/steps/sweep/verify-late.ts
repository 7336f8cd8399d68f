/**
 * Verifies what was acknowledged while its secret could not be read, at its own receipt time. What is genuine is recorded
 * under its own key, as if it had just arrived; what is not is never delivered, and shown to an operator.
 */
import type { Progress, Stored } from "../../../core/lifecycle/progress.ts";
import { disprove, verifiedLate, verifyLater } from "../../../core/lifecycle/transitions/sweep.ts";
import { receivedRecord } from "../../../core/receive.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { sendDeadLetter } from "../consume/fail.ts";
import type { SweepDependencies } from "./dependencies.ts";

export const verifyLate = async (sweep: SweepDependencies, record: CallbackRecord, known: Progress): Promise<void> => {
  // The index follows the table; by now it may be settled.
  if (known.state !== "stored") return;
  const gateway = sweep.findGateway(record.gateway);
  const now = sweep.clock();
  if (!gateway) return refuse(sweep, known, { kind: "gateway not deployed", gateway: record.gateway });
  const proof = await sweep.verifier.verify(record.raw, gateway);
  switch (proof.kind) {
    case "unverifiable":
      await sweep.ledger.save(verifyLater(known, proof.cause, now), known);
      return;
    case "verified": {
      const genuine = receivedRecord(record.raw, gateway, proof, { config: sweep.config, storedAt: now });
      await sweep.record(await prepareItem(genuine, sweep.bodies, sweep.config.retentionDays));
      await sweep.ledger.save(verifiedLate(known, genuine.key, now), known);
      return;
    }
    case "greeting":
    case "refused":
      return refuse(sweep, known, { kind: "not genuine", detail: proof.kind === "refused" ? proof.reason : "a handshake" });
    default:
      proof satisfies never;
  }
};

const refuse = async (sweep: SweepDependencies, known: Stored, cause: Parameters<typeof disprove>[1]): Promise<void> => {
  const saved = await sweep.ledger.save(disprove(known, cause, sweep.clock()), known);
  if (saved.kind === "saved") await sendDeadLetter(sweep, saved.progress);
};
