/**
 * What a callback could not say, asked of the gateway's own API after the callback was acknowledged. This is its
 * shape; `gateways/<name>/read-back.ts` implements it for each gateway, io/read-back/read-back.ts makes the calls.
 */
import type { VerifiedCallback } from "./callback.ts";
import type { PublicSettings } from "./config/config.ts";
import type { PaymentEvent } from "./event.ts";

/** One request to the gateway's API. */
export interface ApiRequest {
  readonly method: "GET" | "POST";
  /** Below the API's URL, with its query. Ids from a callback are escaped: its sender does not choose our path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One question, and what its answer means. Where the answer has pages, each is a question. */
export interface Question {
  /** @param credential what the API requires: a secret key, a shop's password */
  request(credential: string): ApiRequest;
  /**
   * @param answer the whole body of a 2xx answer
   * @throws with a sentence, when it is not what the API documents
   */
  read(answer: Uint8Array): Learnt;
}

export type Learnt =
  /** The event, or the events it turned out to be. What is still not known stays in `incomplete`. */
  | { readonly kind: "completed"; readonly events: readonly PaymentEvent[] }
  /** There is more of it: another page, which `ask` asks for when it is given `from`. Kept, so that another invocation goes on there. */
  | { readonly kind: "more"; readonly events: readonly PaymentEvent[]; readonly from: string };

/** What one page has said, as it is kept. Without `from` it was the last. */
export interface Page {
  readonly events: readonly PaymentEvent[];
  readonly from?: string;
}

/** How to read back from one gateway. Pure. */
export interface ReadBack {
  /** Where its API is, unless the source says otherwise. */
  readonly url: string;
  /**
   * What to ask about an event; undefined when the API knows no more about it.
   * @param from where to go on, as a page has named it; absent for the first
   */
  ask(event: PaymentEvent, callback: VerifiedCallback, settings: PublicSettings, from?: string): Question | undefined;
}

/** Whether there is anything to ask about it. */
export const isIncomplete = (event: PaymentEvent): boolean => (event.incomplete?.length ?? 0) > 0;

/** The event without those fields in its `incomplete`. */
export const without = (event: PaymentEvent, ...fields: readonly string[]): PaymentEvent => {
  const { incomplete = [], ...rest } = event;
  const left = incomplete.filter((field) => !fields.includes(field));
  return left.length > 0 ? { ...rest, incomplete: left } : rest;
};
