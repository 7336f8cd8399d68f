/** Every state with every event: what comes of it, to the last field, or that it is refused. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { withAccepted } from "../../../../core/lifecycle/accepted.ts";
import { groupOf } from "../../../../core/lifecycle/doorbell.ts";
import { type After, type Before, can, type EventName, events } from "../../../../core/lifecycle/events.ts";
import { failingSinceOf, type In, isSettled, type Progress, type RecordState, recordStates } from "../../../../core/lifecycle/progress.ts";
import * as failing from "../../../../core/lifecycle/transitions/failing.ts";
import * as person from "../../../../core/lifecycle/transitions/operator.ts";
import * as sending from "../../../../core/lifecycle/transitions/sending.ts";
import * as settling from "../../../../core/lifecycle/transitions/settling.ts";
import * as sweep from "../../../../core/lifecycle/transitions/sweep.ts";
import * as waiting from "../../../../core/lifecycle/transitions/waiting.ts";
import { away, failure, forged, gone, happen, hold, now, partly, today, tooOld, unreadable } from "../../../support/every-event.ts";
import { noon, progressOf } from "../../../support/samples.ts";

const minute = 60_000;
const key = "sandbox/evt_1";

/** In its lines when it has any: what failed, waits or is dead. */
const inLine = ({ contracts }: Progress) => contracts.length > 0;
/** Out of its lines; due until those behind it are woken. */
const ended = (before: Progress, dueAt: number) => ({ inLine: false, ...(before.inLine && { releasing: true, dueAt }) });
/** Where a ring puts it: at its place in line, from then on. */
const placed = (before: Progress) =>
  before.inLine ? {} : { group: groupOf("sandbox", key, today.contracts), contracts: today.contracts, inLine: true };
const patience = ({ epoch }: Progress) => now + Math.min(60, 5 * 2 ** epoch) * minute;
const failed = (before: Progress) => ({
  at: now,
  attempts: before.attempts + 1,
  inLine: inLine(before),
  failingSince: failingSinceOf(before) ?? now,
  cause: failure,
});
const sinceWhen = (before: Progress) => (failingSinceOf(before) === undefined ? {} : { failingSince: failingSinceOf(before) });
const knownContracts = (before: Progress) => (before.inLine || before.applied ? before.contracts : today.contracts);

