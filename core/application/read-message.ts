/**
 * The application's message in our words, or everything that is wrong with it. Strict: a field that nobody knows is a mistake that would
 * otherwise stay silent until somebody is charged.
 */
import type { Millis } from "../callback.ts";
import { minuteMs } from "../durations.ts";
import { intervals } from "../event.ts";
import { isoTime } from "../formats/iso-time.ts";
import { type ApplicationEvent, type ApplicationEventType, applicationEventTypes, complimentary, revocationReasons } from "./event.ts";
import type { ApplicationMessage } from "./message.ts";
import { contractPair, type FieldReader, isOneOf, moment, money, moneyTaken, oneOf, text } from "./read-field.ts";
import { isObject, unknownFields, unknownWord } from "./unknown-names.ts";

export type ReadMessage =
  | { readonly kind: "read"; readonly event: ApplicationEvent }
  /** Sentences that name the field, what is there, and what to write instead. */
  | { readonly kind: "problems"; readonly problems: readonly string[] };

type Fields = Readonly<Record<string, { readonly read: FieldReader<unknown>; readonly optional?: true }>>;
type ValueOf<Field> = Field extends { readonly read: FieldReader<infer Value> } ? Value : never;
type OptionalIn<Of extends Fields> = { [Name in keyof Of]: Of[Name] extends { readonly optional: true } ? Name : never }[keyof Of];
type ValuesOf<Of extends Fields> = { readonly [Name in Exclude<keyof Of, OptionalIn<Of>>]: ValueOf<Of[Name]> } & {
  readonly [Name in OptionalIn<Of>]?: ValueOf<Of[Name]>;
};

type EventOf<Type extends ApplicationEventType> = Extract<ApplicationEvent, { readonly type: Type }>;
type Origin = Pick<ApplicationEvent, "id" | "occurredAt" | "receivedAt">;

/** One type: what its `data` has, and the event that is read from it. */
interface DataReader<Event> {
  readonly fields: Fields;
  read(data: Readonly<Record<string, unknown>>, origin: Origin): { readonly event: Event } | { readonly problems: readonly string[] };
}

const dataReader = <Type extends ApplicationEventType, Of extends Fields>(
  type: Type,
  fields: Of,
): DataReader<Origin & { readonly type: Type } & ValuesOf<Of>> => ({
  fields,
  read: (data, origin) => {
    const values: Record<string, unknown> = {};
    const problems = [...unknownFields(data, Object.keys(fields), "data.")];
    for (const [name, { read, optional }] of Object.entries(fields)) {
      const value = data[name];
      if (value === undefined || value === null) {
        if (!optional) problems.push(`data.${name}: it is missing; add it`);
        continue;
      }
      const field = read(value, `data.${name}`);
      if ("problem" in field) problems.push(field.problem);
      else values[name] = field.value;
    }
    return problems.length > 0 ? { problems } : { event: { ...origin, type, ...(values as ValuesOf<Of>) } };
  },
});

const account = { read: text };
const source = { read: text };
const contract = { read: text };
const maybeText = { read: text, optional: true } as const;

/** The one list, from which the schema is checked too. */
export const dataReaders: { readonly [Type in ApplicationEventType]: DataReader<EventOf<Type>> } = {
  "entitlement.granted": dataReader("entitlement.granted", {
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
  }),
  "entitlement.revoked": dataReader("entitlement.revoked", {
    account,
    source,
    contract: maybeText,
    order: maybeText,
    reason: { read: oneOf(revocationReasons) },
  }),
  "cancellation.requested": dataReader("cancellation.requested", { account, source, contract }),
  "account.closed": dataReader("account.closed", { account }),
  "account.reopened": dataReader("account.reopened", { account }),
  "contract.linked": dataReader("contract.linked", { contracts: { read: contractPair } }),
  "refund.requested": dataReader("refund.requested", {
    account,
    source,
    contract: maybeText,
    charge: { read: text },
    amount: { read: moneyTaken },
  }),
};

const messageFields: readonly string[] = ["type", "timestamp", "data"];

/**
 * @param body the JSON value of the body; undefined when it is not JSON
 * @param id the event's own, from the header
 */
export const readMessage = (body: unknown, { id, receivedAt }: { readonly id: string; readonly receivedAt: Millis }): ReadMessage => {
  if (!isObject(body)) return wrong(["the body is not a JSON object; send type, timestamp and data"]);
  const { type, data } = body;
  if (!isOneOf(applicationEventTypes, type)) return wrong([`type: ${unknownWord(type, applicationEventTypes)}`]);
  const happened = moment(body.timestamp, "timestamp");
  if (!isObject(data)) return wrong([...problemsOf(happened), "data: write an object with what is said"]);
  const occurredAt = "value" in happened ? happened.value : receivedAt;
  const read = dataReaders[type].read(data, { id, occurredAt, receivedAt });
  const problems = [...unknownFields(body, messageFields, ""), ...problemsOf(happened), ...("problems" in read ? read.problems : [])];
  if ("problems" in read || problems.length > 0) return wrong(problems);
  const apart = together(read.event);
  return apart.length > 0 ? wrong(apart) : { kind: "read", event: read.event };
};

/**
 * As `readMessage`, of what is said now: what lies ahead has not happened, and of before 2000 nobody says anything. Local time that is
 * written as UTC would otherwise be hours late, and what is charged in those hours after an account was closed is found by nobody.
 */
export const readSaid: typeof readMessage = (body, come) => {
  const read = readMessage(body, come);
  const problem = read.kind === "read" && timeProblem("timestamp", read.event.occurredAt, come.receivedAt);
  return problem ? wrong([problem]) : read;
};

/** Clocks of sender and receiver may differ by minutes, as far as a signature allows; the smallest mistake about a zone is half an hour. */
const aheadMs = 15 * minuteMs;

/** The year 2000. A revocation of 1970 would be older than its grant, and what is charged after it would be found by nobody. */
const earliest: Millis = 946_684_800_000;

/** What is wrong with a moment at which something is said to have happened; undefined when nothing is. */
export const timeProblem = (field: string, occurredAt: Millis, now: Millis): string | undefined => {
  const said = `${field}: ${isoTime(occurredAt)}`;
  if (occurredAt < earliest) return `${said} is before 2000; write when it happened: seconds that are read as milliseconds are in 1970`;
  return occurredAt - now <= aheadMs
    ? undefined
    : `${said} lies ahead of ${isoTime(now)}, when it was said; write when it happened, in the zone that it is written in, and say it no sooner`;
};

/** The message itself, when it is one that `readMessage` can read. */
export const checkMessage = <Type extends ApplicationEventType>(message: {
  readonly type: Type;
  readonly timestamp: unknown;
  readonly data: unknown;
}): { readonly message: ApplicationMessage<Type> } | { readonly problems: readonly string[] } => {
  const read = readMessage(message, { id: "", receivedAt: 0 });
  return read.kind === "problems" ? read : { message: message as ApplicationMessage<Type> };
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

/** The sources that an event names; the configuration has to know them. */
export const sourcesNamedBy = (event: ApplicationEvent): readonly string[] => {
  if (event.type === "contract.linked") return event.contracts.map(({ source: named }) => named);
  return "source" in event ? [event.source] : [];
};
