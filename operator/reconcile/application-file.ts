/** Who is entitled, by a file of the application's own: it counts instead of the application events. */
import { type EntitlementGranted, isGift } from "../../core/application/event.ts";
import { readMessage } from "../../core/application/read-message.ts";
import type { Millis } from "../../core/callback.ts";
import { ledgerId } from "../../core/ledger-id.ts";
import type { ApplicationList } from "../../reconcile/compare.ts";
import { readRows } from "../import/read-rows.ts";

/** @returns also the number of lines that cannot be read: they count as not there */
export const readApplicationFile = async (file: string, source: string, asOf: Millis): Promise<ApplicationList> => {
  const granted = new Map<string, EntitlementGranted>();
  const broken: { line: number; problems: readonly string[] }[] = [];
  for await (const row of readRows(file)) {
    if (row.kind === "problems") {
      broken.push({ line: row.line, problems: row.problems });
      continue;
    }
    const read = readMessage(row.message, { id: `file:${row.line}`, receivedAt: asOf });
    if (read.kind !== "read" || read.event.type !== "entitlement.granted") continue;
    const { event } = read;
    if (event.source === source && event.contract !== undefined && !isGift(event)) granted.set(ledgerId(event.contract), event);
  }
  return { name: file, granted, broken };
};
