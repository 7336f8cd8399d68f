/** What holds after any sequence of events that may happen. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { countAccepted } from "../../../../core/lifecycle/accepted.ts";
import { sentenceOf } from "../../../../core/lifecycle/cause-text.ts";
import { can, type EventName, events } from "../../../../core/lifecycle/events.ts";
import { causeOf, dueAtOf, failingSinceOf, isSettled, type Progress, untouched } from "../../../../core/lifecycle/progress.ts";
import * as failing from "../../../../core/lifecycle/transitions/failing.ts";
import * as person from "../../../../core/lifecycle/transitions/operator.ts";
import * as sending from "../../../../core/lifecycle/transitions/sending.ts";
import * as settling from "../../../../core/lifecycle/transitions/settling.ts";
import * as sweep from "../../../../core/lifecycle/transitions/sweep.ts";
import * as turn from "../../../../core/lifecycle/transitions/turn.ts";
import * as waiting from "../../../../core/lifecycle/transitions/waiting.ts";
import { openClassOf } from "../../../../io/ledger/ledger-item.ts";
import { noon } from "../../../support/samples.ts";

interface Step {
  readonly event: EventName;
  readonly contracts: readonly string[];
  readonly delayMs: number;
}

const step = fc.record<Step>({
  event: fc.constantFrom(...(Object.keys(events) as EventName[])),
  contracts: fc.uniqueArray(fc.constantFrom("sub_1", "sub_2", "sub_3"), { maxLength: 3 }),
  delayMs: fc.integer({ min: 1_000, max: 3_600_000 }),
});

const failure = { kind: "no answer", detail: "ECONNREFUSED" } as const;

const happen = (known: Progress, { event, contracts, delayMs }: Step, now: number): Progress => {
  const facts: { readonly [Event in EventName]?: readonly unknown[] } = {
    begin: [{ contracts, types: ["notice"] }],
    learn: [{ contracts, types: ["notice"] }],
    waitBehind: [{ key: "sandbox/evt_0", contract: "sub_1" }, now],
    waitForContract: [{ contract: "sub_1", why: "a test" }, now],
    waitForTarget: [{ target: "app", by: "ann", why: "a test" }, now],
    failUnderHold: [failure, { target: "app", by: "ann", why: "a test" }, now],
    lookAgain: [{ contract: "sub_1", why: "a test" }, now],
    retry: [{ cause: failure, delayMs }, delayMs % 2 === 0, now],
    schedule: [{ cause: failure, delayMs }, now],
    postpone: [{ kind: "body unreadable", detail: "SlowDown" }, now],
    defer: [{ kind: "signature too old", status: 400, answer: "400", ageSeconds: 360, toleranceSeconds: 300 }, now],
    readOn: [{ since: noon, pages: delayMs }],
    accept: [`evt_1#${delayMs}`, now],
    acceptAfterAll: [`evt_1#${delayMs}`],
    goOn: [{ kind: "partly delivered", accepted: 1, of: 2 }, delayMs % 2 === 0, now],
    deliverAfterAll: ["200", now],
    stayDelivered: [{ kind: "signature too old", status: 400, answer: "400", ageSeconds: 360, toleranceSeconds: 300 }, now],
    setAside: [{ kind: "body gone", detail: "NoSuchKey" }, now],
    giveUp: [{ cause: { kind: "given up", attempts: known.attempts + 1, last: failure }, attempts: known.attempts + 1 }, now],
    deliver: ["200", now],
    ignore: [{ kind: "no event wanted" }, now],
    erase: [now],
    recognize: [{ kind: "recorded before", as: "sandbox/evt_0" }, now],
    followersWoken: [],
    wake: [delayMs % 2 === 0, now],
    release: ["app", now],
    ring: [{ contracts }, now],
    fallDue: [{ contracts }, now],
    verifyLater: [{ kind: "secret unreadable", secret: "s", detail: "the secret s cannot be read" }],
    verifiedLate: ["sandbox/evt_2", now],
    disprove: [{ kind: "not genuine", detail: "no secret matches" }, now],
    replay: [{ contracts }, now],
    place: [{ contracts }, now],
    discard: [{ by: "ann", why: "a test" }, now],
    dismiss: [{ kind: "discarded by", by: "ann", why: "a test" }, now],
  };
  const functions = { ...turn, ...waiting, ...failing, ...sending, ...settling, ...sweep, ...person } as unknown as Readonly<
    Record<string, (...given: unknown[]) => Progress>
  >;
  return { ...(functions[event]?.(known, ...(facts[event] ?? [now])) as Progress), revision: known.revision + 1 };
};

/** The histories that may happen: what may not, is left out. */
const historyOf = (steps: readonly Step[]): readonly Progress[] => {
  const history: Progress[] = [untouched({ key: "sandbox/evt_1", storedAt: noon }, noon)];
  for (const [index, one] of steps.entries()) {
    const known = history.at(-1) as Progress;
    if (can(one.event, known)) history.push(happen(known, one, noon + index * 1_000));
  }
  return history;
};

