/** Stripe: `livemode` of the event. An endpoint of a Connect platform gets both kinds. https://docs.stripe.com/connect/webhooks */
import { at, parseJson } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body }) => modeOfFlag(at(parseJson(body), "livemode"));
