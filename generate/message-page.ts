/** The example and the tables of docs/message.md, from the types, the schema and what the simulator plays. */

import { table } from "../bench/markdown-table.ts";
import { messageOf } from "../core/delivery/message.ts";
import { eventTypes, type PaymentEvent } from "../core/event.ts";
import { playedBy } from "./gateways/play-gateways.ts";
import { withPart } from "./marked.ts";
import { dataFields, fieldWords, messageFields, moneyFields } from "./message-schema.ts";
import { eventWords } from "./message-words.ts";

/** The page with its generated parts written again. Throws when a mark around one is missing. */
export const withMessageTables = (page: string): string =>
  Object.entries({ example, fields, types }).reduce((written, [name, lines]) => withPart(written, name, lines()), page);

/** A renewal that was paid, in full. */
const renewal: PaymentEvent = {
  id: "evt_1PqR",
  type: "charge.succeeded",
  gatewayType: "invoice.paid",
  occurredAt: Date.UTC(2026, 10, 20, 12),
  contract: "sub_9f2",
  charge: "pi_3Nk",
  customer: "cus_77",
  amount: { minor: 1_980, currency: "JPY" },
};

const example = (): readonly string[] => [
  "```json",
  JSON.stringify(messageOf({ key: "stripe-jp/evt_1PqR", raw: { source: "stripe-jp" } }, renewal), undefined, 2),
  "```",
];

const fields = (): readonly string[] =>
  table(
    ["field", "type", "always there", "what it is"],
    [
      ...rows("", messageFields, fieldWords.message).filter(([name]) => name !== "`data`"),
      ...rows("data.", dataFields, fieldWords.data),
      ...rows("amount.", moneyFields, fieldWords.money),
    ],
  );

type AnyFields = Readonly<
  Record<string, { readonly schema: { readonly type?: string; readonly $ref?: string }; readonly optional?: true }>
>;

const rows = (before: string, of: AnyFields, words: Readonly<Record<string, string>>): readonly (readonly string[])[] =>
  Object.entries(of).map(([name, { schema, optional }]) => [
    `\`${before}${name}\``,
    kindOf(schema),
    optional ? "" : "yes",
    words[name] ?? "",
  ]);

const kindOf = ({ type, $ref }: { readonly type?: string; readonly $ref?: string }): string =>
  $ref === "#/$defs/eventType" ? "type of event" : type === "array" ? "texts" : type === "string" ? "text" : (type ?? "object");

/** What every event has, or any can have, says nothing about its type. */
const ofAnyType: ReadonlySet<string> = new Set(["id", "type", "gatewayType", "occurredAt", "incomplete"]);

const types = (): readonly string[] => {
  const played = Map.groupBy(
    [...playedBy().values()].flatMap((kinds) => [...kinds.values()].flat()),
    ({ type }) => type,
  );
  return table(
    ["type", "what it means", "carries", "can carry"],
    eventTypes.map((type) => {
      const events = played.get(type) ?? [];
      const carried = Object.keys(dataFields).filter((name) => !ofAnyType.has(name) && events.some((event) => Object.hasOwn(event, name)));
      const always = carried.filter((name) => events.every((event) => Object.hasOwn(event, name)));
      return [`\`${type}\``, eventWords[type], always.join(", "), carried.filter((name) => !always.includes(name)).join(", ")];
    }),
  );
};
