/** `holdfast hold`, `resume` and `discard`: what they do is in hold.ts and discard.ts; here is what they are told and say. */
import { nearest } from "../../core/config/nearest.ts";
import { Failure, messageOf } from "../../core/failure.ts";
import { shellWord } from "../../core/formats/shell-word.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { printJson, type Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { contractsFor, resolveContract, resolveKey } from "../query/resolve.ts";
import { discardRecord } from "./discard.ts";
import { holdContract, holdTarget, type Reason, resumeContract, resumeTarget } from "./hold.ts";

/** A target's name, or a contract as `SOURCE/ID`. A target goes first: names are chosen, ids are not. */
const isTarget = ({ config }: Connection, name: string): boolean => Object.hasOwn(config.targets, name);

export const hold = async (at: Connection, terminal: Terminal, name: string, reason: Reason): Promise<Exit> => {
  if (isTarget(at, name)) {
    const held = await holdTarget(at, name, reason);
    if (terminal.json) await printJson(terminal, { held: "target", ...held });
    terminal.say(`The target ${name} is held. Callbacks are acknowledged and stored; nothing is delivered from about three seconds on.`);
    terminal.say(`To let go: ${at.command("resume", name, "--rate", "20")}`);
    return exit.ok;
  }
  const contract = await contractToHold(at, name);
  await holdContract(at, contract, reason);
  if (terminal.json) await printJson(terminal, { held: "contract", ...contract, why: reason.why, by: reason.by });
  terminal.say(`The contract ${contract.source}/${contract.contract} is held; the others go on.`);
  terminal.say(`To let go: ${at.command("resume", `${contract.source}/${contract.contract}`)}`);
  return exit.ok;
};

/** One that the ledger knows, or, named with its source, one that has yet to come. */
const contractToHold = async (at: Connection, name: string) => {
  const [named] = contractsFor(at.config, name).filter(({ source }) => name.startsWith(`${source}/`));
  try {
    return named ?? (await resolveContract(at, name));
  } catch (error) {
    const targets = Object.keys(at.config.targets);
    const meant = nearest(name, targets);
    throw new Failure(
      `There is no target ${name}${meant === undefined ? "" : ` (did you mean ${meant}?)`}, and as a contract: ${messageOf(error)}`,
      "usage",
    );
  }
};

export const resume = async (
  at: Connection,
  terminal: Terminal,
  name: string,
  { ratePerSecond, ...reason }: Reason & { readonly ratePerSecond: number },
): Promise<Exit> => {
  if (isTarget(at, name)) {
    const waiting = await at.open.count(`held ${name}`);
    const resumed = await resumeTarget(at, name, { ...reason, ratePerSecond });
    if (terminal.json) await printJson(terminal, { ...resumed, waiting });
    if (resumed.kind === "not held") {
      terminal.say(`The target ${name} is not held.`);
      return exit.nothing;
    }
    terminal.say(`${waiting} wait; the sweep lets go ${ratePerSecond} a second, in stored order per contract, from its next minute on.`);
    terminal.say(`To see how far it is: ${at.command("status")}. To stop: ${at.command("hold", name, "--why", "...")}`);
    return exit.ok;
  }
  const contract = await contractToHold(at, name);
  const lifted = await resumeContract(at, contract, reason);
  if (terminal.json) await printJson(terminal, { kind: lifted ? "resumed" : "not held", ...contract });
  terminal.say(
    lifted
      ? `The contract ${contract.source}/${contract.contract} goes on within a minute, in stored order.`
      : `The contract ${contract.source}/${contract.contract} is not held.`,
  );
  return lifted ? exit.ok : exit.nothing;
};

export const discard = async (at: Connection, terminal: Terminal, typed: string, reason: Reason): Promise<Exit> => {
  const key = await resolveKey(at, typed);
  const discarded = await discardRecord(at, key, reason);
  if (terminal.json) await printJson(terminal, { key, ...discarded });
  switch (discarded.kind) {
    case "discarded":
      terminal.say(`${key} is never delivered now. Its bytes and its events in the ledger stay.`);
      if (discarded.followersWait) terminal.say("Those that waited behind it go on within a minute, in stored order.");
      return exit.ok;
    case "settled before":
      terminal.say(`${key} was ${discarded.state} before; nothing was changed.`);
      return exit.nothing;
    case "busy":
      throw new Failure(
        `${key} is under way at this moment, and nothing was changed: look again with \`npx holdfast show ${shellWord(key)}\`.`,
      );
    case "not found":
      throw new Failure(`${key} has just been stored and nothing has happened to it yet: try again in a minute.`, "nothing found");
    default:
      return discarded satisfies never;
  }
};
