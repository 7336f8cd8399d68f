/**
 * One export that came into the bucket: read, compared, kept as a run with its findings, reported and told. What is repeated changes nothing: the run has
 * the same identity, and its report is there. What cannot be read is refused; what may succeed later throws.
 */

import { findSource } from "../../../core/config/of-config.ts";
import { Failure } from "../../../core/failure.ts";
import { nearest } from "../../../core/problems/nearest.ts";
import type { Arrived } from "../../../core/reconcile/arriving/arrived.ts";
import { type CoveredTime, coveredTime } from "../../../core/reconcile/arriving/covered-time.ts";
import { habitOf } from "../../../core/reconcile/arriving/habit.ts";
import { exportPlace } from "../../../core/reconcile/arriving/places.ts";
import { commandsByHand, commandsToLook } from "../../../core/reconcile/arriving/refusal.ts";
import type { Compared } from "../../../core/reconcile/compared.ts";
import { exportSettings } from "../../../core/reconcile/reading/export-settings.ts";
import { endingWith } from "../../../io/ending-calls.ts";
import { compareWith } from "../../../reconcile/compare.ts";
import { holdfastCommand, otherCommand } from "./command-text.ts";
import type { Arrival, CompareDependencies, CompareTime, Export } from "./dependencies.ts";
import { findFiles } from "./find-files.ts";
import { keepCompared } from "./keep-compared.ts";
import { refuse } from "./refuse.ts";

/** More are another shop's file, or a ledger that has just begun: as many findings would be raised, each to be closed again. */
export const mostDifferences = 10_000;

/** For findings, the run and the report, when reading has taken all the rest. */
const keepingMs = 120_000;

export const compareArrived = async (dependencies: CompareDependencies, arrived: Arrived, time: CompareTime): Promise<Arrival> => {
  const { config, exports } = dependencies;
  const place = exportPlace(arrived.key);
  if (place.kind === "nothing") return "nothing";
  const lone = [{ key: arrived.key, etag: arrived.etag, putAt: 0 }];
  const sources = Object.keys(config.sources).filter((name) => config.sources[name]?.target !== undefined);
  if (place.kind === "no source") {
    const why = `It is under exports/ itself: put it under exports/SOURCE/, for one of the sources ${sources.join(", ")}.`;
    return refuse(
      dependencies,
      { source: undefined, name: arrived.key, why, commands: movesTo(exports.bucket, arrived.key, sources) },
      lone,
    );
  }
  const { source, name } = place;
  if (!sources.includes(source)) {
    const meant = nearest(source, sources);
    const why = `There is no source ${source}${meant === undefined ? "" : `; is it ${meant}?`} Sources: ${sources.join(", ")}.`;
    const commands = meant === undefined ? [] : movesTo(exports.bucket, arrived.key, [meant]);
    return refuse(dependencies, { source, name, why, commands }, lone);
  }
  const found = await findFiles(dependencies, arrived, place);
  if (found.kind === "gone" || found.kind === "superseded") return found.kind;
  if (found.kind === "too many")
    return refuse(dependencies, { source, name, why: "There are more than a thousand files in its folder.", commands: [] }, lone);
  const { files } = found;
  const inBucket = files.map(({ key }) => ({ bucket: exports.bucket, key }));
  const byHand = (covered?: CoveredTime) =>
    commandsByHand({ source, files: inBucket, ...(covered && { time: covered }) }, holdfastCommand, otherCommand);
  const refused = (why: string, commands: readonly string[]) => refuse(dependencies, { source, name, why, commands }, files);

  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { largestFileMb } = config.capacity.compare;
  if (bytes > largestFileMb * megabyte)
    return refused(
      `It has ${Math.ceil(bytes / megabyte)} MB, and what is compared here may have ${largestFileMb} (capacity.compare.largestFileMb). Compare it from a machine:`,
      byHand(),
    );

  let one: Export;
  let compared: Compared | "too slow";
  try {
    one = { source, name, files, time: timeOf(dependencies, { source, name, files }) };
    compared = await compareInTime(dependencies, one, time);
  } catch (error) {
    const ended = whyEnded(error);
    if (ended) return ended;
    if (!(error instanceof Failure)) throw error;
    return refused(inTheConfiguration(error.message, source), commandsToLook(inBucket, holdfastCommand, otherCommand));
  }
  if (compared === "too slow")
    return refused("It could not be compared in the time that the function has. Compare it from a machine:", byHand(one.time));
  const { differences } = compared.comparison;
  if (differences.length > mostDifferences)
    return refused(
      `It has ${differences.length} differences, which is more than what is kept without an operator (${mostDifferences}): is it the export of this source, and does it cover the time that it is said to? Nothing was changed. See the plan first:`,
      byHand(one.time),
    );
  return keepCompared(dependencies, one, compared);
};

/** Another content was put, or none is there any more, while it was read. */
const whyEnded = (error: unknown): Arrival | undefined => {
  const name = error instanceof Error ? error.name : "";
  return name === "PreconditionFailed" ? "superseded" : name === "NoSuchKey" ? "gone" : undefined;
};

const megabyte = 1_000_000;

const movesTo = (bucket: string, key: string, sources: readonly string[]): readonly string[] => {
  const name = key.slice(key.lastIndexOf("/") + 1);
  return sources.length === 1
    ? [otherCommand("aws", "s3", "mv", `s3://${bucket}/${key}`, `s3://${bucket}/exports/${sources[0]}/${name}`)]
    : [];
};

/** A flag is for the command; here it is the configuration that says it. */
const inTheConfiguration = (message: string, source: string): string =>
  /--[a-z]/.test(message)
    ? `${message} Here what a flag says is said under sources.${source}.exports in holdfast.config.ts, or, of --from and --as-of, by --metadata as-of=TIME when it is put. Then put it again.`
    : message;

const timeOf = ({ config, kinds }: CompareDependencies, { source, name, files }: Omit<Export, "time">): CoveredTime => {
  const { zone } = habitOf(findSource(config, source) ?? { gateway: "" }, kinds, config.zone);
  const metadata = Object.assign({}, ...files.map((file) => file.metadata));
  return coveredTime(name, metadata, zone);
};

const compareInTime = async (
  dependencies: CompareDependencies,
  { source, files, time }: Export,
  { timeLeft }: CompareTime,
): Promise<Compared | "too slow"> => {
  const { config, kinds, exports } = dependencies;
  const settings = exportSettings(kinds, config.sources[source]?.exports);
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(new Error("the time is over")), Math.max(0, timeLeft() - keepingMs));
  try {
    return await endingWith(ended.signal, () =>
      compareWith(
        dependencies,
        { source, settings, ...time, files: files.map((file) => exports.file(file, file.key.slice(file.key.lastIndexOf("/") + 1))) },
        { file: async () => unwatched, ledger: () => {} },
      ),
    );
  } catch (error) {
    if (ended.signal.aborted && !(error instanceof Failure)) return "too slow";
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

const unwatched = { update: () => {}, stop: () => {} };
