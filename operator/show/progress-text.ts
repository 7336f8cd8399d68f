/** A record's progress for people: its state, its attempts, its places in line. */
import { counted } from "../../core/formats/counted.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { countAccepted } from "../../core/lifecycle/accepted.ts";
import { dueAtOf, failingSinceOf, type Progress } from "../../core/lifecycle/progress.ts";
import { answerText, whyOf } from "../query/record-row.ts";
import { momentWithAge } from "../terminal/time-words.ts";
import { type LinePlace, longestLine } from "./page.ts";

export type Fact = readonly [name: string, value: string];

export const progressFacts = (progress: Progress, places: readonly LinePlace[], now: number): readonly Fact[] => [
  ["state", `${progress.state} since ${momentWithAge(progress.at, now)}`],
  ...fact("why", whyOf(progress)),
  ["attempts", String(progress.attempts)],
  ...fact("accepted", acceptedText(countAccepted(progress.accepted))),
  ...fact("last answer", answerText(progress)),
  ...fact("failing since", momentFact(failingSinceOf(progress), now)),
  ...fact("next look", momentFact(dueAtOf(progress), now)),
  ["in the ledger", progress.applied ? "yes" : "not yet"],
  ...fact("not read back", progress.lacking && printableLine(progress.lacking)),
  ...places.map((place): Fact => ["contract", `${printableLine(place.contract)}: ${placeText(place, progress)}`]),
  ...fact("sent again", progress.epoch > 0 && `${counted(progress.epoch, "time")} by the sweep or an operator`),
];

const acceptedText = (count: number) => count > 0 && `${count} of its events, which ${count === 1 ? "is" : "are"} not sent again`;

const momentFact = (moment: number | undefined, now: number) => moment !== undefined && momentWithAge(moment, now);

export const fact = (name: string, value: string | number | false | undefined): readonly Fact[] => (value ? [[name, String(value)]] : []);

const placeText = ({ before, behind, first }: LinePlace, { key }: Progress): string => {
  const many = (count: number) => (count >= longestLine - 1 ? `${count} or more` : String(count));
  const waiting = behind > 0 ? `; ${many(behind)} wait behind it` : "";
  if (before === undefined) return first ? `not in line; first in line is ${first.key}` : "nothing waits";
  if (before === 0) return `first in line${waiting}`;
  if (first?.key === "hold") return `the contract is held: ${printableLine(first.why)}${waiting}`;
  return `${many(before)} before it in line, the first is ${first && first.key !== key ? first.key : "?"}${waiting}`;
};
