/** A trace for people: one line for each thing that happened. */
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { causeOf } from "../../../core/lifecycle/progress.ts";
import { all, type Entry, type Trace } from "../run/trace.ts";

/** Calls of the sweep and the release that only look, and there are many of them, are left out. */
export const describeTrace = (trace: Trace): string => {
  const begin = all(trace, "began")[0]?.at ?? 0;
  return trace
    .flatMap((entry) => {
      const said = describe(entry);
      return said === undefined ? [] : [`${((entry.at - begin) / 1000).toFixed(0).padStart(7)} s  ${said}`];
    })
    .join("\n");
};

const describe = (entry: Entry): string | undefined => {
  switch (entry.kind) {
    case "sent":
      return `the gateway sends ${entry.callback}`;
    case "answered":
      return `${entry.callback} is answered: ${entry.word}`;
    case "began":
      return `(${entry.invocation}) ${entry.of} begins${entry.skewMs === 0 ? "" : `, its clock ${entry.skewMs / 60_000} minutes off`}`;
    case "ended":
      return `(${entry.invocation}) ${entry.of} ends: ${entry.how}${entry.why === undefined ? "" : `, ${entry.why}`}`;
    case "called":
      return /^(sweep|release): DynamoDB Query/.test(entry.id) ? undefined : `(${entry.invocation})   ${entry.id}`;
    case "fault":
      return `FAULT at ${entry.place}: ${entry.what}`;
    case "kept":
      return `        kept in ${entry.place}`;
    case "gone":
      return `        gone from ${entry.place}`;
    case "progress": {
      const { key, state, revision, epoch, inLine } = entry.progress;
      const cause = causeOf(entry.progress);
      const reason = cause ? sentenceOf(cause) : "";
      return `(${entry.invocation})   ${key} becomes ${state}${inLine ? ", in line" : ""} (revision ${revision}, epoch ${epoch}) ${reason}`;
    }
    case "hold": {
      const { target, by, ratePerSecond, probe } = entry.hold;
      const how = ratePerSecond === undefined ? (probe ? `, ${probe} is tried` : "") : `, released at ${ratePerSecond} a second`;
      return `        ${target} is held by ${by}${how}`;
    }
    case "contract held":
      return `        the contract ${entry.contract} is held`;
    case "told":
      return `        the ledger of ${entry.contract} is told ${entry.event}`;
    case "line read":
      return `(${entry.invocation})   the line of ${entry.contract} is read`;
    case "rung":
      return `(${entry.invocation})   ${entry.by} rings for ${entry.record}, epoch ${entry.epoch}${entry.swallowed ? ", swallowed" : ""}`;
    case "accident":
      return `ACCIDENT: ${entry.what} of ${entry.record}`;
    case "unavailable":
      return undefined;
    case "dead letter":
      return `        dead letter: ${entry.record}`;
    case "doorbell":
      return `        the doorbell of ${entry.record} is handed over, epoch ${entry.epoch}`;
    case "taken":
    case "nothing to hand out":
      return undefined;
    case "relayed":
      return `        the stream hands over ${entry.record}`;
    case "lost":
      return `        what would have told of ${entry.record} is lost`;
    case "attempted":
      return undefined;
    case "delivered":
      return `(${entry.invocation})   the application gets ${entry.record} and answers ${entry.status}${entry.processed ? "" : ", undone"}`;
    case "counted":
      return undefined;
    case "erased":
      return `        ${entry.person} is erased`;
    case "deed":
      return `        a person: ${entry.what} ${entry.record}`;
    default:
      return entry satisfies never;
  }
};
