import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { VerifiedCallback } from "../../../core/callback.ts";
import { contentHash } from "../../../core/receive/content.ts";
import { callbackRecord } from "../../support/samples.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const record = callbackRecord("evt_1", { body: Buffer.from("b=2&a=1") });
const sorted = { content: ({ body }: VerifiedCallback) => Buffer.from(body).toString("utf8").split("&").sort().join("&") };

describe("what two callbacks of one id are compared by", () => {
  test("is what their gateway compares, where it does not repeat every byte", () => {
    expect(contentHash(record, sorted)).toBe(sha256("a=1&b=2"));
    expect(contentHash(callbackRecord("evt_1", { body: Buffer.from("a=1&b=2") }), sorted)).toBe(sha256("a=1&b=2"));
    expect(contentHash(callbackRecord("evt_1", { body: Buffer.from("a=1&b=3") }), sorted)).not.toBe(sha256("a=1&b=2"));
  });

  test.each([
    ["where it says nothing of it", record, {}],
    ["where nobody knows the gateway", record, undefined],
    ["where it is not verified: what a forgery says is not read", { ...record, verification: "unverified" as const }, sorted],
    [
      "where reading it fails",
      record,
      {
        content: () => {
          throw new Error("cut short");
        },
      },
    ],
  ])("is their bytes %s", (_, one, gateway) => expect(contentHash(one, gateway)).toBe(record.sha256));
});
