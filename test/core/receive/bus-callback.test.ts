import { expect, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { busCallback, sourceOnBus } from "../../../core/receive/bus-callback.ts";
import { noon } from "../../support/samples.ts";

const bus = "aws.partner/stripe.com/ed_1";
const event = { id: "e-1", source: bus, "detail-type": "invoice.paid", detail: { id: "evt_1", amount: 1_980, text: "é" } };

test("an event on a partner's bus is the callback that the partner would have posted", () => {
  expect(busCallback("stripe-jp", event, noon)).toEqual({
    source: "stripe-jp",
    method: "POST",
    url: "eventbridge:aws.partner/stripe.com/ed_1",
    headers: { "content-type": "application/json", "eventbridge-id": "e-1", "eventbridge-detail-type": "invoice.paid" },
    body: Buffer.from('{"id":"evt_1","amount":1980,"text":"é"}'),
    sourceIp: "",
    receivedAt: noon,
  });
});

test("an event without a detail has a body all the same", () => {
  expect(Buffer.from(busCallback("stripe-jp", { ...event, detail: undefined }, noon).body).toString()).toBe("null");
});

test("its source is the one that is configured for its bus, and none that is posted to", () => {
  const sources: Config["sources"] = {
    posted: { gateway: "stripe", target: "app", bus },
    other: { kind: "eventbridge", bus: "aws.partner/stripe.com/ed_2", gateway: "stripe", target: "app" },
    mine: { kind: "eventbridge", bus, gateway: "stripe", target: "app" },
    late: { kind: "eventbridge", bus, gateway: "stripe", target: "app" },
  };
  expect(sourceOnBus({ sources }, bus)).toBe("mine");
  expect(sourceOnBus({ sources }, "aws.partner/stripe.com/ed_3")).toBeUndefined();
});
