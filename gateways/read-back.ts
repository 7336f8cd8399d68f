/** What read-backs have in common: how APIs want to see their key, and for gateways whose API returns the event itself, asking for it again. */
import type { VerifiedCallback } from "../core/callback.ts";
import { parseJson, textAt } from "../core/formats/json.ts";
import type { Question, ReadBack } from "../core/read-back.ts";
import type { Front, Parse } from "./gateway.ts";

export const bearer = (credential: string): { readonly authorization: string } => ({ authorization: `Bearer ${credential}` });

/** The key as the user name, and no password: what PAY.JP and KOMOJU take. */
export const basic = (credential: string): { readonly authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${credential}:`, "utf8").toString("base64")}`,
});

export const acceptJson = { accept: "application/json" } as const;

/**
 * What the API says of the event then counts instead of what the callback said.
 * @param path to the event of that id, which is escaped already
 */
export const eventAgain = (
  { identify, parse }: Pick<Front, "identify"> & { readonly parse: Parse },
  url: string,
  path: (id: string) => string,
): ReadBack => ({
  url,
  ask(event, callback, settings): Question {
    const id = identify(callback, settings);
    return {
      request: (credential) => ({ method: "GET", path: path(encodeURIComponent(id)), headers: { ...basic(credential), ...acceptJson } }),
      read(answer) {
        if (textAt(parseJson(answer), "id") !== id) throw new Error(`the answer is not the event ${id}`);
        const again = parse(withBody(callback, answer), settings).find((one) => one.id === event.id);
        return { kind: "completed", events: [again ?? event] };
      },
    };
  },
});

/** The same callback with other bytes: those the gateway itself has just returned. */
export const withBody = (callback: VerifiedCallback, body: Uint8Array): VerifiedCallback => ({ ...callback, body });
