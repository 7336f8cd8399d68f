/** The writer of a gateway, built-in or custom, by the gateway's name. */

import type { Writer } from "../writer.ts";
import { type CustomWriter, modernizedWriter } from "./custom-shape.ts";
import { writers } from "./writers.ts";

const custom = new Map<string, Writer>();

export const addWriters = (more: Readonly<Record<string, CustomWriter>>): void => {
  for (const [gateway, writer] of Object.entries(more)) custom.set(gateway, modernizedWriter(writer));
};

export const findWriter = (gateway: string): Writer | undefined =>
  Object.hasOwn(writers, gateway) ? (writers as Readonly<Record<string, Writer>>)[gateway] : custom.get(gateway);
