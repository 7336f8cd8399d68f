/**
 * What a callback could not say, asked of the gateway's own API after the callback was acknowledged. This is its
 * shape; `gateways/<name>/read-back.ts` implements it for each gateway, io/targets/read-back.ts makes the calls.
 */
import type { VerifiedCallback } from "./callback.ts";
import type { PublicSettings } from "./config/config.ts";
import { nearest } from "./config/nearest.ts";
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
  | { readonly kind: "told"; readonly events: readonly PaymentEvent[] }
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

/** The source's options for reading back. Without the secret's name nothing is read back. */
export interface ReadBackSettings {
  /** Name of the secret in Secrets Manager that holds `{"secrets": ["<the API's credential>"]}`. */
  readonly secretName: string;
  readonly url: URL;
  /** `incomplete`: what a callback could not say. `always`: every event, also to have the gateway itself confirm it. */
  readonly when: "incomplete" | "always";
}

export const readBackOptions = ["readBackSecret", "readBackUrl", "readBack"] as const;

/** @returns undefined when the source reads nothing back. */
export const readBackSettings = ({ options = {} }: PublicSettings, { url }: Pick<ReadBack, "url">): ReadBackSettings | undefined => {
  if (!options.readBackSecret) return undefined;
  return {
    secretName: options.readBackSecret,
    url: new URL(options.readBackUrl ?? url),
    when: options.readBack === "always" ? "always" : "incomplete",
  };
};

/** What is wrong with a source's options for reading back; for the configuration check. */
export const readBackProblems = ({ options = {} }: PublicSettings, readBack: ReadBack | undefined): readonly string[] => {
  const { readBackSecret, readBackUrl, readBack: when } = options;
  const given = readBackOptions.filter((name) => options[name] !== undefined);
  if (given.length === 0) return misspelt(options);
  if (!readBack) return [`options.${given[0]} is set, but nothing can be read back from this gateway; leave it out`];
  return [
    ...(readBackSecret
      ? []
      : [`options.${given[0]} is set, but options.readBackSecret is missing; name the secret that holds the API's credential`]),
    ...(readBackUrl === undefined || isApiUrl(readBackUrl)
      ? []
      : [`options.readBackUrl is "${readBackUrl}"; write an https:// URL, such as ${readBack.url} (http:// for this machine only)`]),
    ...(when === undefined || when === "always" || when === "incomplete"
      ? []
      : [`options.readBack is "${when}"; write "incomplete", which is what leaving it out means, or "always"`]),
  ];
};

const misspelt = (options: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(options)
    .filter((name) => /^read_?back/i.test(name))
    .map((name) => `options.${name} is not an option; did you mean ${nearest(name, readBackOptions) ?? "readBackSecret"}?`);

/** A credential travels there: unencrypted only over this machine's loopback. */
export const isApiUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const { protocol, username, password, search, hash } = url;
  const isSafe = protocol === "https:" || (protocol === "http:" && isOnThisMachine(url));
  return isSafe && [username, password, search, hash].every((part) => part === "");
};

/** An API on this machine, which an operator has named; everywhere else private addresses are not called. */
export const isOnThisMachine = ({ hostname }: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** Whether there is anything to ask about it. */
export const isIncomplete = (event: PaymentEvent): boolean => (event.incomplete?.length ?? 0) > 0;

/** The event without those fields in its `incomplete`. */
export const without = (event: PaymentEvent, ...fields: readonly string[]): PaymentEvent => {
  const { incomplete = [], ...rest } = event;
  const left = incomplete.filter((field) => !fields.includes(field));
  return left.length > 0 ? { ...rest, incomplete: left } : rest;
};
