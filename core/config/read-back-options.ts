/** What a source's options say about reading back from its gateway's API, and what can be wrong with them. */
import { nearest } from "../problems/nearest.ts";
import type { PublicSettings } from "./config.ts";

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
export const readBackSettings = ({ options = {} }: PublicSettings, { url }: { readonly url: string }): ReadBackSettings | undefined => {
  if (!options.readBackSecret) return undefined;
  return {
    secretName: options.readBackSecret,
    url: new URL(options.readBackUrl ?? url),
    when: options.readBack === "always" ? "always" : "incomplete",
  };
};

/** What is wrong with a source's options for reading back; for the configuration check. */
export const readBackProblems = ({ options = {} }: PublicSettings, api: { readonly url: string } | undefined): readonly string[] => {
  const { readBackSecret, readBackUrl, readBack: when } = options;
  const given = readBackOptions.filter((name) => options[name] !== undefined);
  if (given.length === 0) return misspelt(options);
  if (!api) return [`options.${given[0]} is set, but nothing can be read back from this gateway; leave it out`];
  return [
    ...(readBackSecret
      ? []
      : [`options.${given[0]} is set, but options.readBackSecret is missing; name the secret that holds the API's credential`]),
    ...(readBackUrl === undefined || isApiUrl(readBackUrl)
      ? []
      : [`options.readBackUrl is "${readBackUrl}"; write an https:// URL, such as ${api.url} (http:// for this machine only)`]),
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
