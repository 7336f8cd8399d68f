/** The options of the gateway `hmac`: what they may be, what they mean, and what is wrong with them, as sentences. */

import { type EventType, eventTypes } from "../../core/event.ts";
import { isPointer } from "../../core/formats/pointer.ts";
import { nearest } from "../../core/problems/nearest.ts";
import type { SourceSettings } from "../gateway.ts";

export type HmacSettings = Pick<SourceSettings, "options" | "publicUrl">;

/** How a callback is verified. */
export interface ProofOptions {
  readonly header: string;
  readonly algorithm: (typeof algorithms)[number];
  readonly encoding: (typeof encodings)[number];
  readonly secretEncoding: (typeof secretEncodings)[number];
  readonly prefix: string;
  /** The template's parts in order: a placeholder, or a literal text. */
  readonly signed: readonly string[];
  readonly timestampHeader: string | undefined;
  readonly timestampUnit: (typeof timestampUnits)[number];
}

const algorithms = ["sha1", "sha256", "sha512"] as const;
const encodings = ["hex", "base64"] as const;
const secretEncodings = ["utf8", "hex", "base64"] as const;
const timestampUnits = ["s", "ms"] as const;
const amountUnits = ["minor", "major"] as const;

const placeholders = ["{body}", "{timestamp}", "{id}", "{url}"];
const headerOptions = ["header", "timestampHeader", "idHeader"] as const;
const idOptions = ["idHeader", "idPointer", "idField"] as const;
const pointerOptions = [
  "idPointer",
  "typePointer",
  "contractPointer",
  "chargePointer",
  "customerPointer",
  "amountPointer",
  "currencyPointer",
  "occurredAtPointer",
  "orderPointer",
  "refundPointer",
  "reasonPointer",
  "replacedByPointer",
] as const;
const words = {
  algorithm: algorithms,
  encoding: encodings,
  secretEncoding: secretEncodings,
  timestampUnit: timestampUnits,
  amountUnit: amountUnits,
} as const;
const replies = ["acknowledgeStatus", "acknowledgeBody", "acknowledgeType", "refuseStatus", "refuseBody"] as const;
const known: readonly string[] = [
  ...headerOptions,
  ...pointerOptions,
  ...Object.keys(words),
  ...replies,
  "prefix",
  "passHeaders",
  "signed",
  "idField",
  "events",
  "currency",
];

/** Why the options cannot verify a callback; empty when they can. */
export const proofProblems = ({ options = {} }: HmacSettings): readonly string[] => {
  const { signed = "{body}" } = options;
  const parts = partsOf(signed);
  const unknown = parts.filter((part) => part.startsWith("{") && part.endsWith("}") && !placeholders.includes(part));
  const uses = (part: string) => parts.includes(part);
  return [
    ...(options.header ? [] : ["options.header is missing; name the header that carries the signature, such as x-signature"]),
    ...headerOptions.flatMap((name) => headerProblem(name, options[name])),
    ...(["algorithm", "encoding", "secretEncoding", "timestampUnit"] as const).flatMap((name) => wordProblem(name, options[name])),
    ...unknown.map((part) => `options.signed is "${signed}": ${part} is not a placeholder; write ${placeholders.join(", ")}`),
    ...problem(!uses("{body}"), `options.signed is "${signed}": without {body} the signature says nothing about the body; add it`),
    ...problem(
      uses("{timestamp}") && !options.timestampHeader,
      `options.signed is "${signed}", but options.timestampHeader is missing; name the header that carries the timestamp`,
    ),
    ...problem(
      uses("{id}") && !options.idHeader,
      `options.signed is "${signed}", but options.idHeader is missing; name the header that carries the id`,
    ),
  ];
};

/** What is wrong with any of the options. */
export const hmacProblems = (settings: HmacSettings): readonly string[] => {
  const { options = {}, publicUrl } = settings;
  const { signed = "{body}" } = options;
  const ids = idOptions.filter((name) => options[name]);
  return [
    ...Object.keys(options).flatMap((name) => (known.includes(name) ? [] : [unknownOption(name, options[name] ?? "")])),
    ...proofProblems(settings),
    ...problem(
      !signed.includes("{timestamp}") && !!options.timestampHeader,
      `options.timestampHeader is "${options.timestampHeader}", but options.signed is "${signed}": a timestamp that is not signed proves nothing; add {timestamp}, or leave the header out`,
    ),
    ...problem(
      !!options.idHeader && !signed.includes("{id}"),
      `options.idHeader is "${options.idHeader}", but options.signed is "${signed}": anybody who replays a callback can change an id that is not signed, and take the id of another; add {id} where the gateway signs it, point idPointer or idField at an id in the body, or leave idHeader out: the hash of the bytes is the id then`,
    ),
    ...problem(
      signed.includes("{url}") && !publicUrl,
      `options.signed is "${signed}", but publicUrl is missing; give the URL exactly as it is registered at the gateway`,
    ),
    ...(options.passHeaders ?? "").split(",").flatMap((name) => headerProblem("passHeaders", name.trim())),
    ...pointerOptions.flatMap((name) => pointerProblem(name, options[name])),
    ...wordProblem("amountUnit", options.amountUnit),
    ...problem(ids.length > 1, `${ids.map((name) => `options.${name}`).join(" and ")} both say where the id is; keep one`),
    ...problem(
      !!options.events && !options.typePointer,
      `options.events is "${options.events}", but options.typePointer is missing; say where the type is, such as "/type"`,
    ),
    ...eventEntries(options.events).flatMap(({ text, type }) => (isEventType(type) ? [] : [eventProblem(text, type)])),
    ...problem(
      !!options.amountPointer && !options.currencyPointer && !options.currency,
      `options.amountPointer is "${options.amountPointer}", but neither options.currencyPointer nor options.currency is given; an amount without a currency is not read`,
    ),
    ...problem(
      options.currency !== undefined && !/^[A-Za-z]{3}$/.test(options.currency),
      `options.currency is "${options.currency}"; write three letters, such as JPY`,
    ),
    ...statusProblem("acknowledgeStatus", options.acknowledgeStatus, /^2\d\d$/, "200 to 299: it says that the callback is kept"),
    ...statusProblem("refuseStatus", options.refuseStatus, /^[45]\d\d$/, "400 to 599: it asks the gateway to retry"),
    ...problem(
      options.acknowledgeType !== undefined && !/^[\w.+-]+\/[\w.+-]+(?:;[ -~]*)?$/.test(options.acknowledgeType),
      `options.acknowledgeType is "${options.acknowledgeType}"; write a content type, such as text/plain or application/json`,
    ),
  ];
};

