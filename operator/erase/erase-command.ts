/** `holdfast erase`: a person's data, after a plan. What must be kept for the books - amounts, times, numbers - is kept without the person. */
import { errorMessage, Failure } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import type { Person } from "../../io/ledger/erasure/reach.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { type ErasePlan, isNothing, makeErasePlan, nameInAudit } from "./plan.ts";
import { erasePlanJson, erasePlanText, personText } from "./plan-text.ts";
import { eraseRecord } from "./records.ts";

export interface EraseOptions {
  readonly account?: string | undefined;
  readonly source?: string | undefined;
  readonly customer?: string | undefined;
  /** Reads every record that has entered nothing into the ledger, too. */
  readonly search: boolean;
  /** Without it only the plan is shown, and at a terminal the operator is asked. */
  readonly yes: boolean;
  readonly by: string;
  /** Needed to erase, not to look. */
  readonly why?: string | undefined;
}

export const eraseCommand = async (connection: Connection, terminal: Terminal, options: EraseOptions): Promise<Exit> => {
  const person = personIn(options);
  const plan = await planFor(connection, person, options);
  const asText = () => terminal.print(erasePlanText(plan, connection, terminal));
  if (isNothing(plan)) {
    if (terminal.json) await printJson(terminal, { ...erasePlanJson(plan, connection), done: null });
    else if (plan.stays.erasedBefore > 0 || plan.leftOut.length > 0) await asText();
    return nothingLeft(plan, terminal);
  }
  if (!terminal.json) await asText();
  if (!(await isWanted(terminal, options, plan))) {
    if (terminal.json) await printJson(terminal, { ...erasePlanJson(plan, connection), done: null });
    terminal.say("Nothing was changed. Add --yes to erase it; it cannot be undone.");
    return exit.person;
  }
  const { by, why } = options;
  if (why === undefined)
    throw new Failure("Say why, for the audit trail: --why REASON. Do not name the person there; nothing was changed.", "usage");
  // First, and with a hash instead of the name: the trail outlives what is erased.
  await connection.audit.note({ at: connection.clock(), by, what: "erase", to: nameInAudit(person), why });
  const done = await carryOut(connection, terminal, plan);
  const left = await planFor(connection, person, options);
  if (terminal.json) await printJson(terminal, { ...erasePlanJson(plan, connection), done, left: left.counts });
  return sayDone(connection, terminal, { done, left, options });
};

const personIn = ({ account, source, customer }: EraseOptions): Person => {
  if (account !== undefined && source === undefined && customer === undefined) return { account };
  if (account === undefined && source !== undefined && customer !== undefined) return { source, customer };
  throw new Failure("Name the person: --account ACCOUNT, or the gateway's customer with --source SOURCE --customer CUSTOMER.", "usage");
};

const planFor = async (connection: Connection, person: Person, { search }: EraseOptions): Promise<ErasePlan> =>
  makeErasePlan(connection, await connection.gateways(), { person, everywhere: search });

const nothingLeft = ({ person, stays, leftOut }: ErasePlan, terminal: Terminal): Exit => {
  if (stays.erasedBefore > 0) terminal.say("All that is known of it was erased before.");
  else if (leftOut.length > 0)
    terminal.say("Nothing is this person's alone. Erase by --account, one after the other, or correct what the application says.");
  else
    terminal.say(
      `Nothing is known of ${personText(person)}. What entered nothing into the ledger (tests, what could not be parsed) is found with --search.`,
    );
  return stays.erasedBefore > 0 ? exit.ok : exit.nothing;
};

const isWanted = async (terminal: Terminal, { yes }: EraseOptions, { person }: ErasePlan): Promise<boolean> => {
  if (yes) return true;
  if (!terminal.interactive || terminal.json) return false;
  return /^\s*y(es)?\s*$/i.test(await terminal.ask(`Erase ${personText(person)}? It cannot be undone. [y/N] `));
};

interface Done {
  /** One that was found by the names in it is left: its progress may be erased already, so that only a search finds it again. */
  isLooseLeft: boolean;
  erased: number;
  items: number;
  overtaken: number;
  failed: number;
}

/** The records first: the ledger leads to them. Each is settled by itself, and what fails stops no other that it cannot be found without. */
const carryOut = async (connection: Connection, terminal: Terminal, { run, rename, records, rounds }: ErasePlan): Promise<Done> => {
  const done: Done = { isLooseLeft: false, erased: 0, items: 0, overtaken: 0, failed: 0 };
  const settle = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      done.failed++;
      terminal.say(`${what}: ${errorMessage(error)}`);
    }
  };
  const left = () => done.failed + done.overtaken;
  for (const found of records) {
    const before = left();
    await settle(found.key, async () => {
      const erased = await eraseRecord(run, found);
      if (erased === "erased") done.erased++;
      if (erased === "overtaken") done.overtaken++;
    });
    done.isLooseLeft ||= left() > before && !found.isEntered;
  }
  // Only by the names that the ledger has can it be found again.
  if (done.isLooseLeft) return done;
  for (const round of rounds) {
    const before = left();
    for (const item of round)
      await settle("an item of the ledger", async () => {
        const erased = await connection.erasure.eraseItem(item, rename);
        if (erased === "erased") done.items++;
        if (erased === "overtaken") done.overtaken++;
      });
    // What leads to one that is left has to name it until it is erased.
    if (left() > before) break;
  }
  return done;
};

const sayDone = (
  connection: Connection,
  terminal: Terminal,
  { done, left, options }: { readonly done: Done; readonly left: ErasePlan; readonly options: EraseOptions },
): Exit => {
  const again = connection.command(
    "erase",
    ...(options.account === undefined
      ? ["--source", options.source ?? "", "--customer", options.customer ?? ""]
      : ["--account", options.account]),
    ...(options.search || done.isLooseLeft ? ["--search"] : []),
    ...(options.why === undefined ? [] : ["--why", options.why]),
  );
  terminal.say(`${counted(done.erased, "callback")} erased, ${counted(done.items, "item")} of the ledger without names and texts.`);
  if (isNothing(left)) return exit.ok;
  terminal.say(`Not all of it is erased yet. What is left, and then to erase it: ${again}`);
  return done.failed > 0 ? exit.failed : exit.person;
};