/** What is different afterwards; of an event that leads into another state, nothing but the facts is left of the one before. */
const changes: { readonly [Event in EventName]: (before: Progress) => object } = {
  begin: (before) => ({
    contracts: knownContracts(before),
    group: groupOf("sandbox", key, ["sub_2"]),
    types: before.applied && before.types !== undefined ? before.types : ["notice"],
  }),
  noteTurn: (before) => ({ turnsNotEnded: (before.turnsNotEnded ?? 0) + 1 }),
  survive: () => ({ turnsNotEnded: undefined }),
  learn: (before) => ({ contracts: knownContracts(before), types: ["notice"] }),
  readOn: () => ({ attempts: 0, readSoFar: { since: noon, pages: 3 } }),
  apply: (before) => ({
    at: now,
    applied: true,
    heardAt: before.heardAt ?? now,
    ...("dueAt" in before && { dueAt: before.dueAt }),
    ...sinceWhen(before),
  }),
  enterLines: (before) => ({ inLine: inLine(before), dueAt: now + 5 * minute }),
  waitBehind: (before) => ({ at: now, inLine: inLine(before), cause: { kind: "behind", key: "sandbox/evt_0", contract: "sub_1" } }),
  waitForContract: (before) => ({
    at: now,
    inLine: inLine(before),
    cause: { kind: "contract held", contract: "sub_1", why: "moving house" },
  }),
  waitForTarget: (before) => ({
    at: now,
    inLine: inLine(before),
    cause: { kind: "target held", ...hold, ...(before.state === "retrying" && { last: before.cause }) },
  }),
  failUnderHold: (before) => ({
    at: now,
    attempts: before.attempts + 1,
    inLine: inLine(before),
    cause: { kind: "target held", ...hold, last: failure },
  }),
  lookAgain: () => ({ at: now, dueAt: now + 5 * minute, cause: { kind: "contract held", contract: "sub_1", why: "moving house" } }),
  retry: (before) => ({ ...failed(before), dueAt: now + 2_000 + 5 * minute }),
  schedule: (before) => ({ ...failed(before), dueAt: now + 2_000 }),
  postpone: (before) => ({
    at: now,
    inLine: inLine(before),
    failingSince: failingSinceOf(before) ?? now,
    dueAt: now + Math.max(1, Math.min(15, (now - (failingSinceOf(before) ?? now)) / minute)) * minute,
    cause: away,
  }),
  defer: (before) => ({
    at: now,
    inLine: inLine(before),
    failingSince: failingSinceOf(before) ?? now,
    dueAt: now + Math.max(1, Math.min(360, (now - (failingSinceOf(before) ?? now)) / minute)) * minute,
    cause: tooOld,
  }),
  accept: (before) => ({
    at: now,
    attempts: 0,
    accepted: withAccepted(before.accepted, "evt_1#2"),
    // On its first turn it is not in the index: the audit finds it.
    ...((before.state !== "applied" || before.dueAt !== undefined) && { dueAt: now + 5 * minute }),
  }),
  acceptAfterAll: (before) => ({ accepted: withAccepted(before.accepted, "evt_1#2") }),
  goOn: (before) => ({ at: now, inLine: inLine(before), dueAt: now + 5 * minute, cause: partly }),
  deliverAfterAll: (before) => ({
    at: now,
    accepted: undefined,
    attempts: before.attempts + 1,
    acceptedBefore: undefined,
    answer: `${before.erasedAt === undefined ? "200 thanks; " : ""}an attempt was in flight when it was discarded`,
    ...("releasing" in before && before.releasing && { releasing: true, dueAt: before.dueAt }),
  }),
  stayDelivered: (before) => ({
    at: now,
    accepted: undefined,
    acceptedBefore: undefined,
    answer: `${before.acceptedBefore ?? ""}; replayed, and the application refused a signature that is too old: 360 s, where 300 s are accepted; answered 400 no`,
    ...ended(before, now + minute),
  }),
  setAside: (before) => ({ at: now, inLine: inLine(before), cause: gone, ...sinceWhen(before) }),
  giveUp: (before) => ({
    at: now,
    attempts: 9,
    inLine: inLine(before),
    cause: { kind: "given up", attempts: 9, last: failure },
    ...sinceWhen(before),
  }),
  deliver: (before) => ({
    at: now,
    accepted: undefined,
    acceptedBefore: undefined,
    attempts: before.attempts + 1,
    answer: "200 thanks",
    ...ended(before, now + minute),
  }),
  ignore: (before) => ({ at: now, cause: { kind: "no event wanted" }, ...ended(before, now + minute) }),
  leaveOut: (before) => ({ at: now, cause: { kind: "other mode", says: "test" }, ...ended(before, now + minute) }),
  recognize: (before) => ({ at: now, cause: { kind: "recorded before", as: "sandbox/evt_0" }, ...ended(before, now + minute) }),
  followersWoken: () => ({ releasing: undefined, dueAt: undefined }),
  wake: () => ({ at: now, dueAt: now, cause: { kind: "woken" } }),
  release: (before) => ({
    at: now,
    epoch: before.epoch + 1,
    dueAt: now + 5 * minute,
    cause: { kind: "released", target: "app" },
    ...(before.attempts > 0 && { suspect: true }),
  }),
  find: () => ({ dueAt: now }),
  ring: (before) => ({ epoch: before.epoch + 1, dueAt: patience(before), ...placed(before) }),
  ringForFollowers: (before) => ({ epoch: before.epoch + 1, releasing: true, dueAt: patience(before) }),
  fallDue: (before) => ({
    at: now,
    epoch: before.epoch + 1,
    dueAt: patience(before),
    ...placed(before),
    ...(before.state === "scheduled" && before.failingSince !== undefined
      ? { state: "retrying", failingSince: before.failingSince, cause: before.cause }
      : { state: "ready", cause: { kind: "woken" } }),
  }),
  verifyLater: () => ({ cause: unreadable }),
  verifiedLate: (before) => ({ at: now, cause: { kind: "verified late", as: "sandbox/evt_2" }, ...ended(before, now) }),
  disprove: (before) => ({ at: now, cause: forged, ...ended(before, now) }),
  expire: (before) => ({ at: now, cause: { kind: "retention over" }, ...ended(before, now) }),
  replay: (before) => ({
    ...(isSettled(before.state)
      ? { group: groupOf("sandbox", key, today.contracts), inLine: "releasing" in before && before.contracts.length > 0 }
      : placed(before)),
    at: now,
    epoch: before.epoch + 1,
    attempts: 0,
    applied: false,
    readSoFar: undefined,
    replayed: true,
    dueAt: now + minute,
    cause: { kind: "replayed" },
    ...(before.state === "delivered" && { acceptedBefore: before.answer }),
  }),
  verifyAgain: () => ({ at: now, dueAt: now, cause: { kind: "to be verified" } }),
  discard: (before) => ({ at: now, cause: { kind: "discarded by", by: "ann", why: "a test" }, ...ended(before, now) }),
  erase: (before) => ({
    erasedAt: now,
    ...{ acceptedBefore: undefined, readSoFar: undefined, lacking: undefined },
    ...ended(before, now),
    ...("releasing" in before && { releasing: true, dueAt: noon }),
    ...(before.state === "delivered" && { answer: "" }),
    ...(before.state === "ignored" && { cause: before.cause }),
    ...(before.state !== "delivered" && before.state !== "ignored" && { cause: { kind: "erased", at: now } }),
    ...(!isSettled(before.state) && { at: now }),
  }),
  place: (before) => ({ dueAt: now + 5 * minute, ...placed(before) }),
  dismiss: (before) => ({ at: now, cause: { kind: "discarded by", by: "ann", why: "a test" }, ...ended(before, now) }),
};

