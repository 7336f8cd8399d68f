/** PayPal: where the event's links to itself lead. Version 1 of the API is at `api`, what came later at `api-m`. */
import { listAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { Mode } from "../../core/mode.ts";
import type { ModeOf } from "../gateway.ts";

const modes: ReadonlyMap<string | undefined, Mode> = new Map([
  ["api.paypal.com", "live"],
  ["api-m.paypal.com", "live"],
  ["api.sandbox.paypal.com", "test"],
  ["api-m.sandbox.paypal.com", "test"],
]);

export const modeOf: ModeOf = ({ body }) => {
  const said = listAt(parseJson(body), "links").map((link) => modes.get(URL.parse(textAt(link, "href") ?? "")?.host));
  if (said.includes("test")) return "test";
  return said.includes("live") ? "live" : undefined;
};
