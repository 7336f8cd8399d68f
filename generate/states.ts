/** The states of a record as a chart and a table, made from the table of events. */
import { events, type LifecycleEvent } from "../core/lifecycle/events.ts";
import { isSettled, type RecordState, recordStates } from "../core/lifecycle/progress.ts";
import { withPart } from "./marked.ts";

/** The page with the states of a record written again. Throws when a mark around them is missing. */
export const withStates = (page: string): string => withPart(page, "states", [...chart(), "", ...table()]);

const all: readonly (readonly [name: string, LifecycleEvent])[] = Object.entries(events);

/** Where an event leads from one state to others; what leaves the state as it is does not show in a chart. */
interface Arrow {
  readonly from: RecordState;
  readonly to: RecordState;
  readonly says: string;
}

const arrowsOf = (event: LifecycleEvent): readonly Arrow[] =>
  event.to === "same"
    ? []
    : event.from.flatMap((from) => (event.to as readonly RecordState[]).map((to) => ({ from, to, says: event.says })));

/** In progress: everything else that happens to them leads to a turn first, and would hide the rest of the chart. */
const isUnderWay = (state: RecordState): boolean => ["applied", "ready", "retrying"].includes(state);

/** In its turn a record in any of these states takes the same arrows: one node represents it. */
const chart = (): readonly string[] => {
  const turns = all.flatMap(([, event]) => (event.by === "its turn" ? arrowsOf(event) : []));
  const others = all.flatMap(([, event]) => (event.by === "its turn" ? [] : arrowsOf(event))).filter(({ from }) => !isUnderWay(from));
  const takesTurn = recordStates.filter((state) => turns.some(({ from }) => from === state));
  return [
    "```mermaid",
    "stateDiagram-v2",
    '    state "its turn" as turn',
    "    [*] --> stored: one conditional put",
    ...takesTurn.map((state) => `    ${state} --> turn`),
    ...joined(turns.map(({ to, says }) => [`turn --> ${to}`, says])),
    ...joined(others.map(({ from, to, says }) => [`${from} --> ${to}`, says])),
    ...recordStates.filter(isSettled).map((state) => `    ${state} --> [*]`),
    "```",
  ];
};

const joined = (arrows: readonly (readonly [arrow: string, says: string])[]): readonly string[] =>
  [...Map.groupBy(arrows, ([arrow]) => arrow)].map(
    ([arrow, some]) => `    ${arrow}: ${[...new Set(some.map(([, says]) => says))].join(" / ")}`,
  );

const table = (): readonly string[] => [
  "| event | by | of a record that is | which becomes | when |",
  "|---|---|---|---|---|",
  ...all.map(([name, event]) => {
    const to = event.to === "same" ? "(stays)" : event.to.join(", ");
    return `| \`${name}\` | ${event.by} | ${event.from.join(", ")} | ${to} | ${event.says} |`;
  }),
];
