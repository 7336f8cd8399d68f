/** `holdfast charges --between`: who was charged in a period, per currency, gross and net. Streams, so that a table may be of any size. */

import type { Millis } from "../../core/callback.ts";
import { createTakenSums, type Interval, type Taken, takenIn } from "../../core/charges/taken.ts";
import { dayMs, minuteMs } from "../../core/durations.ts";
import { counted } from "../../core/formats/counted.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { localTimeText } from "../../core/formats/local-time.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { Zone } from "../../core/formats/zone.ts";
import { ledgerId } from "../../core/ledger-id.ts";
import type { Connection } from "../connect/connect.ts";
import { printCsv } from "../terminal/csv.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type Reading, readingOf, readText, recordedLines } from "./recorded-lines.ts";

export interface ChargesOptions extends Interval {
  readonly source?: string | undefined;
  /** Rows shown to people; sums are of all. */
  readonly limit: number;
  /** Records that were received later than so long after the period are not looked at. Absent: all are. */
  readonly toldWithin?: Millis | undefined;
}

/** A gateway's clock may be ahead: what it says of tomorrow was stored today. */
const aheadMs = dayMs;
const soonMs = 5 * minuteMs;

export const charges = async (connection: Connection, terminal: Terminal, options: ChargesOptions): Promise<Exit> => {
  const { from, to, toldWithin } = options;
  const { zone } = connection.config;
  const latest = connection.clock() + soonMs;
  // What has not happened yet can have been stored at any time before.
  const stored = {
    from: to > latest + aheadMs ? 0 : from - aheadMs,
    to: toldWithin === undefined ? latest : Math.min(latest, to + toldWithin),
  };
  const reading = readingOf(connection, stored);
  const sums = createTakenSums();
  const found = chargesIn(connection, options, reading);
  const out = terminal.csv ? csv(terminal, zone) : terminal.json ? json(terminal, options, zone) : table(terminal, options.limit, zone);
  let count = 0;
  for await (const taken of found) {
    sums.add(taken);
    await out.add(taken);
    count++;
  }
  await out.end(sums, reading);
  for (const line of summary(options, count, sums, { reading, zone })) terminal.say(line);
  return count === 0 ? exit.nothing : exit.ok;
};

/** Each payment once, though it may stand in the lines of two contracts, or in those of several of its ids. */
async function* chargesIn(connection: Connection, { from, to, source }: ChargesOptions, reading: Reading): AsyncGenerator<Taken> {
  const seen = new Set<string>();
  const isWanted = (types: readonly string[]) => types.includes("charge.succeeded");
  for await (const line of recordedLines(connection, { from: reading.from, to: reading.to, source, isWanted }, reading)) {
    const contracts = new Set(line.entries.flatMap(({ event }) => (event.contract === undefined ? [] : [ledgerId(event.contract)])));
    for (const taken of takenIn(line, { from, to })) {
      const name = `${taken.source}/${taken.id}`;
      if (contracts.size !== 1 && seen.has(name)) continue;
      if (contracts.size !== 1) seen.add(name);
      yield taken;
    }
  }
}

interface Output {
  add(taken: Taken): Promise<void>;
  end(sums: ReturnType<typeof createTakenSums>, reading: Reading): Promise<void>;
}

const columns = [
  { title: "WHEN" },
  { title: "CONTRACT", cut: "middle", least: 12 },
  { title: "PAYMENT", cut: "middle", least: 12 },
  { title: "GROSS", align: "right" },
  { title: "NET", align: "right" },
  { title: "STATE" },
  { title: "ACCOUNT", cut: "middle", isSpare: true },
  { title: "CUSTOMER", cut: "middle", isSpare: true },
  { title: "ORDER", cut: "middle", isSpare: true },
] as const;

/** The first of them by their time; the others are only added up. */
const table = (terminal: Terminal, limit: number, zone: Zone): Output => {
  let first: Taken[] = [];
  let count = 0;
  const trim = () => {
    first = first.sort((one, other) => one.at - other.at || Number(one.id > other.id) - Number(one.id < other.id)).slice(0, limit);
  };
  return {
    async add(taken) {
      first.push(taken);
      count++;
      if (first.length >= 2 * limit) trim();
    },
    async end() {
      trim();
      if (first.length > 0) await terminal.print(createTable(columns, terminal)(first.map((taken) => row(taken, zone))));
      if (count > first.length) terminal.say(`... and ${count - first.length} more; --limit ${count} shows them all`);
    },
  };
};

const row = ({ at, source, contract, id, money, state, accounts, customer, order }: Taken, zone: Zone): readonly string[] => [
  localTimeText(at, zone),
  contract === undefined ? `${source} (single)` : `${source}/${contract}`,
  id,
  money ? formatMoney({ minor: money.gross, currency: money.currency }) : "?",
  money ? formatMoney({ minor: money.net, currency: money.currency }) : "?",
  state,
  accounts.join(" "),
  customer ?? "",
  order ?? "",
];

/** In the order in which their contracts are come upon. */
const csv = (terminal: Terminal, zone: Zone): Output => {
  const head = ["at", `at ${zone}`, "source", "contract", "payment", "order", "customer", "accounts", "state", "currency", "gross", "net"];
  const rows = printCsv(terminal, head);
  return {
    add: ({ at, source, contract = "", id, order = "", customer = "", accounts, state, money }) =>
      rows.add([
        isoTime(at),
        localTimeText(at, zone),
        source,
        contract,
        id,
        order,
        customer,
        accounts.join(" "),
        state,
        money?.currency ?? "",
        money?.gross ?? "",
        money?.net ?? "",
      ]),
    end: rows.end,
  };
};

/** One object, written as it is read. */
const json = (terminal: Terminal, { from, to }: Interval, zone: Zone): Output => {
  let count = 0;
  const head = { from: isoTime(from), to: isoTime(to), zone };
  return {
    add: (taken) =>
      terminal.print(
        `${count++ === 0 ? `${JSON.stringify(head).slice(0, -1)},"charges":[` : ","}\n${JSON.stringify({ ...taken, at: isoTime(taken.at) })}`,
      ),
    async end(sums, reading) {
      const tail = {
        sums: sums.all(),
        amountUnknown: sums.unknown(),
        read: { ...reading, from: isoTime(reading.from), to: isoTime(reading.to) },
      };
      const start = count === 0 ? `${JSON.stringify(head).slice(0, -1)},"charges":[` : "\n";
      await terminal.print(`${start}],${JSON.stringify(tail).slice(1)}\n`);
    },
  };
};

const summary = (
  { from, to, toldWithin }: ChargesOptions,
  count: number,
  sums: ReturnType<typeof createTakenSums>,
  { reading, zone }: { readonly reading: Reading; readonly zone: Zone },
): readonly string[] => {
  const when = `from ${localTimeText(from, zone)} to ${localTimeText(to, zone)} (${zone}; that moment is not in it)`;
  const money = (minor: number, currency: string) => formatMoney({ minor, currency });
  const unknown = sums.unknown();
  return [
    `${count === 0 ? "Nobody was charged" : counted(count, "charge")} ${when}.`,
    ...sums
      .all()
      .map(
        ({ currency, charges: some, gross, net }) =>
          `${currency}: ${counted(some, "charge")}, ${money(gross, currency)} gross, ${money(net, currency)} net as of now.`,
      ),
    ...(unknown > 0 ? [`${counted(unknown, "charge")} of an amount that nobody has said.`] : []),
    ...readText(reading, zone),
    ...(toldWithin === undefined
      ? []
      : [`What was received after ${localTimeText(reading.to, zone)} was not looked at: charges reported later may be missing.`]),
  ];
};
