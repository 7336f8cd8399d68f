/**
 * One digest a day to the alarm topic, if anything is open. Of two sweeps at once, one writes down first that it sends it, and only that one
 * does. One that dies before it has written down that it was sent is followed by another after five minutes: the topic takes no second message
 * for the first, so that one says that it may be the second.
 */
import { digestOf } from "../../../core/findings/tally/digest.ts";
import { type DigestDay, digestStep } from "../../../core/findings/tally/digest-day.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Throws when it was not sent, or nobody knows whether it was. */
export const sendDigest = async ({
  digests,
  tallies,
  alarmTopic,
  config,
  clock,
}: Pick<SweepDependencies, "digests" | "tallies" | "alarmTopic" | "config" | "clock">): Promise<void> => {
  const [known, { run }] = await Promise.all([digests.last(), tallies.read()]);
  // More is open than one run counts, and the first count is not at its end.
  if (!run.last) return;
  const now = clock();
  const step = digestStep(known, config.findings.digestHour, { now, open: run.last.tally.count });
  if (step.kind === "done") return;
  const { next } = step;
  const isMine = (await digests.save(next, known)) === "written";
  if (step.kind === "note" || !isMine) return;
  const { name } = config;
  const outcome = await alarmTopic.publish(digestOf(run.last, { name, now, isUncertain: next.isUncertain === true }));
  const ended = (state: DigestDay["state"]) => digests.save({ ...next, state, at: clock() }, next);
  if (outcome.kind === "sent") await ended("sent");
  else {
    await ended("refused");
    throw new Error(`the alarm topic refuses the digest of open findings: ${outcome.why}`);
  }
};
