/** What a gateway's documents list, type by type, and what `parse` has to make of each. */
import type { EventType } from "../../../core/event.ts";
import { json } from "../conformance.ts";

export interface Row {
  /** As the documents name it; with what else decides, where something does. */
  readonly listed: string;
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly means: readonly EventType[];
}

export type Table = readonly Row[];

/** Of a gateway whose types need nothing but their name to be told apart. */
export const named = (bodyOf: (type: string) => object, meanings: Readonly<Record<string, EventType | readonly EventType[]>>): Table =>
  Object.entries(meanings).map(([listed, means]) => ({ listed, body: json(bodyOf(listed)), means: [means].flat() }));

export const row = (listed: string, body: object, ...means: readonly EventType[]): Row => ({ listed, body: json(body), means });
