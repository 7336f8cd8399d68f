import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Part } from "../../../core/lifecycle/cause.ts";
import { withGrace } from "../../../core/lifecycle/early.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { classifyAnswer, type Delivery, inPart } from "../../../core/lifecycle/retry.ts";
import { noon, progressOf } from "../../support/samples.ts";

const answered = (status: number): Delivery => ({ kind: "answered", status, answer: `${status} no` });
const first = progressOf("sandbox/evt_1", { state: "applied" });

const verdictOf = (delivery: Delivery, now = noon, before: Progress = first, graceSeconds = 300) =>
  withGrace(classifyAnswer(delivery), delivery, { before, graceSeconds, now });

test.each([400, 404, 409])("%i may only be too early, and is tried again within the grace", (status) => {
  expect(verdictOf(answered(status))).toEqual({
    kind: "early",
    cause: { kind: "refused early", status, answer: `${status} no`, since: noon },
    withinMs: 300_000,
  });
});

test("any other answer means what it means without a grace", () => {
  for (let status = 300; status < 600; status++) {
    if ([400, 404, 409].includes(status)) continue;
    expect(verdictOf(answered(status))).toEqual(classifyAnswer(answered(status)));
  }
});

test.each<Delivery>([
  { kind: "function refused", answer: "no such order" },
  { kind: "not taken", place: "arn:q", error: { status: 400, code: "InvalidMessageContents", message: "no" } },
])("a refusal that is for good is for good: $kind", (delivery) => {
  expect(verdictOf(delivery).kind).toBe("give up");
});

test("without a grace the first refusal is final", () => {
  expect(verdictOf(answered(404), noon, first, 0)).toEqual(classifyAnswer(answered(404)));
});

describe("the grace", () => {
  const refused = (since: number, part?: { event: string; accepted: number; of: number }) =>
    progressOf("sandbox/evt_1", {
      state: "retrying",
      cause: { kind: "refused early", status: 409, answer: "409", since, ...(part && { part }) },
    });

  test("is counted from the first refusal in a row, and ends with a dead letter that says the last answer", () => {
    expect(verdictOf(answered(404), noon + 299_999, refused(noon))).toMatchObject({ kind: "early", cause: { since: noon }, withinMs: 1 });
    expect(verdictOf(answered(404), noon + 300_000, refused(noon))).toEqual(classifyAnswer(answered(404)));
  });

  test("begins anew after an answer of another kind", () => {
    const failed = progressOf("sandbox/evt_1", { state: "retrying", cause: { kind: "answered", status: 503, answer: "503" } });
    expect(verdictOf(answered(404), noon, failed)).toMatchObject({ kind: "early", cause: { since: noon } });
  });

  test("is each event's own, of a record that carries several", () => {
    const [one, other] = [
      { event: "evt_1#2", accepted: 1, of: 3 },
      { event: "evt_1#3", accepted: 2, of: 3 },
    ] as const;
    const before = refused(noon - 200_000, one);
    const verdict = (part: Part) =>
      withGrace(inPart(classifyAnswer(answered(404)), part), answered(404), { before, graceSeconds: 300, now: noon });
    expect(verdict(one)).toMatchObject({ cause: { since: noon - 200_000, part: one } });
    expect(verdict(other)).toMatchObject({ cause: { since: noon, part: other } });
  });

  test("is never exceeded, whatever the attempts' times, and whatever was first", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 20 }), (gaps) => {
        let now = noon;
        let before: Progress = first;
        for (const gap of gaps) {
          const verdict = verdictOf(answered(404), now, before);
          expect(verdict.kind).toBe(now - noon < 300_000 ? "early" : "give up");
          if (verdict.kind !== "early") return;
          expect(now + verdict.withinMs).toBe(noon + 300_000);
          before = progressOf("sandbox/evt_1", { state: "retrying", cause: verdict.cause });
          now += gap;
        }
      }),
    );
  });
});
