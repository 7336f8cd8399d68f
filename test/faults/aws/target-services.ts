/** A queue, a function and an event bus of the application, which take what they are given. */
import { createHash } from "node:crypto";
import type { RecordKey } from "../../../core/record.ts";
import { type Call, orders } from "./call.ts";
import { jsonResponse, response, type WireResponse } from "./wire.ts";

/** What a call hands to the application. */
export interface Handed {
  readonly record: RecordKey;
  /** The event's, whatever the attempt. */
  readonly id: string;
  /** All of it that is the same at every attempt. */
  readonly lasting: string;
}

/** Undefined: it hands nothing over. */
export const handedBy = ({ service, operation, subject, input }: Call): Handed | undefined => {
  if (subject !== orders) return undefined;
  if (service === "Lambda") return read(input);
  if (service === "SQS") return read(JSON.parse(input.MessageBody ?? ""));
  const { Entries: [event] = [] } = input as { readonly Entries?: readonly { readonly Detail?: string }[] };
  return operation === "PutEvents" ? read(JSON.parse(event?.Detail ?? "")) : undefined;
};

const read = (message: object): Handed => {
  const { delivery, ...said } = message as {
    readonly delivery: { readonly id: string; readonly receivedAt: string };
    readonly data: { readonly record: RecordKey };
  };
  return { record: said.data.record, id: delivery.id, lasting: JSON.stringify([delivery.id, delivery.receivedAt, said]) };
};

export const answerAsTarget = ({ service, operation, input }: Call): WireResponse => {
  if (service === "Lambda") return response(200, "null", { "content-type": "application/json" });
  if (operation === "DescribeEventBus") return jsonResponse(200, { Name: orders });
  if (operation === "PutEvents") return jsonResponse(200, { FailedEntryCount: 0, Entries: [{ EventId: "event-1" }] });
  const MD5OfMessageBody = createHash("md5")
    .update(input.MessageBody ?? "")
    .digest("hex");
  return jsonResponse(200, { MessageId: "message-1", MD5OfMessageBody });
};
