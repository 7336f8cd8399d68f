/** `holdfast import application`: who is entitled, from a list. A plan first; each line is said as the application would say it, under an id of its content. */

import { timeProblem } from "../../core/application/read-message.ts";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import { nearest } from "../../core/problems/nearest.ts";
import type { ApplicationClient } from "../../io/application/client.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { startProgressBar } from "../terminal/progress-bar.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { type NumberedRow, readRows } from "./read-rows.ts";

interface ImportOrder {
  readonly file: string;
  readonly yes: boolean;
  /** The source of the gateway `app`; needed where there are several. */
  readonly source?: string | undefined;
  /** The front's base URL; known for the local stack. */
  readonly url?: string | undefined;
}

export type ClientFor = (options: { readonly url: string; readonly secret: string }) => ApplicationClient;

/** Said at a time. The front takes thousands a second, and the ledger is not in a hurry. */
const together = 16;
const mostShown = 20;

interface Plan {
  readonly grants: number;
  readonly accounts: number;
  readonly bySource: ReadonlyMap<string, number>;
  /** The first of them, with their sentences. */
  readonly broken: readonly { readonly line: number; readonly problems: readonly string[] }[];
  readonly brokenLines: number;
}

export const importApplication = async (
  connection: Connection,
  terminal: Terminal,
  order: ImportOrder,
  clientFor: ClientFor,
): Promise<Exit> => {
  const source = applicationSource(connection, order.source);
  const checked = (row: NumberedRow): NumberedRow => begun(connection, knownSource(connection, row));
  const plan = await planOf(order.file, checked);
  const end = plan.brokenLines > 0 ? exit.person : exit.ok;
  if (!order.yes || plan.grants === 0) {
    if (terminal.json) await printJson(terminal, asJson(plan, 0));
    else await terminal.print(planText(plan));
    if (plan.grants > 0) terminal.say("Nothing was imported. To import what is good, add --yes.");
    return plan.grants === 0 ? exit.nothing : end;
  }
  if (!terminal.json) await terminal.print(planText(plan));
  const client = clientFor({ url: `${frontOf(connection, order.url)}/callbacks/${source}`, secret: await secretOf(connection, source) });
  const said = await sayAll(terminal, order.file, { client, checked, total: plan.grants });
  if (terminal.json) await printJson(terminal, asJson(plan, said));
  terminal.say(
    said < plan.grants
      ? `Interrupted after ${said} of ${plan.grants}. The same command goes on: what was said already changes nothing.`
      : `${counted(said, "grant")} said. They are in the ledger within seconds: ${connection.command("account", "ACCOUNT")}`,
  );
  return said < plan.grants ? exit.failed : end;
};

const planOf = async (file: string, checked: (row: NumberedRow) => NumberedRow): Promise<Plan> => {
  const bySource = new Map<string, number>();
  const accounts = new Set<string>();
  const broken: { line: number; problems: readonly string[] }[] = [];
  let [grants, brokenLines] = [0, 0];
  for await (const read of readRows(file)) {
    const row = checked(read);
    if (row.kind === "problems") {
      brokenLines++;
      if (broken.length < mostShown) broken.push({ line: row.line, problems: row.problems });
      continue;
    }
    grants++;
    accounts.add(row.message.data.account);
    bySource.set(row.message.data.source, (bySource.get(row.message.data.source) ?? 0) + 1);
  }
  return { grants, accounts: accounts.size, bySource, broken, brokenLines };
};

