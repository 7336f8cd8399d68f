/** Sandbox: `livemode`, as Stripe has it, where a callback has it. */
import { at, parseJson } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body }) => modeOfFlag(at(parseJson(body), "livemode"));
