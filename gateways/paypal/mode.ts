/** PayPal: the event's link to itself, at api.paypal.com or at api.sandbox.paypal.com, and api-m before either. */
import { listAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";

export const modeOf: ModeOf = ({ body }) => {
  const hosts = listAt(parseJson(body), "links").map((link) => URL.parse(textAt(link, "href") ?? "")?.host ?? "");
  if (hosts.some((host) => /^api(-m)?\.sandbox\.paypal\.com$/.test(host))) return "test";
  return hosts.some((host) => /^api(-m)?\.paypal\.com$/.test(host)) ? "live" : undefined;
};
