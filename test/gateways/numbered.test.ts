import { expect, test } from "vitest";
import { numbered } from "../../gateways/numbered.ts";

test("gives the first event the callback's identity, and the further ones their number", () => {
  const event = { type: "notice", gatewayType: "ping", occurredAt: 0 } as const;
  expect(numbered("evt_1", [event, event, event]).map(({ id }) => id)).toEqual(["evt_1", "evt_1#2", "evt_1#3"]);
  expect(numbered("evt_1", [])).toEqual([]);
});