/** @returns undefined when they do not suffice; `proofProblems` says why. */
export const readProof = (settings: HmacSettings): ProofOptions | undefined => {
  if (proofProblems(settings).length > 0) return undefined;
  const { options = {} } = settings;
  return {
    header: (options.header ?? "").toLowerCase(),
    algorithm: oneOf(algorithms, options.algorithm) ?? "sha256",
    encoding: oneOf(encodings, options.encoding) ?? "hex",
    secretEncoding: oneOf(secretEncodings, options.secretEncoding) ?? "utf8",
    prefix: options.prefix ?? "",
    signed: partsOf(options.signed ?? "{body}"),
    timestampHeader: options.timestampHeader?.toLowerCase(),
    timestampUnit: oneOf(timestampUnits, options.timestampUnit) ?? "s",
  };
};

/** What a type of the gateway means, by `options.events`. The first entry for a type counts. */
export const meaningOf = (type: string, events: string | undefined): EventType => {
  const entry = eventEntries(events).find(({ name }) => name === type);
  return entry && isEventType(entry.type) ? entry.type : "unknown";
};

const partsOf = (template: string): readonly string[] => template.split(/(\{[^{}]*\})/);

/** `invoice.paid=charge.succeeded, ping=notice`. A gateway's own name may contain `=`, a type of ours never does. */
const eventEntries = (events = ""): readonly { readonly text: string; readonly name: string; readonly type: string }[] =>
  events
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map((text) => {
      const sign = text.lastIndexOf("=");
      return { text, name: text.slice(0, Math.max(sign, 0)).trim(), type: sign < 0 ? "" : text.slice(sign + 1).trim() };
    });

const isEventType = (type: string): type is EventType => eventTypes.some((one) => one === type);

const oneOf = <Word extends string>(all: readonly Word[], word: string | undefined): Word | undefined => all.find((one) => one === word);

const problem = (isThere: boolean, text: string): readonly string[] => (isThere ? [text] : []);

const headerProblem = (name: string, value: string | undefined): readonly string[] =>
  problem(
    !!value && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value),
    `options.${name} is "${value}"; write the name of a header, such as x-signature`,
  );

const wordProblem = (name: keyof typeof words, value: string | undefined): readonly string[] =>
  problem(
    value !== undefined && !words[name].some((word) => word === value),
    `options.${name} is "${value}"; write ${words[name].join(" or ")}`,
  );

const pointerProblem = (name: string, value: string | undefined): readonly string[] =>
  problem(
    value !== undefined && (value === "" || !isPointer(value)),
    `options.${name} is "${value}"; write a JSON pointer, such as "${guessPointer(value ?? "")}"`,
  );

/** `data.object[0].id` and `$.data.object` are how people write it elsewhere. */
const guessPointer = (value: string): string => {
  const steps = value.split(/[./[\]"'$]/).filter((step) => step !== "");
  return steps.length > 0 && !value.includes("~") ? `/${steps.join("/")}` : "/data/id";
};

const statusProblem = (name: string, value: string | undefined, allowed: RegExp, remedy: string): readonly string[] =>
  problem(value !== undefined && !allowed.test(value), `options.${name} is "${value}"; write ${remedy}`);

const unknownOption = (name: string, value: string): string => {
  const meant = nearest(name, known);
  return `options.${name} is "${value}", which is not an option; ${meant ? `did you mean ${meant}?` : `known are ${known.join(", ")}`}`;
};

const eventProblem = (text: string, type: string): string => {
  const meant = nearest(type, eventTypes);
  return `options.events says "${text}", but "${type}" is not an event type; ${meant ? `did you mean ${meant}?` : `write one of ${eventTypes.join(", ")}`}`;
};
