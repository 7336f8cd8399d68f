/** Everything else that reads bytes from outside: formats, messages, items, the front's event, the configuration, what people type. */

import { checkConfig, validConfig } from "../../core/config/check/check-config.ts";
import type { Config } from "../../core/config/config.ts";
import { retryAfterMs } from "../../core/delivery/delivery.ts";
import { formFields, formRecord } from "../../core/formats/form.ts";
import { isMoment, readTime } from "../../core/formats/iso-time.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { maskJson, maskText } from "../../core/formats/mask.ts";
import { isPointer, pointed } from "../../core/formats/pointer.ts";
import { printable } from "../../core/formats/printable.ts";
import { shellWord } from "../../core/formats/shell-word.ts";
import { parseXml, type XmlElement, xmlTextAt } from "../../core/formats/xml.ts";
import { deduplicationId, readDoorbell } from "../../core/lifecycle/doorbell.ts";
import type { RecordKey } from "../../core/record.ts";
import { readDoneRow } from "../../core/refunds/done-row.ts";
import { estimateId, readEstimateId } from "../../core/refunds/estimate.ts";
import { spellingsOf } from "../../core/refunds/spelling.ts";
import { gateways } from "../../gateways/index.ts";
import { type Item, itemFromText, itemToText } from "../../io/item.ts";
import { packBody } from "../../io/records/body-encoding.ts";
import { toItem } from "../../io/records/record-item.ts";
import { parseSecrets } from "../../io/secrets.ts";
import { countArgument, momentArgument, rateArgument, secondsArgument, statesArgument } from "../../operator/arguments/arguments.ts";
import { contractsFor, keysFor } from "../../operator/query/resolve.ts";
import { readIsoMoment } from "../../operator/terminal/time-words.ts";
import { keptUntil, sampleConfig } from "../support/samples.ts";
import type { Case } from "./case.ts";
import { calm, frozen, must, orReason, unchanged } from "./oracle.ts";
import type { Target } from "./target.ts";

const reader = (name: string, seeds: readonly string[], read: (body: Uint8Array, text: string) => void): Target => ({
  name,
  folders: [name, "any-reader"],
  seeds: seeds.map((text): Case => ({ body: Buffer.from(text) })),
  check: ({ body }) => unchanged(body, () => read(body, Buffer.from(body).toString("utf8"))),
});

const form = reader("form", ["a=1&b=%8ER%93c&c=+x%2B&a=2", "=&&==&a"], (body) => {
  for (const charset of ["utf-8", "shift_jis"] as const) {
    const fields = calm("formFields", () => formFields(body, charset));
    must(fields.length <= body.length, "there are more fields than bytes");
    const record = calm("formRecord", () => formRecord(body, charset));
    for (const [name, value] of fields) must(name in record && typeof value === "string", `the field ${name} is lost`);
  }
});

const json = reader("json", ['{"a":{"b":[1,"2",null]},"id":"evt_1"}', '"\\ud800"', "1"], (body) => {
  const value = calm("parseJson", () => frozen(parseJson(body)));
  for (const path of [["a", "b", 0], ["__proto__", "x"], ["constructor"], ["length"]])
    must(["string", "undefined"].includes(typeof calm("textAt", () => textAt(value, ...path))), "textAt gives something that is no text");
  calm("maskJson", () => JSON.stringify(maskJson(value)));
});

const pointer = reader("pointer", ['/a/b/0\n{"a":{"b":[1]}}', "/~1~0/constructor\n{}", "\n[]"], (_, text) => {
  const [path = "", ...document] = text.split("\n");
  const value = parseJson(Buffer.from(document.join("\n")));
  const found = calm("pointed", () => pointed(value, path));
  must(isPointer(path) || found === undefined, "something was found at what is no pointer");
  must(typeof found !== "function", "an inherited member was found");
});

const sizeOf = ({ children }: XmlElement): number => 1 + children.reduce((sum, child) => sum + sizeOf(child), 0);

const xml = reader(
  "xml",
  ['<?xml version="1.0"?><a b="c"><d>1 &amp; &#x41;</d><e/><!-- x --><![CDATA[y]]></a>', "<a><b/></a>"],
  (_, text) => {
    const root = calm("parseXml", () => parseXml(text));
    if (!root) return;
    must(sizeOf(root) <= text.length && root.text.length <= text.length, "the document has grown while it was read");
    calm("xmlTextAt", () => xmlTextAt(root, "d"));
  },
);

const doorbell = reader("doorbell", ['{"key":"sandbox/evt_1","source":"sandbox","group":"g","epoch":0}'], (_, text) => {
  const found = calm("readDoorbell", () => readDoorbell(text));
  if (found) must(deduplicationId(found).length <= 128 && found.key.includes("/"), "a doorbell that SQS would not take");
});