/** A record of one contract in and out of its line, one of none; and of each state, what it may have besides. */
const examples = (state: RecordState): readonly Progress[] => {
  const facts = { state, epoch: 2, revision: 7, attempts: 4 };
  const some = [
    progressOf(key, { ...facts, contracts: ["sub_1"], inLine: true, applied: state !== "stored", types: ["charge.failed"] }),
    progressOf(key, { ...facts, contracts: ["sub_1"], lacking: "the amount", types: ["charge.failed"], turnsNotEnded: 2 }),
    progressOf(key, { ...facts, contracts: ["sub_1"], accepted: withAccepted("", "evt_1"), readSoFar: { since: noon, pages: 2 } }),
    progressOf(key, { ...facts, acceptedBefore: "200 before", replayed: true, heardAt: noon, erasedAt: noon }),
    progressOf(key, { ...facts }),
  ];
  switch (state) {
    case "stored":
      return [...some, progressOf(key, { ...facts, state, dueAt: noon, cause: unreadable })];
    case "applied":
      return [...some, progressOf(key, { ...facts, state, dueAt: noon, failingSince: noon - minute })];
    case "scheduled": {
      const { failingSince: _, ...looking } = progressOf(key, { ...facts, state });
      return [...some, { ...looking, cause: { kind: "contract held", contract: "sub_1", why: "moving house" } } as Progress];
    }
    case "delivered":
    case "ignored":
    case "discarded":
      return [...some, ...some.slice(1).map((one) => ({ ...one, releasing: true, dueAt: noon }) as Progress)];
    default:
      return some;
  }
};

/** What is known in every state: all but what belongs to one or is forgotten by the next, by name and apart from the code. */
const factsIn = (progress: Progress): object => {
  const own = ["state", "dueAt", "failingSince", "cause", "answer", "releasing", "turnsNotEnded"];
  return Object.fromEntries(Object.entries(progress).filter(([name]) => !own.includes(name)));
};

const run = happen as unknown as Readonly<Record<EventName, (progress: Progress) => Progress>>;
const names = Object.keys(events) as EventName[];
const pairs = recordStates.flatMap((state) => names.map((event) => ({ state, event })));

describe("a record that is", () => {
  test.each(pairs.filter(({ state, event }) => can(event, progressOf(key, { state }))))(
    "$state becomes by $event what the table says, and keeps nothing else of what it was",
    ({ state, event }) => {
      const { to } = events[event];
      for (const before of examples(state)) {
        const after = run[event](before);
        expect(to === "same" ? [state] : to).toContain(after.state);
        const { lacking: _, ...learned } = before;
        const kept = event === "learn" ? learned : to === "same" ? before : { ...factsIn(before), state: after.state };
        // `toEqual` takes what is undefined for absent.
        expect(after).toEqual({ ...kept, ...changes[event](before) });
        expect(after.revision).toBe(before.revision);
      }
    },
  );

  test.each(pairs.filter(({ state, event }) => !can(event, progressOf(key, { state }))))("$state cannot $event", ({ state, event }) => {
    for (const before of examples(state)) expect(() => run[event](before)).toThrow(`${event} cannot happen to ${key}, which is ${state}`);
  });
});

test("what cannot happen does not compile either", () => {
  expectTypeOf<Before<"wake">["state"]>().toEqualTypeOf<"waiting">();
  expectTypeOf<After<"wake">["state"]>().toEqualTypeOf<"ready">();
  expectTypeOf<Parameters<typeof settling.deliver>[0]["state"]>().toEqualTypeOf<"applied" | "ready" | "retrying" | "waiting">();
  expectTypeOf<ReturnType<typeof sweep.fallDue>["state"]>().toEqualTypeOf<"retrying" | "ready">();
});

