/** PAY.JP: `livemode` of the event. https://docs.pay.jp/v1/webhook */
import { at, parseJson } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body }) => modeOfFlag(at(parseJson(body), "livemode"));
