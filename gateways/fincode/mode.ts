/** fincode: of slips and transfers only, whose payment the test environment announces under a name of its own. */
import { parseJson, textAt } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";

export const modeOf: ModeOf = ({ body }) => (textAt(parseJson(body), "event")?.endsWith(".stub") ? "test" : undefined);