test("one that is woken while its group's turn lasts is left to that turn for a minute", () => {
  expect(waiting.wake(progressOf(key, { state: "waiting" }), true, now)).toMatchObject({ state: "ready", dueAt: now + minute });
});

test("what goes on is rung for by the sweep at once, where the queue has no message of it", () => {
  expect(sending.goOn(progressOf(key, { state: "applied" }), partly, false, now)).toMatchObject({ state: "ready", dueAt: now });
});

test("a replay sends what was not accepted, and all of what was delivered", () => {
  const some = sending.accept(progressOf(key, { state: "retrying" }), "evt_1", now);
  const dead = failing.giveUp(some, { cause: { kind: "refused", status: 422, answer: "422" }, attempts: 1 }, now);
  expect(person.replay(dead, today, now).accepted).toBe(some.accepted);
  expect(person.replay(settling.deliver(some, "200", now), today, now)).not.toHaveProperty("accepted");
});

test("a ring that seems lost is repeated at growing intervals, of an hour at most", () => {
  const dueIn = (epoch: number) => (sweep.ring(progressOf(key, { state: "applied", epoch }), today, now).dueAt ?? 0) - now;
  expect([0, 1, 2, 3, 4, 50].map(dueIn)).toEqual([5, 10, 20, 40, 60, 60].map((minutes) => minutes * minute));
});

test("a record that waits for five hours says from its release on that it is ready, since then, and why", () => {
  const held = waiting.waitForTarget(progressOf(key, { state: "retrying", failingSince: noon, attempts: 3 }), hold, noon);
  const released = sweep.release(held, "app", noon + 5 * 3_600_000);
  expect(released).toMatchObject({ state: "ready", at: noon + 5 * 3_600_000, cause: { kind: "released", target: "app" }, attempts: 3 });
  expect(released).not.toHaveProperty("failingSince");
});

test("a failed attempt makes its doorbell stale when another rings for the next, and leaves it when the same comes again", () => {
  const retried = (isRungAgain: boolean) =>
    failing.retry(progressOf(key, { state: "applied", epoch: 3 }), { cause: failure, delayMs: 2_000 }, isRungAgain, now).epoch;
  expect([retried(true), retried(false)]).toEqual([4, 3]);
});

test("a record that waits for a hold keeps why its own last attempt failed, however often it checks again", () => {
  const failedOnce = waiting.waitForTarget(progressOf(key, { state: "retrying", cause: failure }), hold, noon);
  expect(waiting.waitForTarget(failedOnce, { ...hold, why: "longer" }, now).cause).toEqual({
    kind: "target held",
    ...hold,
    why: "longer",
    last: failure,
  });
});

test("a record is suspect from its release until it is replayed, when it had failed before", () => {
  const held = (attempts: number) => waiting.waitForTarget(progressOf(key, { state: "ready", attempts }), hold, noon);
  expect(sweep.release(held(0), "app", now)).not.toHaveProperty("suspect");
  const released = sweep.release(held(1), "app", now);
  const dead = failing.giveUp(released, { cause: { kind: "given up", attempts: 9, last: failure }, attempts: 9 }, now);
  expect(dead.suspect).toBe(true);
  expect(person.replay(dead, today, now)).not.toHaveProperty("suspect");
});

describe("what cannot be sent is looked at again", () => {
  const hour = 60 * minute;
  const dueAfter = (passed: number, put: (progress: In<"retrying">) => Progress): number => {
    const { dueAt = 0 } = put(progressOf(key, { state: "retrying", failingSince: now - passed })) as { dueAt?: number };
    return dueAt - now;
  };
  const away = { kind: "body unreadable", detail: "SlowDown" } as const;
  const unusable = { kind: "target unusable", place: "arn:aws:sqs:eu-central-1:123456789012:q", detail: "403 AccessDenied" } as const;

  test.each<[what: string, longest: number, put: (progress: In<"retrying">) => Progress]>([
    ["a signature that is too old, six hours", 6 * hour, (progress) => failing.defer(progress, tooOld, now)],
    ["a secret that cannot be read, a quarter of an hour", 15 * minute, (progress) => failing.defer(progress, unreadable, now)],
    ["a target that cannot be used, a quarter of an hour", 15 * minute, (progress) => failing.defer(progress, unusable, now)],
    ["a body that cannot be read, a quarter of an hour", 15 * minute, (progress) => failing.postpone(progress, away, now)],
  ])("after as long again as it has lasted, a minute at least: %s at most", (_, longest, put) => {
    const lasted = [0, minute, minute + 1, longest - 1, longest, 24 * hour];
    expect(lasted.map((passed) => dueAfter(passed, put))).toEqual([minute, minute, minute + 1, longest - 1, longest, longest]);
  });
});
