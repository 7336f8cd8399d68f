/** `holdfast try`: a genuine callback for a source, freshly signed - as a command to copy, or sent right away. */
import type { RawCallback } from "../../core/callback.ts";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { Failure } from "../../core/failure.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { sampleCallback } from "../../simulator/sample.ts";
import { describeAnswer, send } from "../../simulator/send.ts";
import { checkSource } from "../arguments/arguments.ts";
import type { Connection } from "../connect/connect.ts";
import { homeOf } from "../connect/stack-file.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { asCurl } from "./curl.ts";

interface TryOptions {
  readonly source: string;
  readonly send?: boolean;
  /** The front's base URL, without `/callbacks/...`; known for the local stack. */
  readonly url?: string;
  /** Confirms sending to a deployed stack. */
  readonly yes?: boolean;
}

export const tryOut = async (connection: Connection, terminal: Terminal, options: TryOptions): Promise<Exit> => {
  const { source } = options;
  checkSource(connection, source);
  const url = frontOf(connection, options);
  const known = await (await connection.secrets()).read(sourceSecretName(connection.config, source));
  const secrets = { [sourceSecretName(connection.config, source)]: { secrets: known.kind === "readable" ? known.secrets : [] } };
  const sample = sampleCallback({ config: connection.config, secrets, source, url, now: connection.clock() });
  if (sample.kind === "none") throw new Failure(`${sample.reason}.${known.kind === "unreadable" ? ` ${known.reason}.` : ""}`);
  if (options.send) return sendSample(connection, terminal, source, sample.raw);
  const curl = asCurl(sample.raw, {
    home: connection.local?.home ?? homeOf(process.cwd()),
    separator: terminal.json ? " " : " \\\n  ",
  });
  if (terminal.json) await printJson(terminal, { source, curl, validSeconds: sample.validSeconds ?? null });
  else await terminal.print(`${curl}\n`);
  if (sample.validSeconds !== undefined) terminal.say(`Valid for ${sample.validSeconds} seconds.`);
  if (!connection.local)
    terminal.say("This is signed with the deployed secret: once sent, it is recorded and delivered as a genuine payment.");
  return exit.ok;
};

const frontOf = (connection: Connection, { url, send, yes, source }: TryOptions): string => {
  if (connection.local) return connection.local.url;
  if (url === undefined)
    throw new Failure(
      `Name the base URL of ${connection.config.name} with --url https://... (the stack's output CallbacksUrl, up to /callbacks).`,
      "usage",
    );
  if (send && !yes)
    throw new Failure(
      `--send to a deployed stack delivers an invented payment of ${source} to the application: add --yes to confirm.`,
      "usage",
    );
  return url.replace(/\/(callbacks(\/.*)?)?$/, "");
};

const timeoutMs = 10_000;

const sendSample = async (connection: Connection, terminal: Terminal, source: string, raw: RawCallback): Promise<Exit> => {
  const answer = await send({ raw, deadlineMs: timeoutMs });
  if (answer.kind === "unanswered") throw new Failure(`${new URL(raw.url).origin} does not answer: ${answer.reason}.`);
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (terminal.json) await printJson(terminal, { source, status: answer.status, answer: answer.body.toString("utf8") });
  else await terminal.print(`${printableLine(describeAnswer(answer))}\n`);
  if (isSuccess) terminal.say(`To see it: ${connection.command("list", "--source", source, "--limit", "1")}`);
  return isSuccess ? exit.ok : exit.failed;
};
