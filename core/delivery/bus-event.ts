/** What an event bus of an application is sent about one event. */

import type { PaymentEvent } from "../event.ts";
import type { CallbackRecord } from "../record.ts";
import { directMessage } from "./delivery.ts";

export interface BusEvent {
  /** What rules match as `source`: `holdfast.` and the deployment's name. */
  readonly source: string;
  /** What rules match as `detail-type`: the type of the event. */
  readonly detailType: string;
  /** The message, as JSON. EventBridge's own id differs from attempt to attempt; `delivery.id` in here does not. */
  readonly detail: string;
}

/** EventBridge takes 1 MB today, and took less than 256 KB until 2026; not every Region and rule's target takes more. */
export const mostBusBytes = 262_143;

export const busEvent = (deployment: string, record: CallbackRecord, event: PaymentEvent, attempt: number): BusEvent => ({
  source: `holdfast.${deployment}`,
  detailType: event.type,
  detail: JSON.stringify(directMessage(record, event, attempt)),
});

/** As EventBridge counts it. */
export const busEventBytes = ({ source, detailType, detail }: BusEvent): number =>
  Buffer.byteLength(source) + Buffer.byteLength(detailType) + Buffer.byteLength(detail);
