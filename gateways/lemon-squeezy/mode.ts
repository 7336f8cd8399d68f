/** Lemon Squeezy: `test_mode`, of the event or of what it is about. https://docs.lemonsqueezy.com/help/webhooks/webhook-requests */
import { at, parseJson } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfTestFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body }) => {
  const event = parseJson(body);
  return modeOfTestFlag(at(event, "meta", "test_mode")) ?? modeOfTestFlag(at(event, "data", "attributes", "test_mode"));
};
