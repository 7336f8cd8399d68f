/** What leaves the house because of a callback: the gateway's answer, the record, the doorbell, the ledger's entries, the delivery. */

import { validateHeaderName, validateHeaderValue } from "node:http";
import { applicationEntriesOf } from "../../core/application/entry.ts";
import type { ApplicationEvent } from "../../core/application/event.ts";
import type { Reply, VerifiedCallback } from "../../core/callback.ts";
import type { Config, PublicSettings } from "../../core/config/config.ts";
import { passThrough, signedMessage } from "../../core/delivery/delivery.ts";
import { contractOf } from "../../core/event.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import { balance } from "../../core/ledger/ledger.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { contractsOf, groupOf } from "../../core/lifecycle/doorbell.ts";
import { receivedRecord } from "../../core/receive/receive.ts";
import type { CallbackRecord } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import { toResult } from "../../functions/shell/http.ts";
import type { Gateway } from "../../gateways/index.ts";
import { itemFromText, itemToText } from "../../io/item.ts";
import { packBody } from "../../io/records/body-encoding.ts";
import { toItem } from "../../io/records/record-item.ts";
import { applicationEventSortKey } from "../../io/table.ts";
import { bodyText } from "../../operator/show/body-text.ts";
import { keptUntil } from "../support/samples.ts";
import { calm, must } from "./oracle.ts";

export const checkReply = (word: string, reply: Reply): void => {
  const { statusCode = 0, headers, body } = calm(`${word} as an answer`, () => toResult(reply));
  must(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599, `${word} answers with the status ${statusCode}`);
  must(typeof body === "string", `${word} answers with a body that is no text`);
  for (const [name, value] of Object.entries(headers ?? {}))
    calm(`${word}'s header ${name}`, () => validateHeaderValue(name, String(value)));
};

export const checkOutward = (gateway: Gateway, callback: VerifiedCallback, settings: PublicSettings): void => {
  const config: Config = {
    name: "fuzz",
    sources: { [callback.source]: { gateway: gateway.name, target: "app", ...settings } },
    targets: { app: { kind: "http", url: "https://app.example.com/hooks?a=1", mode: "signed" } },
  };
  const record = calm("the record", () =>
    receivedRecord(callback, gateway, { kind: "verified", callback }, { config, storedAt: callback.receivedAt }),
  );
  must(/^a-source\/[\x21-\x7e]{1,200}$/.test(record.key), `the key is ${record.key}`);
  calm("the item", () => itemFromText(itemToText(toItem(record, packBody(record.raw.body), keptUntil(0)))));
  calm("the body for people", () => bodyText(record, gateway));
  checkHeaders(
    calm("the delivery", () => passThrough(record, { target: "https://app.example.com/hooks", attempt: 1 })).headers,
    "pass-through",
  );
  const understood = calm("understanding", () => understand(record, gateway, config));
  if (understood.kind === "unintelligible") {
    must(sentenceOf(understood.cause) !== "", "it is unintelligible without a reason");
    return;
  }
  if (understood.kind === "application") {
    checkApplicationEvents(record, understood.applicationEvents);
    return;
  }
  const { events } = understood;
  must(new Set(events.map(({ id }) => id)).size === events.length, "two events have the same id");
  const group = calm("the group", () => groupOf(callback.source, record.key, contractsOf(events)));
  must(/^[\w-]{1,128}$/.test(group), `the group is ${group}`);
  for (const event of events) {
    const message = calm("the message", () =>
      signedMessage(record, event, { target: "https://app.example.com", keys: ["key"], attempt: 1, now: 0 }),
    );
    checkHeaders(message.headers, "signed");
  }
  checkLedger(
    record,
    events.map((event) => ({ source: callback.source, contract: contractOf(event) ?? "", event, record: record.key })),
  );
};

/** What the application says becomes items of the ledger table, whose keys have limits. */
const checkApplicationEvents = (record: CallbackRecord, said: readonly ApplicationEvent[]): void => {
  for (const { event } of calm("the entries", () => applicationEntriesOf(record.key, said))) {
    must(Number.isSafeInteger(event.occurredAt), `it happened at ${event.occurredAt}`);
    must(Buffer.byteLength(applicationEventSortKey(event.id)) <= 1_024, "the sort key is too long");
    if ("account" in event) must(event.account !== "" && Buffer.byteLength(event.account) <= 1_000, "the account is no part of a key");
  }
};

const checkHeaders = (headers: Readonly<Record<string, string>>, mode: string): void => {
  for (const [name, value] of Object.entries(headers))
    calm(`the header ${JSON.stringify(name)} of a ${mode} delivery`, () => {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    });
};

/** What the entries add up to, each told twice and in the other order: promise P5. */
const checkLedger = (record: CallbackRecord, entries: readonly Entry[]): void => {
  const sum = (told: readonly Entry[]) => JSON.stringify(calm("the ledger", () => balance(record.raw.source, "contract", told)));
  must(sum(entries) === sum([...entries].reverse()), "the ledger depends on the order of a callback's events");
};
