/** What binds the transitions to the table of events: by type, and at run time for what comes out of the ledger table. */
import { type After, type Before, can, type EventName, type events } from "../events.ts";
import type { Facts, Progress } from "../progress.ts";

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

/** Each fact that lasts by name, also one that a record may lack: the compiler asks here for a fact that is added. */
type NamedFacts = { readonly [Name in Exclude<keyof Facts, "turnsNotEnded">]: Facts[Name] };

/** What a record keeps in its next state: nothing that belongs to the one it leaves. */
export const factsOf = ({
  key,
  at,
  epoch,
  revision,
  attempts,
  order,
  source,
  group,
  contracts,
  applied,
  inLine,
  acceptedBefore,
  accepted,
  readSoFar,
  suspect,
  replayed,
  lacking,
  types,
  erasedAt,
  heardAt,
}: Progress): Facts => {
  const named: NamedFacts = {
    ...{ key, at, epoch, revision, attempts, order, source, group, contracts, applied, inLine },
    ...{ acceptedBefore, accepted, readSoFar, suspect, replayed, lacking, types, erasedAt, heardAt },
  };
  const {
    acceptedBefore: _,
    accepted: __,
    readSoFar: ___,
    suspect: ____,
    replayed: _____,
    lacking: ______,
    types: _______,
    erasedAt: ________,
    heardAt: _________,
    ...always
  } = named;
  return {
    ...always,
    ...(acceptedBefore !== undefined && { acceptedBefore }),
    ...(accepted !== undefined && { accepted }),
    ...(readSoFar && { readSoFar }),
    ...(suspect && { suspect }),
    ...(replayed && { replayed }),
    ...(lacking !== undefined && { lacking }),
    ...(types !== undefined && { types }),
    ...(erasedAt !== undefined && { erasedAt }),
    ...(heardAt !== undefined && { heardAt }),
  };
};
