/**
 * PAY.JP: the event again, `GET /v1/events/:id` with the secret key as the user name. Its callbacks lack nothing as a rule, but
 * anyone who knows the token can make one: with `readBack: "always"` every event counts as PAY.JP itself reports it.
 * https://pay.jp/docs/api/ https://github.com/payjp/payjp-node (events.retrieve)
 */
import type { ReadBack } from "../../core/read-back.ts";
import { eventAgain } from "../read-back.ts";
import { front } from "./front.ts";
import { parse } from "./meaning.ts";

export const readBack: ReadBack = eventAgain({ ...front, parse }, "https://api.pay.jp", (id) => `/v1/events/${id}`);
