import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mostFunctionBytes, readFunctionAnswer } from "../../../core/delivery/function-answer.ts";

const returned = (value: unknown) => readFunctionAnswer({ payload: Buffer.from(JSON.stringify(value)) });

describe("a function that returns", () => {
  test.each([
    [null],
    [{ ok: true }],
    ["done"],
    [[1]],
    [{ statusCode: 200 }],
    [{ statusCode: 299 }],
    [{ statusCode: 204, body: "" }],
    [{ reason: "none" }],
  ])("%j has taken the message", (value) => {
    expect(returned(value)).toEqual({ kind: "delivered", answer: `returned ${JSON.stringify(value)}` });
  });

  test("nothing at all has taken it too", () => {
    expect(readFunctionAnswer({ payload: new Uint8Array() })).toEqual({ kind: "delivered", answer: "returned nothing" });
  });

  test("`refuse` has refused it for good, with its reason", () => {
    expect(returned({ holdfast: "refuse", reason: "no such order" })).toEqual({ kind: "function refused", answer: "no such order" });
    expect(returned({ holdfast: "refuse" })).toEqual({ kind: "function refused", answer: '{"holdfast":"refuse"}' });
  });

  test("`later` wants it again, not before the seconds that it names", () => {
    expect(returned({ holdfast: "later", reason: "closed", seconds: 90 })).toEqual({
      kind: "function failed",
      answer: "closed",
      retryAfterMs: 90_000,
    });
    expect(returned({ holdfast: "later", reason: "closed", seconds: 1 })).toMatchObject({ retryAfterMs: 1_000 });
    for (const seconds of [0, -1, "90", null, undefined])
      expect(returned({ holdfast: "later", reason: "closed", seconds })).toEqual({ kind: "function failed", answer: "closed" });
  });

  test.each(["refused", "Refuse", "", 7, null, true])("`holdfast: %j` has failed: a misspelt no is not a yes", (word) => {
    expect(returned({ holdfast: word })).toEqual({
      kind: "function failed",
      answer: expect.stringContaining('neither "refuse" nor "later"'),
    });
  });

  test.each([300, 404, 422, 503, 599])("statusCode %i is taken at its word, as over http", (statusCode) => {
    expect(returned({ statusCode, body: "no" })).toEqual({
      kind: "answered",
      status: statusCode,
      answer: `${statusCode} {"statusCode":${statusCode},"body":"no"}`,
    });
  });

  test('statusCode "503" is 503, as a front takes it, and what is no number is none', () => {
    expect(returned({ statusCode: "503" })).toMatchObject({ kind: "answered", status: 503 });
    expect(returned({ statusCode: "200" })).toMatchObject({ kind: "delivered" });
    expect(returned({ statusCode: "999" })).toMatchObject({ kind: "function failed" });
    for (const none of ["OK", "", "x503", "503x", "5 03"]) expect(returned({ statusCode: none })).toMatchObject({ kind: "delivered" });
  });

  test.each([0, 199, 600, -5])("statusCode %d, which does not exist, has failed", (statusCode) => {
    expect(returned({ statusCode })).toMatchObject({ kind: "function failed", answer: expect.stringContaining("does not exist") });
  });

  test("a no is one however much comes with it, such as a front's page about an error, and little of it is kept", () => {
    const page = "y".repeat(1_000_000);
    for (const [no, kind] of [
      [{ statusCode: 500, body: page }, "answered"],
      [{ body: page, holdfast: "refuse" }, "function refused"],
    ] as const) {
      const answer = returned(no);
      expect(answer.kind).toBe(kind);
      expect("answer" in answer && answer.answer.length).toBeLessThan(600);
    }
  });
});

describe("a no is not missed", () => {
  test.each([
    [
      { holdfast: "refuse", reason: "no such order" },
      { kind: "function refused", answer: "no such order" },
    ],
    [
      { holdfast: "later", reason: "closed", seconds: 90 },
      { kind: "function failed", answer: "closed", retryAfterMs: 90_000 },
    ],
    [{ holdfast: "refused" }, { kind: "function failed", answer: expect.stringContaining('neither "refuse" nor "later"') }],
    [{ statusCode: 503 }, { kind: "answered", status: 503 }],
  ])("in a text that is JSON itself, as `json.dumps` makes it of %j", (value, meaning) => {
    expect(returned(JSON.stringify(value))).toMatchObject(meaning);
  });

  test("among more values, or beside a deeper one, than any gateway sends", () => {
    expect(returned({ open: Array(250_000).fill(1), holdfast: "refuse", reason: "no such order" })).toEqual({
      kind: "function refused",
      answer: "no such order",
    });
    const payload = Buffer.from(`{"trace":${"[".repeat(5_000)}${"]".repeat(5_000)},"statusCode":503}`);
    expect(readFunctionAnswer({ payload })).toMatchObject({ kind: "answered", status: 503 });
  });

  test.each(["refuse", "{", '"refuse"', "null", "503", ""])("a text that is none (%j) has taken the message", (text) => {
    expect(returned(text)).toMatchObject({ kind: "delivered" });
  });
});

describe("a function that throws, crashes or runs out of time", () => {
  test("has failed, with what Lambda says about it", () => {
    const payload = Buffer.from(JSON.stringify({ errorType: "Error", errorMessage: "no database", trace: ["at x"] }));
    expect(readFunctionAnswer({ error: "Unhandled", payload })).toEqual({
      kind: "function failed",
      answer: "Unhandled: Error: no database",
    });
  });

  test("has failed whatever it says: what it threw is not what it returned", () => {
    for (const text of ["", "{", "null", '{"holdfast":"refuse"}', '{"statusCode":200}'])
      expect(readFunctionAnswer({ error: "Unhandled", payload: Buffer.from(text) })).toEqual({
        kind: "function failed",
        answer: `Unhandled: ${text}`,
      });
  });
});

test("no answer is long in a dead letter, and none throws", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.option(fc.string(), { nil: undefined }), fc.jsonValue(), (bytes, error, value) => {
      for (const payload of [bytes, Buffer.from(JSON.stringify(value))]) {
        const delivery = readFunctionAnswer({ error: error === undefined ? undefined : "Unhandled", payload });
        expect("answer" in delivery && delivery.answer.length).toBeLessThan(700);
      }
    }),
  );
});

test("a reason is cut after 512 characters, and an answer is quoted in one line", () => {
  expect(returned({ holdfast: "refuse", reason: "x".repeat(600) })).toEqual({ kind: "function refused", answer: "x".repeat(512) });
  expect(readFunctionAnswer({ payload: Buffer.from(`"${"y".repeat(600)}"`) })).toEqual({
    kind: "delivered",
    answer: `returned "${"y".repeat(511)}`,
  });
  const payload = Buffer.from(' {\n  "holdfast":\t"refuse"\n}\n');
  expect(readFunctionAnswer({ payload })).toEqual({ kind: "function refused", answer: '{ "holdfast": "refuse" }' });
});

test("what is sent is limited to what Lambda takes", () => {
  expect(mostFunctionBytes).toBe(6_000_000);
});
