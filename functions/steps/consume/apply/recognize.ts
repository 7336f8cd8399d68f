/**
 * A redelivery of what was recorded before its gateway's ids were hashed: receive, which makes one network call, has taken it for a new
 * callback. It ends here, before anything comes of it; with another content it is a conflict like any other.
 */
import { dayMs } from "../../../../core/durations.ts";
import type { RecordedBefore } from "../../../../core/lifecycle/cause.ts";
import type { Before } from "../../../../core/lifecycle/events.ts";
import { untouched } from "../../../../core/lifecycle/progress.ts";
import { placeOfRecord } from "../../../../core/receive/conflict.ts";
import { contentHash } from "../../../../core/receive/content.ts";
import { formerKey } from "../../../../core/receive/former-key.ts";
import type { CallbackRecord, RecordKey } from "../../../../core/record.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Answer } from "../outcome.ts";
import { settleRecognized } from "../settle.ts";

/** Undefined for what is new. One read, for gateways with hashed ids, until the retention time of what was recorded before is over. */
export const recognize = async (
  steps: StepDependencies,
  record: CallbackRecord,
  known: Before<"recognize"> | undefined,
): Promise<Answer | undefined> => {
  if (known?.applied) return undefined;
  const former = formerKey(record, steps.findGateway(record.gateway), steps.config);
  if (former === undefined || !(await mayBeThere(steps, record.raw.source))) return undefined;
  const cause = await recordedBefore(steps, record, former);
  if (cause?.hasOtherContent) await steps.conflicts.note([{ key: former, place: placeOfRecord(record.key), storedAt: record.storedAt }]);
  return cause && settleRecognized(steps, known ?? untouched(record, steps.clock()), { known, cause });
};

const mayBeThere = async ({ ledger, config, clock }: StepDependencies, source: string): Promise<boolean> => {
  const now = clock();
  return now < (await ledger.formerKeys.until(source, now + config.retentionDays * dayMs));
};

const recordedBefore = async (
  { records, findGateway }: StepDependencies,
  record: CallbackRecord,
  as: RecordKey,
): Promise<RecordedBefore | undefined> => {
  const read = await records.read(as);
  if (read.kind === "none") return undefined;
  const gateway = findGateway(record.gateway);
  const isSame =
    read.kind === "unreadable"
      ? read.cause.kind === "erased" || read.rest.sha256 === record.sha256
      : contentHash(read.record, gateway) === contentHash(record, gateway);
  return { kind: "recorded before", as, ...(!isSame && { hasOtherContent: true }) };
};
