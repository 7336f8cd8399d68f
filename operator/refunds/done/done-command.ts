/** `holdfast refunds done`: what was given back by hand, from a file. A plan first; each is said beside its payment, by whom and when, and audited. */
import { errorMessage, Failure } from "../../../core/failure.ts";
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { localDateText } from "../../../core/formats/local-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import { refundSums } from "../../../core/refunds/refund-sums.ts";
import type { Connection } from "../../connect/connect.ts";
import { decideFinding } from "../../findings/decide.ts";
import { type Exit, exit } from "../../terminal/exit.ts";
import { startProgressBar } from "../../terminal/progress-bar.ts";
import { createTable } from "../../terminal/table.ts";
import { printJson, type Terminal } from "../../terminal/terminal.ts";
import { type Deed, type DonePlan, planDone } from "./plan.ts";
import { readDone } from "./read-done.ts";
import { settledFindings } from "./settled-findings.ts";

interface DoneOptions {
  readonly file: string;
  readonly yes: boolean;
  readonly by: string;
  /** Also say of the findings of which nothing is left that they are handled. */
  readonly handle: boolean;
}

const mostShown = 20;

export const refundsDone = async (connection: Connection, terminal: Terminal, { file, yes, by, handle }: DoneOptions): Promise<Exit> => {
  const now = connection.clock();
  const rows = await readDone(file, { zone: connection.config.zone, now });
  const plan = await planDone(connection, rows, { by, now });
  const end = plan.broken.length > 0 ? exit.person : exit.ok;
  const { deeds } = plan;
  if (!terminal.json) await terminal.print(planText(plan, connection, terminal));
  if (!yes || deeds.length === 0) {
    if (terminal.json) await printJson(terminal, asJson(plan, 0, []));
    if (deeds.length > 0) terminal.say("Nothing was recorded. To record what is good, add --yes.");
    return deeds.length > 0 || plan.known.length + plan.reported.length > 0 ? end : plan.broken.length > 0 ? exit.person : exit.nothing;
  }
  const recorded = await recordAll(connection, terminal, deeds, by);
  const settled = recorded < deeds.length ? [] : await settledFindings(connection, deeds);
  if (handle) for (const id of settled) await decideFinding(connection, id, { kind: "handle", by, why: `given back by hand: ${file}` });
  if (terminal.json) await printJson(terminal, asJson(plan, recorded, settled));
  if (recorded < deeds.length) {
    terminal.say(`Interrupted after ${recorded} of ${deeds.length}. The same command goes on: what is recorded changes nothing.`);
    return exit.failed;
  }
  terminal.say(`${counted(recorded, "refund")} recorded. From now on \`refunds list\` deducts them.`);
  for (const line of settledText(settled, handle, connection)) terminal.say(line);
  return end;
};

/** @returns how many were recorded; fewer than there are when it was interrupted */
const recordAll = async (connection: Connection, terminal: Terminal, deeds: readonly Deed[], by: string): Promise<number> => {
  const bar = await startProgressBar("Recording", deeds.length, terminal.interactive && !terminal.json);
  let [recorded, isOver] = [0, false];
  const restore = terminal.onInterrupt(() => {
    isOver = true;
  });
  try {
    for (const { of, refund, name, line } of deeds) {
      if (isOver) break;
      // Without its note, which may be about a person: nobody can erase the audit trail.
      const why = `${formatMoney(refund.amount)} on ${localDateText(refund.at, connection.config.zone)}`;
      await connection.handRefunds
        .say(of, refund, { at: connection.clock(), by, what: "refunds done", to: name, why })
        .catch((error: unknown) => {
          throw new Failure(
            `Line ${line}, after ${recorded} of ${deeds.length}: ${errorMessage(error)} The same command goes on: what is recorded changes nothing.`,
          );
        });
      bar.update(++recorded);
    }
    return recorded;
  } finally {
    restore();
    bar.stop();
  }
};

const columns = [
  { title: "LINE", align: "right" },
  { title: "PAYMENT", cut: "middle" },
  { title: "GIVEN BACK", align: "right" },
  { title: "ON" },
  { title: "NOTE", cut: "end", isSpare: true },
] as const;

const planText = (
  { deeds, broken, known, reported, notYet }: DonePlan,
  { config }: Pick<Connection, "config">,
  terminal: Terminal,
): string => {
  const shown = deeds.slice(0, mostShown);
  const table = createTable(
    columns,
    terminal,
  )(
    shown.map(({ line, name, refund }) => [
      String(line),
      name,
      formatMoney(refund.amount),
      localDateText(refund.at, config.zone),
      refund.note ?? "",
    ]),
  );
  const sums = refundSums(
    deeds.map(({ refund: { amount, due } }) => ({ currency: amount.currency, left: amount.minor, isEstimated: due !== undefined })),
  );
  const of = sums.map(({ currency, left }) => formatMoney({ minor: left, currency })).join(" and ");
  return [
    deeds.length > 0 ? table : "",
    deeds.length > shown.length ? `... and ${deeds.length - shown.length} more\n` : "",
    `${counted(deeds.length, "refund")} to record${of === "" ? "" : `, ${of}`}. Days are of ${config.zone}.\n`,
    known.length > 0 ? `${counted(known.length, "line")} recorded already\n` : "",
    reported.length > 0 ? `${counted(reported.length, "line")} that the gateway has reported: nothing is to be recorded of them\n` : "",
    notYet > 0 ? `${counted(notYet, "line")} without a date: not given back yet\n` : "",
    broken.length > 0 ? `${counted(broken.length, "broken line")}, in nothing:\n` : "",
    ...broken.slice(0, mostShown).map(({ line, problems }) => `  line ${line}: ${problems.join("; ")}\n`),
    broken.length > mostShown ? `  ... and ${broken.length - mostShown} more\n` : "",
  ].join("");
};

const settledText = (settled: readonly string[], handled: boolean, { command }: Pick<Connection, "command">): readonly string[] => {
  const [first] = settled;
  if (first === undefined) return [];
  const names = settled.slice(0, mostShown).join(", ");
  const more = settled.length > mostShown ? ` and ${settled.length - mostShown} more` : "";
  if (handled) return [`Handled: ${names}${more}.`];
  return [
    `Of ${counted(settled.length, "finding")} nothing is left to give back: ${names}${more}. They close when the gateway reports it. Where it never does, say so:`,
    `  ${command("findings", "handle", first, "--why", "given back by hand")}`,
  ];
};

const asJson = ({ deeds, broken, known, reported, notYet }: DonePlan, recorded: number, settled: readonly string[]) => ({
  refunds: deeds.map(({ line, name, refund: { amount, at, note } }) => ({
    line,
    payment: name,
    amount,
    at: isoTime(at),
    note: note ?? null,
  })),
  recorded,
  knownLines: known,
  reportedLines: reported,
  notYet,
  broken,
  settledFindings: settled,
});
