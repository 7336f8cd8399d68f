/** What is to be entered from an export, and what is left open, for people and as JSON. */
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import type { Recovery } from "../../../core/reconcile/recovery/found-events.ts";
import { type Column, createTable } from "../../terminal/table.ts";
import type { Terminal } from "../../terminal/terminal.ts";

const mostShown = 50;

const columns: readonly Column[] = [
  { title: "WHEN" },
  { title: "EVENT" },
  { title: "PAYMENT", cut: "middle" },
  { title: "CONTRACT", cut: "middle" },
  { title: "AMOUNT", align: "right" },
];

export const recoveryText = ({ events, left }: Recovery, deliver: boolean, terminal: Terminal): string => {
  const shown = events.slice(0, mostShown);
  const table = createTable(
    columns,
    terminal,
  )(
    shown.map(({ occurredAt, type, charge, refund, dispute, contract, amount }) => [
      isoTime(occurredAt).slice(0, 16),
      type,
      refund ?? dispute ?? charge ?? "",
      contract ?? "",
      amount ? formatMoney(amount) : "",
    ]),
  );
  return [
    `\nTo be entered, as found by reconciliation: ${counted(events.length, "event")}, ${deliver ? "and delivered to the application" : "not delivered"}\n`,
    events.length > 0 ? table : "",
    ...(events.length > shown.length ? [`... and ${events.length - shown.length} more: --json has them all.\n`] : []),
    ...left.map(({ difference, why }) => `Left open: ${difference.id}: ${why}.\n`),
  ].join("");
};

export const recoveryJson = ({ events, left }: Recovery, deliver: boolean) => ({
  deliver,
  events: events.map(({ occurredAt, ...event }) => ({ ...event, occurredAt: isoTime(occurredAt) })),
  left: left.map(({ difference, why }) => ({ id: difference.id, why })),
});
