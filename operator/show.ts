/** `holdfast show`: one record's whole life on one page, or its exact bytes. */
import type { PaymentEvent } from "../core/event.ts";
import { maskText } from "../core/mask.ts";
import { formatMoney } from "../core/money.ts";
import { printable, printableLine } from "../core/printable.ts";
import type { Progress } from "../core/progress.ts";
import { type CallbackRecord, splitKey } from "../core/record.ts";
import type { Connection } from "./connect.ts";
import { type Exit, exit } from "./exit.ts";
import { Failure } from "./failure.ts";
import { type Life, type LinePlace, lifeAsJson, lifeOf, longestLine, maskedHeaders, maskedUrl } from "./life.ts";
import { resolveKey } from "./resolve.ts";
import { answerOf, isoOrNull, stateCell, whyOf } from "./row.ts";
import { createTable } from "./table.ts";
import { printJson, type Terminal } from "./terminal.ts";
import { momentText, momentWithAge } from "./time-words.ts";

export const show = async (at: Connection, terminal: Terminal, typed: string): Promise<Exit> => {
  const life = await lifeOf(at, await resolveKey(at, typed));
  if (terminal.json) await printJson(terminal, lifeAsJson(life));
  else await terminal.print(asText(life, terminal, at.clock()));
  return exit.ok;
};

/** The bytes as the gateway sent them, and nothing else, on standard output. */
export const showRaw = async (at: Connection, terminal: Terminal, typed: string): Promise<Exit> => {
  const key = await resolveKey(at, typed);
  const record = await at.records.load(key);
  if (!record) throw new Failure(`The bytes of ${key} are gone: their retention time is over.`, exit.nothing);
  terminal.say(`The exact bytes of ${key}, unmasked: they may carry card data and secrets. Do not paste them anywhere.`);
  await terminal.print(record.raw.body);
  return exit.ok;
};

const asText = (life: Life, terminal: Terminal, now: number): string => {
  const { bold } = terminal.colours;
  const state = life.record?.verification === "refused" && !life.progress ? "in quarantine" : undefined;
  const title = `${bold(life.key)}  ${state ?? painted(life.progress?.state ?? "stored", terminal)}`;
  const sections: readonly (readonly [title: string, text: string])[] = [
    ["", life.record ? facts(arrival(life, now)) : "Its bytes are gone: the retention time is over."],
    [
      "Headers",
      life.record ? facts(Object.entries(maskedHeaders(life.record.raw.headers)).map(([name, value]) => [name, printableLine(value)])) : "",
    ],
    ["Body, masked (--raw gives the exact bytes)", indented(life.body?.kind === "empty" ? "empty" : (life.body?.text ?? ""))],
    ["Events", life.unreadable ? `  none: ${printable(life.unreadable)}\n` : eventsText(life.events, terminal)],
    [
      "Progress",
      facts(life.progress ? progressFacts(life.progress, life.places, now) : [["state", "stored; nothing has happened to it yet"]]),
    ],
    ...life.conflicts.map(({ record, body }): [string, string] => [
      "The same id came with other bytes; the first ones count",
      `${facts(conflictFacts(record, now))}${indented(body.text)}`,
    ]),
    ["Next", `  ${life.next.advice}\n${life.next.command ? `    ${bold(life.next.command)}\n` : ""}`],
  ];
  const shown = sections.filter(([, text]) => text !== "").map(([name, text]) => `${name === "" ? "" : `${bold(name)}\n`}${text}`);
  return `${title}\n${shown.join("\n")}`;
};

const painted = (state: Progress["state"], terminal: Terminal): string => {
  const cell = stateCell(state, terminal.colours);
  return typeof cell === "string" ? cell : cell.paint(cell.text);
};

type Fact = readonly [name: string, value: string];

const facts = (all: readonly Fact[]): string => {
  const width = Math.max(...all.map(([name]) => name.length), 0);
  return all.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join("");
};

const indented = (text: string): string => (text === "" ? "" : `${text.replace(/^/gm, "  ")}\n`);

