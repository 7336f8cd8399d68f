/** What binds the transitions to the table of events: by type, and at run time for what comes out of the ledger table. */
import { type After, type Before, can, type EventName, type events } from "../events.ts";
import type { Progress } from "../progress.ts";

/** Throws for a record to which it cannot happen: a decision about a state that was not checked. */
const mustBePossible = (event: EventName, progress: Progress): void => {
  const { key, state } = progress;
  if (!can(event, progress)) throw new Error(`${event} cannot happen to ${key}, which is ${state}`);
};

/** What takes a record into another state. */
export const on =
  <Event extends EventName, Given extends readonly unknown[]>(
    event: Event,
    change: (progress: Before<Event>, ...given: Given) => After<Event>,
  ) =>
  (progress: Before<Event>, ...given: Given): After<Event> => {
    mustBePossible(event, progress);
    return change(progress, ...given);
  };

type EventThatKeeps = { [Event in EventName]: (typeof events)[Event]["to"] extends "same" ? Event : never }[EventName];

/** What leaves a record in its state, and changes what is known about it. */
export const during =
  <Event extends EventThatKeeps, Given extends readonly unknown[]>(
    event: Event,
    change: (progress: Before<Event>, ...given: Given) => Before<Event>,
  ) =>
  <Known extends Before<Event>>(progress: Known, ...given: Given): Known => {
    mustBePossible(event, progress);
    return change(progress, ...given) as Known;
  };
