import { expect, test } from "vitest";
import { busEvent, busEventBytes, mostBusBytes } from "../../../core/delivery/bus-event.ts";
import { callbackRecord, paymentEvent } from "../../support/samples.ts";

const record = callbackRecord("evt_1");

test("a bus gets the message as detail, the event's type as detail type, and a source of its own per deployment", () => {
  const { source, detailType, detail } = busEvent("shop", record, paymentEvent({ type: "charge.failed" }), 2);
  expect([source, detailType]).toEqual(["holdfast.shop", "charge.failed"]);
  expect(JSON.parse(detail)).toMatchObject({
    type: "charge.failed",
    data: { id: "evt_1", source: "sandbox" },
    delivery: { id: "sandbox/evt_1", attempt: 2, receivedAt: "2026-11-20T12:00:00.000Z" },
  });
});

test("its size may be what EventBridge has always taken: less than 256 KB", () => {
  expect(mostBusBytes).toBe(256 * 1_024 - 1);
});

test("its size is counted as EventBridge does, in bytes of UTF-8", () => {
  expect(busEventBytes({ source: "a", detailType: "é", detail: "😀" })).toBe(7);
});
