/** Service times as `npm run bench -- scale --measure` found them, kept in measured.json. */
import { readFileSync } from "node:fs";
import type { Machine } from "../machine.ts";

/** CPU milliseconds of one invocation of a full batch on one core of that machine, calls that follow each other, and Lambda's memory. */
export interface Service {
  readonly cpuMs: number;
  readonly calls: { readonly DynamoDB: number; readonly SQS: number };
  readonly batch: number;
  readonly memoryMb: number;
}

export interface Measured {
  readonly machine: Machine & { readonly load: number };
  readonly services: Readonly<Record<"receive" | "relay" | "consume", Service>>;
  /** Write units per callback of 1 KB with one event. */
  readonly units: { readonly records: number; readonly timeline: number; readonly ledger: number };
}

export const measuredFile = new URL("./measured.json", import.meta.url);

export const readMeasured = (): Measured => JSON.parse(readFileSync(measuredFile, "utf8"));
