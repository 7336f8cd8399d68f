/** What was compared is kept as a run, with its findings; then the report is put and the topic notified. Each of these, once done, is not done again. */
import { comparedNews } from "../../../core/reconcile/arriving/news.ts";
import { reportPlace } from "../../../core/reconcile/arriving/places.ts";
import { commandsByHand } from "../../../core/reconcile/arriving/refusal.ts";
import type { Compared } from "../../../core/reconcile/compared.ts";
import { commitRun } from "../../../reconcile/commit.ts";
import { planFindings } from "../../../reconcile/findings.ts";
import { enterFound, planRecovery, refundedSoFar } from "../../../reconcile/recover.ts";
import { holdfastCommand, otherCommand } from "./command-text.ts";
import type { Arrival, CompareDependencies, Export } from "./dependencies.ts";
import { notify } from "./notify.ts";
import { putJson, putReport } from "./report.ts";

/** In the audit trail, for what nobody did by hand. */
const by = "holdfast";

export const keepCompared = async (dependencies: CompareDependencies, one: Export, compared: Compared): Promise<Arrival> => {
  const { config, exports } = dependencies;
  const { source, name } = one;
  const { comparison, input } = compared;
  const recover = config.sources[source]?.exports?.recover ?? "no";
  const deliver = recover === "deliver";
  const refunded = await refundedSoFar(dependencies, comparison);
  const recovery = recover === "no" ? undefined : planRecovery(dependencies, comparison, { deliver, refunded });
  const findings = await planFindings(dependencies, compared, { entered: recovery?.settled ?? new Set(), refunded });
  const { kind, run } = await commitRun(dependencies, compared, { by, findings });
  // Of the run, which has its name from the first time: the same content under another name is the same.
  const place = reportPlace({ source, name: run.files[0]?.name ?? name, at: run.at, hash: input });
  if (kind === "before" && (await exports.hasReport(`${place}.json`))) return "compared before";
  const entered = recovery && (await enterFound(dependencies, recovery, run, { by, deliver }));
  await putReport(dependencies, place, compared, run);
  const { changes } = findings;
  const count = (...kinds: readonly string[]) => changes.filter((change) => kinds.includes(change.kind)).length;
  await notify(
    dependencies,
    comparedNews({
      ...{ deployment: config.name, name, compared },
      findings: { raised: count("raised", "reopened"), updated: count("updated"), closed: count("closed") },
      entered: entered && { count: entered.entered, isDelivered: deliver },
      report: `s3://${exports.bucket}/${place}.html`,
      next: nextSteps(dependencies, one, compared, recover !== "no"),
    }),
  );
  await putJson(dependencies, place, compared, { run, changes });
  return "compared";
};

const nextSteps = (
  { exports }: CompareDependencies,
  { source, files, time }: Export,
  { comparison: { differences } }: Compared,
  isRecovered: boolean,
): readonly string[] => {
  if (differences.length === 0) return [];
  const isRecoverable = !isRecovered && differences.some(({ cause }) => cause === "never sent");
  const inBucket = files.map(({ key }) => ({ bucket: exports.bucket, key }));
  return [
    holdfastCommand("findings", "list", "--class", "EXPORT", "--state", "open"),
    ...(isRecoverable ? commandsByHand({ source, files: inBucket, time, flags: ["--recover"] }, holdfastCommand, otherCommand) : []),
  ];
};
