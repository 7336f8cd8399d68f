/**
 * The JSON Schema of the application's events. It follows from the types of core/application/message.ts: a field that is missing here does
 * not compile, and the descriptions are the docstrings of the types. What the reader takes is what is valid.
 */
import { type ApplicationEventType, applicationEventTypes, complimentary, revocationReasons } from "../core/application/event.ts";
import type { ApplicationData, ContractMessage, MoneyMessage } from "../core/application/message.ts";
import { longestText } from "../core/application/read-field.ts";
import { intervals } from "../core/event.ts";
import { docComments } from "./doc-comments.ts";

type Optional<Type, Name extends keyof Type> =
  object extends Pick<Type, Name> ? { readonly optional: true } : { readonly optional?: never };

type Fields<Type> = { readonly [Name in keyof Type]-?: Optional<Type, Name> & { readonly schema: object } };

const text = { type: "string", pattern: "\\S", maxLength: longestText };
const moment = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})$" };
const required = { schema: text };
const optional = { schema: text, optional: true } as const;
const money = { $ref: "#/$defs/money" };

export const applicationFields: { readonly [Type in ApplicationEventType]: Fields<ApplicationData[Type]> } = {
  "entitlement.granted": {
    account: required,
    source: required,
    contract: optional,
    order: optional,
    customer: optional,
    plan: required,
    price: { schema: money, optional: true },
    interval: { schema: { enum: intervals }, optional: true },
    freeUntil: { schema: moment, optional: true },
    basis: optional,
  },
  "entitlement.revoked": {
    account: required,
    source: required,
    contract: optional,
    order: optional,
    reason: { schema: { enum: revocationReasons } },
  },
  "cancellation.requested": { account: required, source: required, contract: required },
  "account.closed": { account: required },
  "account.reopened": { account: required },
  "contract.linked": {
    contracts: { schema: { type: "array", items: { $ref: "#/$defs/contract" }, minItems: 2, maxItems: 2, uniqueItems: true } },
  },
  "refund.requested": {
    account: required,
    source: required,
    contract: optional,
    charge: required,
    amount: { schema: { $ref: "#/$defs/moneyTaken" } },
  },
};

/** Named as properties again, or a validator that is strict takes them for misspelt. */
const requiring = (...names: readonly string[]) => ({ properties: Object.fromEntries(names.map((name) => [name, true])), required: names });

/** What one field does not say of another. */
const together: Partial<Record<ApplicationEventType, object>> = {
  "entitlement.granted": {
    anyOf: [
      requiring("contract", "price", "interval"),
      requiring("order", "price", "interval"),
      { properties: { basis: { const: complimentary } }, required: ["basis"] },
    ],
  },
  "entitlement.revoked": { anyOf: [requiring("contract"), requiring("order")] },
};

const interfaces: Readonly<Record<ApplicationEventType, string>> = {
  "entitlement.granted": "GrantedData",
  "entitlement.revoked": "RevokedData",
  "cancellation.requested": "CancellationData",
  "account.closed": "AccountData",
  "account.reopened": "AccountData",
  "contract.linked": "LinkedData",
  "refund.requested": "RefundData",
};

const file = "core/application/message.ts";

export const wordsOf = (type: ApplicationEventType): Readonly<Record<string, string>> => docComments(file, interfaces[type]);

/** What each type says, for the schema and the page. */
export const typeWords: Readonly<Record<ApplicationEventType, string>> = {
  "entitlement.granted":
    "From now on the account is entitled. For a contract that is granted already: plan, price and interval from now on.",
  "entitlement.revoked": "From now on the account is no longer entitled by that contract.",
  "cancellation.requested": "The customer has cancelled. The entitlement may go on to the end of what is paid.",
  "account.closed": "The account is closed: every contract of it has to end, and none is charged any more.",
  "account.reopened": "The account is open again.",
  "contract.linked": "Customers think of these two contracts as one: when one ends and the other lives on, an operator gets a finding.",
  "refund.requested": "The gateway was asked to give money back.",
};

type AnyFields = Readonly<Record<string, { readonly schema: object; readonly optional?: true }>>;

const objectOf = (fields: AnyFields, words: Readonly<Record<string, string>>) => ({
  type: "object",
  properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, { ...schema, description: words[name] }])),
  required: Object.entries(fields).flatMap(([name, field]) => (field.optional ? [] : [name])),
  additionalProperties: false,
});

const moneyOf = (least: number) => {
  const fields: Fields<MoneyMessage> = {
    minor: { schema: { type: "integer", minimum: least, maximum: Number.MAX_SAFE_INTEGER } },
    currency: { schema: { type: "string", pattern: "^[A-Z]{3}$" } },
  };
  return objectOf(fields, docComments(file, "MoneyMessage"));
};

const contractFields: Fields<ContractMessage> = { source: required, contract: required };

export const applicationSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "urn:holdfast:application:1",
      title: "ApplicationMessage",
      description: "What an application sends to a source of the gateway `app`. The event's id is in the header webhook-id.",
      oneOf: applicationEventTypes.map((type) => ({ $ref: `#/$defs/${type}` })),
      $defs: {
        ...Object.fromEntries(
          applicationEventTypes.map((type) => [
            type,
            {
              description: typeWords[type],
              type: "object",
              properties: {
                type: { const: type },
                timestamp: { ...moment, description: "When it happened, also years ago: ISO 8601 with a zone. Not when it is sent." },
                data: { ...objectOf(applicationFields[type] as AnyFields, wordsOf(type)), ...together[type] },
              },
              required: ["type", "timestamp", "data"],
              additionalProperties: false,
            },
          ]),
        ),
        money: moneyOf(0),
        moneyTaken: moneyOf(1),
        contract: objectOf(contractFields, docComments(file, "ContractMessage")),
      },
    },
    undefined,
    2,
  )}\n`;