/** @returns how many lines were said; fewer than there are when it was interrupted */
const sayAll = async (
  terminal: Terminal,
  file: string,
  {
    client,
    checked,
    total,
  }: { readonly client: ApplicationClient; readonly checked: (row: NumberedRow) => NumberedRow; readonly total: number },
): Promise<number> => {
  const bar = await startProgressBar("Importing", total, terminal.interactive && !terminal.json);
  let [said, isOver] = [0, false];
  const restore = terminal.onInterrupt(() => {
    isOver = true;
  });
  const say = async (rows: readonly NumberedRow[]): Promise<void> => {
    await Promise.all(
      rows.map(async (row) => {
        if (row.kind !== "row") return;
        const { type, timestamp, data } = row.message;
        await client.send(type, data, { at: timestamp }).catch((error: unknown) => {
          throw new Failure(
            `Line ${row.line}, after ${said} of ${total}: ${errorMessage(error)} The same command goes on: what was said already changes nothing.`,
          );
        });
        said++;
      }),
    );
    bar.update(said);
  };
  try {
    let rows: NumberedRow[] = [];
    for await (const row of readRows(file)) {
      if (isOver) return said;
      rows.push(checked(row));
      if (rows.length < together) continue;
      await say(rows);
      rows = [];
    }
    await say(rows);
    return said;
  } finally {
    restore();
    bar.stop();
  }
};

/** A grant at a source that nobody knows would be a dead letter. */
const knownSource = ({ config }: Connection, row: NumberedRow): NumberedRow => {
  if (row.kind !== "row" || Object.hasOwn(config.sources, row.message.data.source)) return row;
  const { source } = row.message.data;
  const meant = nearest(source, Object.keys(config.sources));
  const guess = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return { line: row.line, kind: "problems", problems: [`source = "${source}": the configuration has no such source${guess}`] };
};

/** So would what has not begun, or began in 1970. */
const begun = ({ clock }: Connection, row: NumberedRow): NumberedRow => {
  const problem = row.kind === "row" && timeProblem("since", Date.parse(row.message.timestamp), clock());
  return problem ? { line: row.line, kind: "problems", problems: [problem] } : row;
};

const applicationSource = ({ config }: Connection, named: string | undefined): string => {
  const known = Object.entries(config.sources).flatMap(([name, { gateway }]) => (gateway === "app" ? [name] : []));
  if (named !== undefined && known.includes(named)) return named;
  const [only, ...more] = known;
  if (only === undefined)
    throw new Failure(
      'No source is the application\'s: add one to the configuration, `"our-site": { gateway: "app" }`, and deploy.',
      "usage",
    );
  if (named !== undefined || more.length > 0)
    throw new Failure(`Name the source that is the application's with --source: ${known.join(", ")}.`, "usage");
  return only;
};

const frontOf = ({ local, config }: Connection, url: string | undefined): string => {
  if (local) return local.url;
  if (url === undefined)
    throw new Failure(
      `Name the base URL of ${config.name} with --url https://... (the stack's output CallbacksUrl, up to /callbacks).`,
      "usage",
    );
  return url.replace(/\/(callbacks(\/.*)?)?$/, "");
};

const secretOf = async (connection: Connection, source: string): Promise<string> => {
  const known = await (await connection.secrets()).read(sourceSecretName(connection.config, source));
  const [secret] = known.kind === "readable" ? known.secrets : [];
  if (secret === undefined)
    throw new Failure(`${known.kind === "unreadable" ? known.reason : `the secret of ${source} is empty`}: nothing was imported.`);
  return secret;
};

const planText = ({ grants, accounts, bySource, broken, brokenLines }: Plan): string => {
  const sources = [...bySource].map(([source, count]) => `  ${source}: ${counted(count, "grant")}\n`).join("");
  const lines = broken.map(({ line, problems }) => `  line ${line}: ${problems.join("; ")}\n`).join("");
  const more = brokenLines > broken.length ? `  ... and ${brokenLines - broken.length} more\n` : "";
  return [
    `${counted(grants, "grant")} of ${counted(accounts, "account")}\n${sources}`,
    brokenLines > 0 ? `${counted(brokenLines, "broken line")}, in nothing:\n${lines}${more}` : "",
  ].join("");
};

const asJson = ({ grants, accounts, bySource, broken, brokenLines }: Plan, said: number) => ({
  grants,
  accounts,
  bySource: Object.fromEntries(bySource),
  brokenLines,
  broken,
  said,
});
