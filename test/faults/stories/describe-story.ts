/** A random story in sentences, with the faults that really hit. */

import { all, type Trace } from "../run/trace.ts";
import type { Deed, RandomStory, Step } from "./random-story.ts";
import { castMember } from "./random-story.ts";

export const describeStory = ({ steps, isThorough }: RandomStory, trace: Trace): string => {
  const faults = all(trace, "fault").map(({ place, what }) => `${place}: ${what}`);
  return [
    ...steps.map((step, index) => `${String(index + 1).padStart(2)}. ${describeStep(step)}`),
    ...(isThorough ? ["    In the end everything is replayed twice."] : []),
    faults.length > 0 ? `    Faults that hit: ${faults.join(" | ")}` : "    No fault hit.",
  ].join("\n");
};

const describeStep = (step: Step): string => {
  switch (step.do) {
    case "pass":
      return `${step.minutes} minutes pass`;
    case "answer":
      return `the application answers ${step.status} to ${step.callback === undefined ? "everything" : castMember(step.callback).name}`;
    case "secret":
      return `the secret can${step.readable ? "" : "not"} be read`;
    case "outage":
      return step.of === "nothing" ? "every service answers" : `${step.of} is away`;
    case "restart":
      return `${step.of} starts in a fresh process`;
    case "clock":
      return step.minutes === 0
        ? `the clock of ${step.of} is right`
        : `the clock of ${step.of} is ${Math.abs(step.minutes)} minutes ${step.minutes > 0 ? "ahead" : "behind"}`;
    case "lose the stream":
      return "what the stream holds expires";
    case "accident":
      return `${step.accident}: ${castMember(step.callback).name}`;
    case "together":
      return `side by side: ${step.deeds.map(describeDeed).join("; ")} (turns ${step.order.join(",")})`;
    default:
      return describeDeed(step);
  }
};

const describeDeed = (deed: Deed): string => {
  const hit = deed.fault ? ` [fault ${deed.fault.kind} at point ${deed.fault.at}]` : "";
  switch (deed.do) {
    case "send": {
      const { name, nature } = castMember(deed.callback);
      return `the gateway sends ${name}${nature === "genuine" ? "" : ` (${nature})`}${hit}`;
    }
    case "relay":
      return `relay, ${deed.most} at most${hit}`;
    case "consume":
      return `consume, ${deed.most} at most${deed.looks === undefined ? "" : `, short of time after ${deed.looks} looks`}${hit}`;
    case "sweep":
    case "release":
    case "recover":
      return `${deed.do}${hit}`;
    case "replay":
    case "discard":
      return `a person ${deed.do}s ${castMember(deed.callback).name}${hit}`;
    case "hold":
    case "resume":
      return `a person ${deed.do}s ${deed.target}${deed.do === "resume" ? ` at ${deed.ratePerSecond} a second` : ""}${hit}`;
    default:
      return `a person: ${deed.do} ${deed.contract}${hit}`;
  }
};
