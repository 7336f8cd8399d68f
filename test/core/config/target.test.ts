import { expect, test } from "vitest";
import { isSigned, passesThrough, type TargetConfig, targetText } from "../../../core/config/target.ts";

const url = "https://app.example.com/hooks";
const arn = "arn:aws:sqs:eu-central-1:123456789012:payments";
const targets: readonly TargetConfig[] = [
  { kind: "http", url, mode: "pass-through" },
  { kind: "http", url, mode: "signed" },
  { kind: "sqs", arn },
  { kind: "lambda", arn },
  { kind: "eventbridge", arn },
];

test("only http is passed through, or signed with a key", () => {
  expect(targets.map(passesThrough)).toEqual([true, false, false, false, false]);
  expect(targets.map(isSigned)).toEqual([false, true, false, false, false]);
  expect(passesThrough(undefined)).toBe(false);
});

test("each says in words what is sent where", () => {
  expect(targets.map(targetText)).toEqual([`pass-through to ${url}`, `signed to ${url}`, ...[1, 2, 3].map(() => `messages to ${arn}`)]);
});
