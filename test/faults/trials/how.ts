/** How a run got through: told from what happened in it and does not happen when nothing goes wrong. */
import { all, type Trace } from "../run/trace.ts";

/** In the order in which they are told. */
export const ways = {
  sdk: "the SDK retried the call",
  unverified: "stored unverified, verified by the sweep later",
  "spill queue": "kept in the spill queue, recorded by recover",
  "spill bucket": "kept in the bucket, recorded by the sweep",
  gateway: "the gateway got no acknowledgement and redelivered the callback",
  stream: "the stream brought the record again",
  queue: "the queue brought the doorbell again",
  sweep: "the sweep rang for the record",
  release: "the release rang for the record",
  "next release": "the next release did what this one could not",
  "next sweep": "the next sweep did what this one could not",
  command: "a person typed the command again",
  replay: "a dead letter, which a person replayed",
  twice: "delivered again under the same id",
  letter: "two dead letters that say the same",
  "-": "nothing more was needed",
} as const;

export type Way = keyof typeof ways;

/** @param trace of the run with the fault; `usual`: of the same story without. */
export const waysOf = (trace: Trace, usual: Trace): readonly Way[] => {
  const more = (count: (trace: Trace) => number): boolean => count(trace) > count(usual);
  const counted = (metric: string) => (of: Trace) => all(of, "counted").filter((entry) => entry.metric === metric).length;
  const found: Readonly<Record<Exclude<Way, "-">, boolean>> = {
    sdk: wasCalledAgain(trace),
    unverified: more(counted("StoredUnverified")),
    "spill queue": more(counted("SpilledToQueue")),
    "spill bucket": more(counted("SpilledToBucket")),
    gateway: more((of) => all(of, "sent").length),
    stream: more((of) => all(of, "relayed").length),
    queue: more(repeatedDoorbells),
    sweep: more((of) => all(of, "rung").filter(({ by }) => by === "sweep").length),
    release: more((of) => all(of, "rung").filter(({ by }) => by === "release").length),
    "next release": more((of) => all(of, "ended").filter((entry) => entry.of === "release" && entry.how !== "done").length),
    "next sweep": more((of) => all(of, "ended").filter((entry) => entry.of === "sweep" && entry.how !== "done").length),
    command: more((of) => all(of, "deed").filter(({ what }) => what === "discard").length),
    replay: more((of) => all(of, "deed").filter(({ what }) => what === "replay").length),
    twice: more((of) => all(of, "delivered").filter(({ processed }) => processed).length),
    letter: more((of) => all(of, "dead letter").length) && !more(counted("DeadLettered")),
  };
  const some = (Object.keys(ways) as Way[]).filter((way) => way !== "-" && found[way]);
  return some.length > 0 ? some : ["-"];
};

/** The same bytes were sent once more by the invocation in which the call failed. */
const wasCalledAgain = (trace: Trace): boolean =>
  trace.some((fault, at) => {
    const failed = fault.kind === "fault" ? all(trace.slice(0, at), "called").findLast(({ id }) => id === fault.place) : undefined;
    return (
      failed !== undefined &&
      all(trace.slice(at), "called").some(
        ({ invocation, name, body }) => invocation === failed.invocation && name === failed.name && body === failed.body,
      )
    );
  });

const repeatedDoorbells = (trace: Trace): number => {
  const doorbells = all(trace, "doorbell").map(({ record, epoch }) => `${record} ${epoch}`);
  return doorbells.length - new Set(doorbells).size;
};
