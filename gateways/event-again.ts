/** For gateways whose API hands out the event itself: what it says then counts instead of what the callback said. */
import type { VerifiedCallback } from "../core/callback.ts";
import { parseJson, textAt } from "../core/formats/json.ts";
import type { Question, ReadBack } from "../core/read-back.ts";
import { acceptJson, basic } from "./credentials.ts";
import type { Gateway } from "./gateway.ts";

/** @param path to the event of that id, which is escaped already */
export const eventAgain = (gateway: Gateway, url: string, path: (id: string) => string): ReadBack => ({
  url,
  ask(event, callback, settings): Question {
    const id = gateway.identify(callback, settings);
    return {
      request: (credential) => ({ method: "GET", path: path(encodeURIComponent(id)), headers: { ...basic(credential), ...acceptJson } }),
      read(answer) {
        if (textAt(parseJson(answer), "id") !== id) throw new Error(`the answer is not the event ${id}`);
        const again = gateway.parse(withBody(callback, answer), settings).find((one) => one.id === event.id);
        return { kind: "told", events: [again ?? event] };
      },
    };
  },
});

/** The same callback with other bytes: those the gateway itself has just handed out. */
export const withBody = (callback: VerifiedCallback, body: Uint8Array): VerifiedCallback => ({ ...callback, body });