const record = {
  key: "sandbox/evt_1" as RecordKey,
  gateway: "sandbox",
  raw: {
    source: "sandbox",
    method: "POST",
    url: "https://x/",
    headers: { a: "b" },
    body: Buffer.from("é{}"),
    sourceIp: "::1",
    receivedAt: 1,
  },
  storedAt: 2,
  verification: "verified",
  sha256: "00",
} as const;
const item = toItem(record, packBody(record.raw.body), keptUntil(86_400_000));
const image = JSON.parse(Buffer.from(itemToText(item), "base64").toString());

/** Of the spill and of the stream: what is no item is refused with an error, and what is one is the same after another journey. */
const items = reader("record-item", [JSON.stringify(image)], (_, text) => {
  let made: Item;
  try {
    made = itemFromText(Buffer.from(text).toString("base64"));
  } catch (error) {
    must(error instanceof Error, "something was thrown that is no error");
    return;
  }
  const again = calm("the journey", () => itemToText(itemFromText(itemToText(made))));
  must(again === itemToText(made), "an item is another one after its journey");
});

const configSeed = JSON.stringify({ ...sampleConfig, retry: { attempts: 3 }, throttle: { ratePerSecond: 1, burst: 1 }, retentionDays: 30 });
const config = reader("config", [configSeed], (body) => {
  const given = frozen(parseJson(body)) as Config;
  const problems = calm("checkConfig", () => checkConfig(given, gateways));
  for (const { message } of problems) must(message.trim() !== "", "a problem without a message");
  const valid = orReason("validConfig", () => validConfig(given, gateways));
  must((valid !== undefined) === (problems.length === 0), "validConfig and checkConfig disagree");
});

const secrets = reader("secrets", ['{"secrets":["a","b"]}', '{"secrets":[]}'], (_, text) => {
  const found = calm("parseSecrets", () => parseSecrets(text));
  must(found === undefined || found.every((secret) => typeof secret === "string"), "a secret that is no text");
});

const typed = reader(
  "typed",
  ["sandbox/evt_1", "2026-11-20T12:00:00Z", "15m", "dead,waiting", "1.5", "120", "Fri, 20 Nov 2026 12:00:00 GMT"],
  (_, text) => {
    for (const key of calm("keysFor", () => keysFor(sampleConfig, text))) must(/^[^/]*\/[\x21-\x7e]{1,200}$/.test(key), `the key ${key}`);
    calm("contractsFor", () => contractsFor(sampleConfig, text));
    for (const read of [readIsoMoment, (one: string) => readTime(one), retryAfterMs]) {
      const moment = calm("reading a time", () => read(text, 1_795_176_000_000));
      must(moment === undefined || isMoment(moment), `the time ${moment}`);
    }
    for (const argument of [statesArgument, momentArgument, countArgument, rateArgument, secondsArgument])
      orReason("an argument", () => argument(text));
    must(!/[^\P{Cc}\n\t]/u.test(calm("printable", () => printable(text))), "control characters are printed");
    calm("maskText", () => maskText(text));
    must(!/^[^']*\s/.test(calm("shellWord", () => shellWord(text))), "a shell would take it for two words");
  },
);

/** What a customer or a payment desk has written. */
const refunds = reader(
  "refunds",
  [
    "注文番号：ＯＲＤ－２０２３－０００１",
    "estimate:shop/sub_1@2024-08-31",
    "ch_1,1980,JPY,2026-11-19,note",
    "'=1+1,１,９８０,usd,2026/1/5,",
  ],
  (_, text) => {
    for (const spelling of calm("spellingsOf", () => spellingsOf(text, "ORD-0000")).flat()) must(spelling !== "", "an empty spelling");
    const estimate = calm("readEstimateId", () => readEstimateId(text));
    if (estimate) must(estimateId(estimate, estimate.due) === text, "an estimate's id is another one after its journey");
    const [payment, amount, currency, date, note] = text.split(",");
    const now = 1_795_176_000_000;
    const read = calm("readDoneRow", () => readDoneRow({ payment, amount, currency, date, note }, { zone: "Asia/Tokyo", now }));
    if (read.kind === "problems") must(read.problems.length > 0, "a broken row without a problem");
    if (read.kind === "row") must(read.row.amount.minor > 0 && read.row.at <= now, "nothing was given back, or tomorrow");
  },
);

export const readerTargets: readonly Target[] = [form, json, pointer, xml, doorbell, items, config, secrets, typed, refunds];
