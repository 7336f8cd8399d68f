/** The application events of a callback. */
import { readSaid } from "../../core/application/read-message.ts";
import { parseJson } from "../../core/formats/json.ts";
import type { ReadApplicationEvents } from "../gateway.ts";
import { front } from "./front.ts";

/** @throws with all that is wrong in one sentence; the record becomes a dead letter, and the application has to say it again. */
export const applicationEvents: ReadApplicationEvents = (callback) => {
  const read = readSaid(parseJson(callback.body), { id: front.identify(callback), receivedAt: callback.receivedAt });
  if (read.kind === "problems") throw new Error(read.problems.join("; "));
  return [read.event];
};
