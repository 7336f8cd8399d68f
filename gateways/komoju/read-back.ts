/**
 * KOMOJU: the event again, `GET /api/v1/events/{id}` with the secret key as the user name.
 * https://doc.komoju.com/reference/getevents-1 https://github.com/komoju/komoju-ruby-sdk (EventsApi#show_event)
 */
import type { ReadBack } from "../../core/read-back.ts";
import { eventAgain } from "../read-back.ts";
import { front } from "./front.ts";
import { parse } from "./meaning.ts";

export const readBack: ReadBack = eventAgain({ ...front, parse }, "https://komoju.com", (id) => `/api/v1/events/${id}`);