const check = (holds: (progress: Progress, before: Progress | undefined) => void) =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const history = historyOf(steps);
      for (const [index, progress] of history.entries()) holds(progress, history[index - 1]);
    }),
    { numRuns: 500 },
  );

test("neither epoch, revision nor order ever falls, and attempts only when an operator replays it or it gets further", () => {
  check((progress, before) => {
    if (!before) return;
    expect(progress.epoch).toBeGreaterThanOrEqual(before.epoch);
    expect(progress.revision).toBeGreaterThan(before.revision);
    expect([progress.key, progress.source, progress.order]).toEqual([before.key, before.source, before.order]);
    const isFurther = countAccepted(progress.accepted) > countAccepted(before.accepted) || progress.readSoFar !== before.readSoFar;
    if (progress.attempts < before.attempts && !isFurther) expect(causeOf(progress)).toEqual({ kind: "replayed" });
  });
});

test("what a target has accepted is forgotten only when it has all of it", () => {
  check((progress, before) => {
    if (!(progress.accepted ?? "").startsWith(before?.accepted ?? "")) expect(progress.state).toBe("delivered");
  });
});

test("a settled record is in no line, and is due only while those behind it are to be woken", () => {
  check((progress) => {
    if (!isSettled(progress.state)) return;
    expect(progress.inLine).toBe(false);
    expect(dueAtOf(progress) !== undefined).toBe("releasing" in progress && progress.releasing === true);
  });
});

test("a waiting, failing or dead record is in the line of each of its contracts", () => {
  check((progress, before) => {
    if (progress.state !== before?.state && ["waiting", "dead", "retrying"].includes(progress.state))
      expect(progress.inLine).toBe(progress.contracts.length > 0);
  });
});

test("a record that leaves a line stays due until those behind it are woken", () => {
  check((progress, before) => {
    if (before?.inLine && !progress.inLine) expect(progress).toMatchObject({ releasing: true, dueAt: expect.any(Number) });
  });
});

test("a record is where the sweep or an operator finds it, in one place, unless it is on its first pass or has ended", () => {
  check((progress) => {
    const found = openClassOf(progress);
    if (found === "due") expect(dueAtOf(progress) !== undefined || progress.state === "stored" || progress.state === "applied").toBe(true);
    else if (found === undefined) expect(isSettled(progress.state)).toBe(true);
    else expect([progress.state, dueAtOf(progress)]).toEqual([found === "dead" ? "dead" : "waiting", undefined]);
  });
});

test("only what fails says since when, and everything that waits says why in a sentence", () => {
  check((progress) => {
    if (["stored", "ready", "waiting", "delivered", "ignored", "discarded"].includes(progress.state))
      expect(failingSinceOf(progress)).toBeUndefined();
    const cause = causeOf(progress);
    if (!["stored", "applied", "delivered"].includes(progress.state)) expect(cause && sentenceOf(cause)).toMatch(/./);
  });
});
