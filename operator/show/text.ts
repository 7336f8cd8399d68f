/** One record as a page for people. */
import type { PaymentEvent } from "../../core/event.ts";
import { maskText } from "../../core/formats/mask.ts";
import { formatMoney } from "../../core/formats/money.ts";
import { printable, printableLine } from "../../core/formats/printable.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { type CallbackRecord, splitKey } from "../../core/record.ts";
import { isoOrNull, stateCell } from "../query/record-row.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { momentText, momentWithAge } from "../terminal/time-words.ts";
import { maskedHeaders, maskedUrl, type RecordPage } from "./page.ts";
import { type Fact, progressFacts } from "./progress-text.ts";

export const pageText = (page: RecordPage, terminal: Terminal, now: number): string => {
  const { bold } = terminal.colours;
  const state = page.record?.verification === "refused" && !page.progress ? "in quarantine" : undefined;
  const title = `${bold(page.key)}  ${state ?? painted(page.progress?.state ?? "stored", terminal)}`;
  const sections: readonly (readonly [title: string, text: string])[] = [
    ["", page.record ? facts(arrival(page, now)) : "Its bytes are gone: the retention time is over."],
    [
      "Headers",
      page.record ? facts(Object.entries(maskedHeaders(page.record.raw.headers)).map(([name, value]) => [name, printableLine(value)])) : "",
    ],
    ["Body, masked (--raw gives the exact bytes)", indented(page.body?.kind === "empty" ? "empty" : (page.body?.text ?? ""))],
    ["Events", page.unreadable ? `  none: ${printable(page.unreadable)}\n` : eventsText(page.events, terminal)],
    [
      "Progress",
      facts(page.progress ? progressFacts(page.progress, page.places, now) : [["state", "stored; nothing has happened to it yet"]]),
    ],
    ...page.conflicts.map(({ record, body }): [string, string] => [
      "The same id came with other bytes",
      `${facts(conflictFacts(record, now))}${indented(body.text)}`,
    ]),
    ["Further conflicts", page.furtherConflicts > 0 ? `  ${page.furtherConflicts} more came with other bytes again\n` : ""],
    ["Conflict", conflictText(page, bold)],
    ["Next", `  ${page.next.advice}\n${page.next.command ? `    ${bold(page.next.command)}\n` : ""}`],
  ];
  const shown = sections.filter(([, text]) => text !== "").map(([name, text]) => `${name === "" ? "" : `${bold(name)}\n`}${text}`);
  return `${title}\n${shown.join("\n")}`;
};

const conflictText = (
  { openConflicts, decidedConflicts, compare }: Pick<RecordPage, "openConflicts" | "decidedConflicts" | "compare">,
  bold: (text: string) => string,
): string => {
  if (openConflicts > 0)
    return `  ${openConflicts === 1 ? "It waits" : `${openConflicts} wait`} for a decision; until then the first bytes count. To compare both sides, and decide:\n    ${bold(compare)}\n`;
  if (decidedConflicts > 0)
    return `  ${decidedConflicts === 1 ? "It is decided" : `${decidedConflicts} are decided`}. Which counts, by whom and why:\n    ${bold(compare)}\n`;
  return "";
};

const painted = (state: Progress["state"], terminal: Terminal): string => {
  const cell = stateCell(state, terminal.colours);
  return typeof cell === "string" ? cell : cell.paint(cell.text);
};

const facts = (all: readonly Fact[]): string => {
  const width = Math.max(...all.map(([name]) => name.length), 0);
  return all.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join("");
};

const indented = (text: string): string => (text === "" ? "" : `${text.replace(/^/gm, "  ")}\n`);

const arrival = ({ key, record, gateway, body }: RecordPage, now: number): readonly Fact[] => {
  if (!record) return [];
  const { raw } = record;
  return [
    ["source", `${splitKey(key).source} (${gateway?.facts.title ?? record.gateway})`],
    ...(record.found
      ? [
          [
            "found",
            `in an export; entered ${momentWithAge(raw.receivedAt, now)} by ${printableLine(record.found.by)} with the comparison ${record.found.run}`,
          ] as const,
        ]
      : [
          ["received", `${momentWithAge(raw.receivedAt, now)} from ${printableLine(raw.sourceIp)}`] as const,
          ["request", `${raw.method} ${printableLine(maskedUrl(raw.url))}`] as const,
        ]),
    ...(Math.abs(record.storedAt - raw.receivedAt) > 60_000
      ? [["stored", `${momentText(record.storedAt)}, later than it was received`] as const]
      : []),
    ["proof", proofText(record, gateway)],
    [
      "bytes",
      `${body?.kind === "unreadable" ? "?" : raw.body.length}, ${body?.kind ?? "?"} in ${body?.charset ?? "?"}, SHA-256 ${record.sha256}`,
    ],
  ];
};

const proofText = (record: CallbackRecord, gateway: RecordPage["gateway"]): string => {
  if (record.found) return "no callback has said it; its gateway's export has";
  const by = gateway ? `${gateway.strength}: ${gateway.facts.proof}` : "its gateway is not part of this version";
  switch (record.verification) {
    case "verified":
      return gateway?.strength === "none" ? `none; ${gateway.facts.proof}` : `verified by ${by}`;
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
    event.incomplete && event.incomplete.length > 0 && `incomplete: ${event.incomplete.join(", ")}`,
  ]
    .filter(Boolean)
    .join("; ");
