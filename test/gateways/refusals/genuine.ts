/** A genuine callback of each gateway, and one thing about it changed. */
import type { RawCallback } from "../../../core/callback.ts";
import { findGateway, type Gateway, type SourceSettings } from "../../../gateways/index.ts";
import { signCallback, story } from "../../../simulator/callbacks.ts";
import { settingsOf, url } from "../../simulator/settings.ts";
import { now } from "../conformance/conformance.ts";

export interface Change {
  readonly raw?: (raw: RawCallback) => RawCallback;
  /** The source's, after the gateway has signed under the usual ones. */
  readonly settings?: (settings: SourceSettings) => SourceSettings;
  /** Options beside the usual ones, under which it signs too. */
  readonly signs?: Readonly<Record<string, string>>;
  /** What is signed, instead of what the writer writes. */
  readonly body?: string;
  /** When the gateway signs and sends it. @default now */
  readonly at?: number;
}

/** Why it is refused; `undefined` where it is believed all the same. */
export interface Case extends Change {
  readonly reason: string | undefined;
}

export type Cases = Readonly<Record<string, Case>>;

export const genuine = (
  name: string,
  { raw: change = (raw) => raw, settings: under = (given) => given, signs, body: own, at = now }: Change = {},
) => {
  const gateway = findGateway(name) as Gateway;
  const usual = settingsOf(name);
  const settings = signs ? { ...usual, options: { ...usual.options, ...signs } } : usual;
  const [told] = story(name, { options: settings.options ?? {} });
  if (!told) throw new Error(`the writer of ${name} writes nothing`);
  return {
    gateway,
    raw: change(
      signCallback(gateway, own === undefined ? told : { ...told, body: Buffer.from(own) }, settings, { source: "mine", url, now: at }),
    ),
    settings: under(settings),
  };
};

/** `undefined` takes the header away. */
export const header =
  (name: string, value: ((before: string) => string) | undefined): NonNullable<Change["raw"]> =>
  (raw) => {
    const { [name]: before = "", ...others } = raw.headers;
    return { ...raw, headers: value ? { ...others, [name]: value(before) } : others };
  };

export const body =
  (change: (text: string) => string): NonNullable<Change["raw"]> =>
  (raw) => ({ ...raw, body: Buffer.from(change(Buffer.from(raw.body).toString("latin1")), "latin1") });

/** Received that many milliseconds after it was signed. */
export const late =
  (millis: number): NonNullable<Change["raw"]> =>
  (raw) => ({ ...raw, receivedAt: raw.receivedAt + millis });

export const withOptions =
  (options: Readonly<Record<string, string>>): NonNullable<Change["settings"]> =>
  (settings) => ({ ...settings, options: { ...settings.options, ...options } });

export const withoutOption =
  (name: string): NonNullable<Change["settings"]> =>
  ({ options = {}, ...settings }) => ({
    ...settings,
    options: Object.fromEntries(Object.entries(options).filter(([one]) => one !== name)),
  });

/** 2027 to the year 33658: the last moment that has twelve digits in seconds, and the first that has thirteen. */
export const [lastOfTwelve, firstOfThirteen] = [999_999_999_999_000, 1_000_000_000_000_000];
