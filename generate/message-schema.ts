/**
 * The JSON Schema of the signed message. It follows from the types of core/delivery/message.ts: a field that is missing here, or is of another
 * kind there, does not compile, and the descriptions are the docstrings of the types.
 */

import type { PaymentMessage, PaymentMessageData } from "../core/delivery/message.ts";
import { type EventType, eventTypes } from "../core/event.ts";
import type { Money } from "../core/formats/money.ts";
import { docComments } from "./doc-comments.ts";
import { eventWords } from "./message-words.ts";

interface Text {
  readonly type: "string";
  readonly pattern?: string;
}

/** In brackets, so that a union is looked at as a whole. */
type SchemaOf<Value> = [Value] extends [EventType]
  ? { readonly $ref: "#/$defs/eventType" }
  : [Value] extends [string]
    ? Text
    : [Value] extends [number]
      ? { readonly type: "integer" }
      : [Value] extends [readonly string[]]
        ? { readonly type: "array"; readonly items: Text }
        : [Value] extends [Money]
          ? { readonly $ref: "#/$defs/money" }
          : [Value] extends [PaymentMessageData]
            ? { readonly $ref: "#/$defs/data" }
            : never;

type Optional<Type, Name extends keyof Type> =
  object extends Pick<Type, Name> ? { readonly optional: true } : { readonly optional?: never };

type Fields<Type> = {
  readonly [Name in keyof Type]-?: Optional<Type, Name> & { readonly schema: SchemaOf<NonNullable<Type[Name]>> };
};

const text = { type: "string" } as const;
const eventType = { $ref: "#/$defs/eventType" } as const;

export const messageFields = {
  type: { schema: eventType },
  // Years beyond 9999 are written with a sign and six digits.
  timestamp: { schema: { ...text, pattern: "^(\\d{4}|[+-]\\d{6})-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" } },
  data: { schema: { $ref: "#/$defs/data" } },
} as const satisfies Fields<PaymentMessage>;

export const dataFields = {
  id: { schema: text },
  type: { schema: eventType },
  gatewayType: { schema: text },
  occurredAt: { schema: { type: "integer" } },
  contract: { schema: text, optional: true },
  charge: { schema: text, optional: true },
  alsoKnownAs: { schema: { type: "array", items: text }, optional: true },
  part: { schema: text, optional: true },
  customer: { schema: text, optional: true },
  order: { schema: text, optional: true },
  amount: { schema: { $ref: "#/$defs/money" }, optional: true },
  refund: { schema: text, optional: true },
  dispute: { schema: text, optional: true },
  previousState: { schema: text, optional: true },
  replacedBy: { schema: text, optional: true },
  reason: { schema: text, optional: true },
  incomplete: { schema: { type: "array", items: text }, optional: true },
  source: { schema: text },
  record: { schema: { ...text, pattern: "^[^/]+/" } },
} as const satisfies Fields<PaymentMessageData>;

export const moneyFields = {
  minor: { schema: { type: "integer" } },
  currency: { schema: { ...text, pattern: "^[A-Z]{3}$" } },
} as const satisfies Fields<Money>;

export const fieldWords = {
  message: docComments("core/delivery/message.ts", "PaymentMessage"),
  data: { ...docComments("core/event.ts", "PaymentEvent"), ...docComments("core/delivery/message.ts", "PaymentMessageData") },
  money: docComments("core/formats/money.ts", "Money"),
};

type AnyFields = Readonly<Record<string, { readonly schema: object; readonly optional?: true }>>;

/** `open`: for receivers, who survive what is added. `exact`: what this version sends, and nothing else. */
type Kind = "open" | "exact";

const objectOf = (kind: Kind, fields: AnyFields, words: Readonly<Record<string, string>>) => ({
  type: "object",
  properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, { ...schema, description: words[name] }])),
  required: Object.entries(fields).flatMap(([name, { optional }]) => (optional ? [] : [name])),
  ...(kind === "exact" && { additionalProperties: false }),
});

const known = eventTypes.map((type) => ({ const: type, description: eventWords[type] }));

const typeSchema: Readonly<Record<Kind, object>> = {
  exact: { type: "string", oneOf: known },
  open: { type: "string", anyOf: [...known, { type: "string", description: "A type that was added after this version." }] },
};

const about: Readonly<Record<Kind, string>> = {
  open: "What Holdfast sends to a signed target about one event. For receivers: fields and types that are added later are valid too.",
  exact:
    "What this version of Holdfast sends to a signed target about one event, and nothing else. For tests: it rejects what is added later.",
};

/** As it is in the file. What changed a meaning would be another message, with another number in its id. */
export const messageSchema = (kind: Kind): string =>
  `${JSON.stringify(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:holdfast:message:1${kind === "exact" ? ":exact" : ""}`,
      title: "PaymentMessage",
      description: about[kind],
      ...objectOf(kind, messageFields, fieldWords.message),
      $defs: {
        data: objectOf(kind, dataFields, fieldWords.data),
        money: objectOf(kind, moneyFields, fieldWords.money),
        eventType: typeSchema[kind],
      },
    },
    undefined,
    2,
  )}\n`;
