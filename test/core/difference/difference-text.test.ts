import { expect, test } from "vitest";
import type { Cause, Symptom } from "../../../core/difference/axes.ts";
import { bothText, causeTexts, differenceSentence, nextStepOf, symptomText } from "../../../core/difference/difference-text.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });

test.each<[Cause, Symptom, string]>([
  ["never sent", "missing", "a charge of 1,980 JPY: in the export, and no callback of it came"],
  ["sent, not received", "missing", "a charge of 1,980 JPY: its callback came and could not be verified"],
  ["received, not processed", "missing", "a charge of 1,980 JPY: its callback is stored and has not reached the application"],
  ["processed late", "missing", "a charge of 1,980 JPY: recorded more than a day after it happened"],
  [
    "application differs",
    "data",
    "a charge of 1,980 JPY: the application says otherwise than the gateway; the results differ: taken, failed or voided",
  ],
  ["export wrong", "missing", "a charge of 1,980 JPY: recorded, and not in the export"],
  ["export wrong", "over", "a charge of 1,980 JPY: recorded, and otherwise in the export; the gateway moved more than is recorded"],
  ["export wrong", "under", "a charge of 1,980 JPY: recorded, and otherwise in the export; the gateway moved less than is recorded"],
  ["export wrong", "currency", "a charge of 1,980 JPY: recorded, and otherwise in the export; the currencies differ"],
  ["never sent", "duplicate", "a charge of 1,980 JPY: in the export, and no callback of it came; it is there once more"],
  ["export wrong", "split", "a charge of 1,980 JPY: recorded, and otherwise in the export; parts whose sums differ"],
])("%s, %s: %s", (cause, symptom, sentence) =>
  expect(differenceSentence({ about: "charge", cause, symptom, ours: yen(1_980) })).toBe(sentence),
);

test("a cause is explained by itself", () => {
  expect(causeTexts["export wrong"]).toBe("recorded, and not in the export, or there with another amount or result");
});

test("a sentence names what the gateway says first, and no money where none is known", () => {
  const found = { about: "refund", cause: "never sent", symptom: "missing" } as const;
  expect(differenceSentence({ ...found, theirs: yen(500), ours: yen(200) })).toMatch(/^a refund of 500 JPY: /);
  expect(differenceSentence(found)).toBe("a refund: in the export, and no callback of it came");
});

test("what came late is missing no more", () => {
  expect(symptomText({ cause: "processed late", symptom: "missing" })).toBe("it was missing until then");
  expect(symptomText({ cause: "never sent", symptom: "missing" })).toBe("one side has it, and the other has not");
});

test.each<[Cause, Symptom, string]>([
  ["never sent", "missing", "Have the gateway send it again, or enter it from the export: the same command with --recover."],
  ["sent, not received", "missing", "Release it from quarantine once its secret is right."],
  ["received, not processed", "missing", "See why it waits, then replay or release it."],
  ["processed late", "missing", "Nothing is missing any more. See why it came late."],
  ["application differs", "data", "Correct the side that is wrong."],
  ["export wrong", "over", "Fetch the export again; if it stays so, ask the gateway."],
  ["export wrong", "duplicate", "It is counted once: nothing is to be done, unless the gateway really took it twice."],
  ["never sent", "duplicate", "The gateway may have taken it twice: look there which of them is meant, and give the other back."],
])("of %s, %s an operator reads: %s", (cause, symptom, advice) => expect(nextStepOf({ cause, symptom })).toEqual({ advice }));

test("where there is a record, the command shows it where it is", () => {
  const command = (cause: Cause) => nextStepOf({ cause, symptom: "missing", record: "shop/e-1" }).command;
  expect(command("sent, not received")).toEqual(["quarantine", "show", "shop/e-1"]);
  expect(command("received, not processed")).toEqual(["show", "shop/e-1"]);
});

test.each([
  [{ ours: yen(1_980), theirs: yen(2_000) }, "1,980 JPY here, 2,000 JPY at the gateway"],
  [{ theirs: yen(2_000) }, "2,000 JPY at the gateway"],
  [{ ours: yen(1_980) }, "1,980 JPY here"],
  [{ states: { ours: "active", theirs: "cancelled" } }, "active here, cancelled at the gateway"],
  [{ ours: yen(1_980), states: { ours: "succeeded", theirs: "failed" } }, "1,980 JPY succeeded here, failed at the gateway"],
  [{}, ""],
])("of both sides: %j", (sides, text) => expect(bothText(sides)).toBe(text));
