/**
 * KOMOJU: the event again, `GET /api/v1/events/{id}` with the secret key as the user name.
 * https://doc.komoju.com/reference/getevents-1 https://github.com/komoju/komoju-ruby-sdk (EventsApi#show_event)
 */
import type { ReadBack } from "../../core/read-back.ts";
import { eventAgain } from "../event-again.ts";
import { komoju } from "./front.ts";

export const komojuReadBack: ReadBack = eventAgain(komoju, "https://komoju.com", (id) => `/api/v1/events/${id}`);
