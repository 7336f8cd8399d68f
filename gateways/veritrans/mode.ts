/** VeriTrans4G: `dummy` of each item, which is one event. One push can carry both kinds. */
import type { ModeOf } from "../gateway.ts";
import { modeOfTestFlag } from "../kit/mode-flag.ts";
import { pushOf } from "./front.ts";

export const modeOf: ModeOf = ({ body }) => pushOf(body).items.map(({ dummy }) => modeOfTestFlag(dummy));
