import { describe, expect, test } from "vitest";
import { type References, resolve } from "../../../local/template/intrinsics.ts";

const references: References = {
  ref: (logicalId) => ({ Table: "holdfast-records", Queue: "http://127.0.0.1:1/000000000000/doorbells.fifo" })[logicalId],
  attribute: (logicalId, name) =>
    new Map([
      ["Table.StreamArn", "arn:stream"],
      ["Queue.Arn", "arn:queue"],
    ]).get(`${logicalId}.${name}`),
};
/** Fn::Sub's own placeholders, written so that nobody takes them for JavaScript's. */
const sub = (text: string) => text.replaceAll("<", "${").replaceAll(">", "}");
const resolved = (value: unknown) => resolve(value, references, "Environment of Consume");

describe("an intrinsic function", () => {
  test.each([
    ["Ref to a resource", { Ref: "Table" }, "holdfast-records"],
    ["Ref to a pseudo parameter", { Ref: "AWS::Region" }, "us-east-1"],
    ["Fn::GetAtt as a list", { "Fn::GetAtt": ["Table", "StreamArn"] }, "arn:stream"],
    ["Fn::GetAtt as text", { "Fn::GetAtt": "Queue.Arn" }, "arn:queue"],
    ["Fn::Join", { "Fn::Join": ["-", ["bodies", { Ref: "AWS::AccountId" }]] }, "bodies-000000000000"],
    ["Fn::Split and Fn::Select", { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "Queue" }] }] }, "127.0.0.1:1"],
    [
      "Fn::Sub",
      { "Fn::Sub": sub("<Table> in <AWS::Region>, <Table.StreamArn>, <!Literal>") },
      sub("holdfast-records in us-east-1, arn:stream, <Literal>"),
    ],
    ["Fn::Sub with variables", { "Fn::Sub": [sub("<name>/<Table>"), { name: { Ref: "AWS::Partition" } }] }, "aws/holdfast-records"],
    ["nested deeply", { a: [{ b: { Ref: "Table" } }] }, { a: [{ b: "holdfast-records" }] }],
    ["AWS::NoValue in an object", { a: { Ref: "AWS::NoValue" }, b: 1 }, { b: 1 }],
    ["AWS::NoValue in a list", [{ Ref: "AWS::NoValue" }, 1], [1]],
    ["a plain value", { a: 1, b: "x", c: null, d: false }, { a: 1, b: "x", c: null, d: false }],
  ])("is resolved: %s", (_, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test("that is not known is named, with its place", () => {
    expect(() => resolved({ A: { "Fn::ImportValue": "x" } })).toThrow("Environment of Consume uses Fn::ImportValue");
  });

  test("that leads nowhere is named, with its place", () => {
    expect(() => resolved({ Ref: "Machine" })).toThrow("Environment of Consume refers to Machine");
    expect(() => resolved({ "Fn::GetAtt": ["Role", "Arn"] })).toThrow("Environment of Consume needs Arn of Role");
  });
});
