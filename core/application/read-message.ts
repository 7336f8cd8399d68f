/**
 * The application's message in our words, or everything that is wrong with it. Strict: a field that nobody knows is a mistake that would
 * otherwise stay silent until somebody is charged.
 */
import type { Millis } from "../callback.ts";
import { nearest } from "../config/nearest.ts";
import {
  type ApplicationEvent,
  type ApplicationEventType,
  applicationEventTypes,
  complimentary,
  intervals,
  revocationReasons,
} from "./event.ts";
import { contractPair, type FieldReader, moment, money, moneyTaken, oneOf, text } from "./read-field.ts";

export type ReadMessage =
  | { readonly kind: "read"; readonly event: ApplicationEvent }
  /** Sentences that name the field, what is there, and what to write instead. */
  | { readonly kind: "problems"; readonly problems: readonly string[] };

type Fields = Readonly<Record<string, { readonly read: FieldReader<unknown>; readonly optional?: true }>>;

const account = { read: text };
const source = { read: text };
const contract = { read: text };
const maybeText = { read: text, optional: true } as const;

/** Of each type, what its `data` has: the one list, from which the schema is checked too. */
export const dataFields = {
  "entitlement.granted": {
    account,
    source,
    contract: maybeText,
    order: maybeText,
    customer: maybeText,
    plan: { read: text },
    price: { read: money, optional: true },
    interval: { read: oneOf(intervals), optional: true },
    freeUntil: { read: moment, optional: true },
    basis: maybeText,
  },
  "entitlement.revoked": { account, source, contract: maybeText, order: maybeText, reason: { read: oneOf(revocationReasons) } },
  "cancellation.requested": { account, source, contract },
  "account.closed": { account },
  "account.reopened": { account },
  "contract.linked": { contracts: { read: contractPair } },
  "refund.requested": { account, source, contract: maybeText, charge: { read: text }, amount: { read: moneyTaken } },
} as const satisfies Readonly<Record<ApplicationEventType, Fields>>;

const messageFields: readonly string[] = ["type", "timestamp", "data"];

/**
 * @param body the JSON value of the body; undefined when it is not JSON
 * @param id the event's own, from the header
 */
export const readMessage = (body: unknown, { id, receivedAt }: { readonly id: string; readonly receivedAt: Millis }): ReadMessage => {
  if (!isObject(body)) return wrong(["the body is not a JSON object; send type, timestamp and data"]);
  const type = applicationEventTypes.find((known) => known === body.type);
  if (!type) return wrong([`type: ${unknownWord(body.type, applicationEventTypes)}`]);
  const happened = moment(body.timestamp, "timestamp");
  const data = body.data;
  if (!isObject(data)) return wrong([...problemsOf(happened), "data: write an object with what is said"]);
  const fields: Fields = dataFields[type];
  const read = Object.entries(fields).flatMap(([name, { read: reader, optional }]) => {
    const value = data[name];
    if (value === undefined || (value === null && optional))
      return optional ? [] : [[name, { problem: `data.${name}: it is missing; add it` }] as const];
    return [[name, reader(value, `data.${name}`)] as const];
  });
  const problems = [
    ...strangers(body, messageFields, ""),
    ...problemsOf(happened),
    ...strangers(data, Object.keys(fields), "data."),
    ...read.flatMap(([, field]) => problemsOf(field)),
  ];
  const said = Object.fromEntries(read.flatMap(([name, field]) => ("value" in field ? [[name, field.value]] : [])));
  const occurredAt = "value" in happened ? happened.value : receivedAt;
  // What the fields say one by one is checked; what they are together is the type's.
  const event = { id, type, occurredAt, receivedAt, ...said } as unknown as ApplicationEvent;
  const all = problems.length > 0 ? problems : together(event);
  return all.length > 0 ? wrong(all) : { kind: "read", event };
};

/** What one field cannot say of another. */
const together = (event: ApplicationEvent): readonly string[] => {
  switch (event.type) {
    case "entitlement.granted": {
      if (event.basis === complimentary) return [];
      const missing = (["price", "interval"] as const).filter((name) => event[name] === undefined);
      const isPlaceless = event.contract === undefined && event.order === undefined;
      return [
        ...(isPlaceless
          ? [`data.contract: name the contract, or the order while the contract has no number; a gift says so by basis "${complimentary}"`]
          : []),
        ...missing.map((name) => `data.${name}: it is missing; add it, or say that nobody pays by basis "${complimentary}"`),
      ];
    }
    case "entitlement.revoked":
      return event.contract === undefined && event.order === undefined ? ["data.contract: name the contract or the order"] : [];
    case "contract.linked": {
      const [one, other] = event.contracts;
      const isOne = one.source === other.source && one.contract === other.contract;
      return isOne ? ["data.contracts: both are the same contract; name two"] : [];
    }
    default:
      return [];
  }
};

const wrong = (problems: readonly string[]): ReadMessage => ({ kind: "problems", problems });

const problemsOf = (field: { readonly problem: string } | { readonly value: unknown }): readonly string[] =>
  "problem" in field ? [field.problem] : [];

/** What is said under a name that nobody knows. */
const strangers = (value: Readonly<Record<string, unknown>>, known: readonly string[], path: string): readonly string[] =>
  Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${path}${name}: ${unknownWord(name, known)}`);

const unknownWord = (word: unknown, known: readonly string[]): string => {
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  return `there is nothing of that name${meant === undefined ? "." : `; did you mean "${meant}"?`} Known: ${known.join(", ")}`;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The sources that an event names; the configuration has to know them. */
export const sourcesNamedBy = (event: ApplicationEvent): readonly string[] => {
  if (event.type === "contract.linked") return event.contracts.map(({ source: named }) => named);
  return "source" in event ? [event.source] : [];
};
