/** What a gateway's `verify` refuses, with the sentence that an operator reads, and what it must not refuse. */
import { describe, expect, test } from "vitest";
import { gateways } from "../../../gateways/index.ts";
import { inBodies } from "./bodies.ts";
import { genuine } from "./genuine.ts";
import { inHeaders } from "./headers.ts";

const cases = { ...inHeaders, ...inBodies };

test("every gateway that is here is registered", () => {
  expect(Object.keys(gateways)).toEqual(expect.arrayContaining(Object.keys(cases)));
});

describe.each(Object.entries(cases))("%s", (name, given) => {
  test.each(Object.entries({ "a genuine callback": { reason: undefined }, ...given }))("%s", (_, { reason, ...change }) => {
    const { gateway, raw, settings } = genuine(name, change);
    const outcome = gateway.verify(raw, settings);
    expect(outcome.kind === "verified" ? undefined : outcome.reason).toBe(reason);
    if (outcome.kind === "verified") expect(outcome.callback).toBe(raw);
  });
});
