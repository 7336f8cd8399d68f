/** A sample for a gateway that only its source's options describe: what they point at is put there. */
import { json } from "../gateways/writing.ts";
import type { Sample } from "./sample-shape.ts";

export const hmac: Sample = ({ id, now, options }) => {
  const paid = (options.events ?? "")
    .split(",")
    .map((entry) => entry.split("=").map((part) => part.trim()))
    .find((parts) => parts.at(-1) === "charge.succeeded");
  const values: Readonly<Record<string, unknown>> = {
    idPointer: `evt_${id}`,
    typePointer: paid?.slice(0, -1).join("=") ?? "ping",
    contractPointer: "contract-1",
    chargePointer: `ch_${id}`,
    customerPointer: "customer-1",
    amountPointer: 1980,
    currencyPointer: "JPY",
    occurredAtPointer: new Date(now).toISOString(),
  };
  if (options.idField) {
    const fields = Object.entries(values).flatMap(([name, value]) => (options[name] ? [[options[name].slice(1), String(value)]] : []));
    return Buffer.from(new URLSearchParams([[options.idField, `evt_${id}`], ...(fields as [string, string][])]).toString());
  }
  // Something new in any case: where the options name no id, the bytes are it.
  const document: Fields = { sample: id };
  for (const [name, value] of Object.entries(values)) if (options[name]) put(document, options[name], value);
  return json(document);
};

interface Fields {
  [name: string]: unknown;
}

/** Puts a value where a JSON pointer points, making what is missing on the way there. */
const put = (document: Fields, pointer: string, value: unknown): void => {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  let current = document;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    if (next === undefined) current[step] = value;
    else {
      current[step] ??= /^\d+$/.test(next) ? [] : {};
      current = current[step] as Fields;
    }
  }
};
