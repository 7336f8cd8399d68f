import { describe, expect, test } from "vitest";
import { mentions } from "../../../core/erasure/mentions.ts";
import { gateways } from "../../../gateways/index.ts";
import { callbackRecord, sampleConfig } from "../../support/samples.ts";

const { sandbox } = gateways;
const ids = new Set(["sub_10000", "cus_1", "a-17", "ch_1", "o+1234", "order 77", "seven7"]);
const about = (body: string, more: object = {}): boolean =>
  mentions({ ...callbackRecord("evt_1", { body: Buffer.from(body), ...more }), verification: "refused" }, ids, sandbox, sampleConfig);

describe("a callback that is in no ledger is about a person", () => {
  test.each([
    ["its contract", { contract: "sub_10000" }],
    ["its customer", { contract: "sub_2", customer: "cus_1" }],
    ["its payment", { charge: "ch_1" }],
    ["its payment by another id", { charge: "x", also_known_as: ["sub_10000"] }],
    ["its order", { charge: "x", order: "a-17" }],
  ])("when it names %s, verified or not", (_, fields) => {
    expect(about(JSON.stringify({ id: "evt_1", type: "charge.succeeded", ...fields }))).toBe(true);
  });

  test("and not when it names somebody else, whatever its text has besides", () => {
    expect(about(JSON.stringify({ id: "evt_1", type: "charge.succeeded", contract: "sub_2", note: "as sub_10000" }))).toBe(false);
  });

  test("when it cannot be parsed and has one of the ids in its text, as it is sent or escaped", () => {
    expect(about("no JSON, sub_10000")).toBe(true);
    expect(
      mentions(callbackRecord("e", { body: Buffer.from("x"), url: "https://x.example/?a=sub%5f10000" }), ids, sandbox, sampleConfig),
    ).toBe(true);
    for (const text of ["no JSON, o+1234", "order=order+77", "seven7"]) expect([text, about(text)]).toEqual([text, true]);
    expect(about("no JSON, sub_1000")).toBe(false);
    const silent = { ...sandbox, parse: () => [] };
    expect(mentions(callbackRecord("e", { body: Buffer.from("sub_10000") }), ids, silent, sampleConfig)).toBe(true);
  });

  test("but not for a short id, which is in any text by chance", () => {
    expect(about("no JSON, a-17 cus_1 ch_1")).toBe(false);
  });

  test("when the application says something of its account", () => {
    const of = (account: string) => ({ type: "account.closed", account, id: "e", occurredAt: 1, receivedAt: 1 }) as const;
    const applicationEvents = { ...sandbox, applicationEvents: () => [of("c-1"), of("a-17")] };
    expect(mentions(callbackRecord("evt_1"), ids, applicationEvents, sampleConfig)).toBe(true);
    expect(mentions(callbackRecord("evt_1"), new Set(["b-3"]), applicationEvents, sampleConfig)).toBe(false);
  });
});
