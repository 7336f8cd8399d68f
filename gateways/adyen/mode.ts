/**
 * Adyen: `live` of a standard notification, `environment` of the others. Neither is covered by the standard notification's signature.
 * https://docs.adyen.com/development-resources/webhooks/webhook-types
 */
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body }) => {
  const notification = parseJson(body);
  const environment = textAt(notification, "environment")?.toLowerCase();
  return environment === "live" || environment === "test" ? environment : modeOfFlag(at(notification, "live"));
};
