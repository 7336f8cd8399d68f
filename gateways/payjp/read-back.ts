/**
 * PAY.JP: the event again, `GET /v1/events/:id` with the secret key as the user name. Its callbacks lack nothing as a rule, but
 * whoever knows the token can make one: with `readBack: "always"` every event counts as PAY.JP itself tells it.
 * https://pay.jp/docs/api/ https://github.com/payjp/payjp-node (events.retrieve)
 */
import type { ReadBack } from "../../core/read-back.ts";
import { eventAgain } from "../event-again.ts";
import { payjp } from "./front.ts";

export const payjpReadBack: ReadBack = eventAgain(payjp, "https://api.pay.jp", (id) => `/v1/events/${id}`);
