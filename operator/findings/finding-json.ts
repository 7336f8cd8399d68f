/** A kept finding for programs: everything, with times in ISO 8601, its sentence and what to do next. */
import { remedyOf, sentenceOf } from "../../core/findings/finding-text.ts";
import type { StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import type { Connection } from "../connect/connect.ts";

export const findingAsJson = (
  { finding, standing, raisedAt, changedAt, notes }: StoredFinding,
  { command }: Pick<Connection, "command">,
) => {
  const remedy = remedyOf(finding);
  return {
    id: finding.id,
    class: finding.class,
    state: standing.state,
    severity: finding.severity,
    sentence: sentenceOf(finding),
    money: finding.money,
    isPartial: finding.isPartial === true,
    subject: finding.subject,
    names: finding.names,
    cause: finding.cause,
    since: isoTime(finding.since),
    last: isoTime(finding.last),
    grace: finding.grace ? { name: finding.grace.name, until: isoTime(finding.grace.until) } : null,
    standing: "at" in standing ? { ...standing, at: isoTime(standing.at) } : standing,
    raisedAt: isoTime(raisedAt),
    changedAt: isoTime(changedAt),
    notes: notes.map((note) => ({ ...note, at: isoTime(note.at) })),
    evidence: finding.evidence.map((one) => ({ ...one, at: isoTime(one.at) })),
    advice: remedy.advice,
    command: remedy.command ? command(...remedy.command) : null,
  };
};
