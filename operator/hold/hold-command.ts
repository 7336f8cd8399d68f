/** `holdfast hold` and `resume`: what they do is in hold.ts; here are their arguments and messages. */

import { Failure } from "../../core/failure.ts";
import { nearest } from "../../core/problems/nearest.ts";
import type { Connection } from "../connect/connect.ts";
import { contractsFor, resolveContract } from "../query/resolve.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { holdContract, holdTarget, type Reason, resumeContract, resumeTarget } from "./hold.ts";

/** A target's name, or a contract as `SOURCE/ID`. Targets are looked up first: their names are chosen, ids are not. */
const isTarget = async ({ config, holds }: Connection, name: string): Promise<boolean> =>
  Object.hasOwn(config.targets, name) || (await holds.current(name)) !== undefined;

export const hold = async (connection: Connection, terminal: Terminal, name: string, reason: Reason): Promise<Exit> => {
  if (await isTarget(connection, name)) {
    const held = await holdTarget(connection, name, reason);
    if (terminal.json) await printJson(terminal, { held: "target", ...held });
    terminal.say(`The target ${name} is held. Callbacks are acknowledged and stored; deliveries stop within about three seconds.`);
    terminal.say(`To resume: ${connection.command("resume", name, "--rate", "20")}`);
    return exit.ok;
  }
  const contract = await contractToHold(connection, name);
  await holdContract(connection, contract, reason);
  if (terminal.json) await printJson(terminal, { held: "contract", ...contract, why: reason.why, by: reason.by });
  terminal.say(`The contract ${contract.source}/${contract.contract} is held; the others continue.`);
  terminal.say(`To resume: ${connection.command("resume", `${contract.source}/${contract.contract}`)}`);
  return exit.ok;
};

/** One that the ledger knows, or, named with its source, one that is yet to come. */
const contractToHold = async (connection: Connection, name: string) => {
  const isConfigured = (source: string) => Object.hasOwn(connection.config.sources, source);
  const [named] = contractsFor(connection.config, name).filter(({ source }) => isConfigured(source) && name.startsWith(`${source}/`));
  try {
    return named ?? (await resolveContract(connection, name));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const meant = nearest(name, Object.keys(connection.config.targets));
    const hint = meant === undefined ? "" : ` (did you mean ${meant}?)`;
    throw new Failure(`There is no target ${name}${hint}, and as a contract: ${error.message}`, "usage");
  }
};

export const resume = async (
  connection: Connection,
  terminal: Terminal,
  name: string,
  { ratePerSecond, ...reason }: Reason & { readonly ratePerSecond: number },
): Promise<Exit> => {
  if (await isTarget(connection, name)) {
    const waiting = await connection.open.count(`held ${name}`);
    const resumed = await resumeTarget(connection, name, { ...reason, ratePerSecond });
    if (terminal.json) await printJson(terminal, { ...resumed, waiting });
    if (resumed.kind === "not held") {
      terminal.say(`The target ${name} is not held.`);
      return exit.nothing;
    }
    terminal.say(
      `${waiting} waiting; within a minute they begin to be released, ${ratePerSecond} per second, in stored order per contract.`,
    );
    terminal.say(`To see progress: ${connection.command("status")}. To stop: ${connection.command("hold", name, "--why", "...")}`);
    return exit.ok;
  }
  const contract = await contractToHold(connection, name);
  const lifted = await resumeContract(connection, contract, reason);
  if (terminal.json) await printJson(terminal, { kind: lifted ? "resumed" : "not held", ...contract });
  terminal.say(
    lifted
      ? `The contract ${contract.source}/${contract.contract} resumes within a minute, in stored order.`
      : `The contract ${contract.source}/${contract.contract} is not held.`,
  );
  return lifted ? exit.ok : exit.nothing;
};