const arrival = ({ key, record, gateway, body }: Life, now: number): readonly Fact[] => {
  if (!record) return [];
  const { raw } = record;
  return [
    ["source", `${splitKey(key).source} (${gateway?.facts.title ?? record.gateway})`],
    ["received", `${momentWithAge(raw.receivedAt, now)} from ${printableLine(raw.sourceIp)}`],
    ["asked", `${raw.method} ${printableLine(maskedUrl(raw.url))}`],
    ...(Math.abs(record.storedAt - raw.receivedAt) > 60_000
      ? [["stored", `${momentText(record.storedAt)}, later than it was received`] as const]
      : []),
    ["proof", proofText(record, gateway)],
    ["bytes", `${raw.body.length}, ${body?.kind ?? "?"} in ${body?.charset ?? "?"}, SHA-256 ${record.sha256}`],
  ];
};

const proofText = (record: CallbackRecord, gateway: Life["gateway"]): string => {
  const by = gateway ? `${gateway.facts.strength}: ${gateway.facts.proof}` : "its gateway is not part of this version";
  switch (record.verification) {
    case "verified":
      return gateway?.facts.strength === "none" ? `none; ${gateway.facts.proof}` : `verified by ${by}`;
    case "unverified":
      return `not yet: its secret could not be read when it came; ${by}`;
    case "refused":
      return `refused: ${printableLine(record.refusal ?? "unknown reason")}`;
    default:
      return record.verification satisfies never;
  }
};

const conflictFacts = (record: CallbackRecord, now: number): readonly Fact[] => [
  ["received", `${momentWithAge(record.raw.receivedAt, now)} from ${printableLine(record.raw.sourceIp)}`],
  ["bytes", `${record.raw.body.length}, SHA-256 ${record.sha256}`],
];

const eventsText = (events: readonly PaymentEvent[], terminal: Terminal): string => {
  if (events.length === 0) return "  none\n";
  const columns = [
    { title: "WHEN" },
    { title: "EVENT" },
    { title: "GATEWAY'S NAME", cut: "end" },
    { title: "AMOUNT", align: "right" },
    { title: "CONTRACT", cut: "middle" },
    { title: "CHARGE", cut: "middle" },
    { title: "MORE", cut: "end" },
  ] as const;
  const rows = events.map((event) => [
    isoOrNull(event.occurredAt)?.replace(/\.\d+Z$/, "Z") ?? "?",
    event.type,
    printableLine(event.gatewayType),
    event.amount ? formatMoney(event.amount) : "",
    printableLine(event.contract ?? ""),
    printableLine(event.charge ?? ""),
    printableLine(moreOf(event)),
  ]);
  const width = terminal.width === undefined ? undefined : terminal.width - 2;
  return indented(createTable(columns, { ...terminal, width })(rows).trimEnd());
};

const moreOf = (event: PaymentEvent): string =>
  [
    event.customer && `customer ${event.customer}`,
    event.order && `order ${event.order}`,
    event.refund && `refund ${event.refund}`,
    event.replacedBy && `replaced by ${event.replacedBy}`,
    event.reason && maskText(event.reason),
    event.incomplete && event.incomplete.length > 0 && `not told: ${event.incomplete.join(", ")}`,
  ]
    .filter(Boolean)
    .join("; ");

const progressFacts = (progress: Progress, places: readonly LinePlace[], now: number): readonly Fact[] => [
  ["state", `${progress.state} since ${momentWithAge(progress.at, now)}`],
  ...fact("why", whyOf(progress)),
  ["attempts", String(progress.attempts)],
  ...fact("last answer", answerOf(progress)),
  ...fact("failing since", progress.failingSince && momentWithAge(progress.failingSince, now)),
  ...fact("next look", progress.dueAt && momentWithAge(progress.dueAt, now)),
  ["in the ledger", progress.applied ? "yes" : "not yet"],
  ...places.map((place): Fact => ["contract", `${printableLine(place.contract)}: ${placeText(place, progress)}`]),
  ...fact("sent again", progress.epoch > 0 && `${progress.epoch} times by the sweep or by a person`),
];

const fact = (name: string, value: string | number | false | undefined): readonly Fact[] => (value ? [[name, String(value)]] : []);

const placeText = ({ before, behind, first }: LinePlace, { key }: Progress): string => {
  const many = (count: number) => (count >= longestLine - 1 ? `${count} or more` : String(count));
  const waiting = behind > 0 ? `; ${many(behind)} wait behind it` : "";
  if (before === undefined) return first ? `not in line; first in line is ${first.key}` : "nobody waits";
  if (before === 0) return `first in line${waiting}`;
  if (first?.key === "hold") return `the contract is held: ${printableLine(first.why ?? "")}${waiting}`;
  return `${many(before)} before it in line, the first is ${first && first.key !== key ? first.key : "?"}${waiting}`;
};
