/** A typed record or contract as its full name: the source may be omitted, and an id may be pasted whole. */
import type { Config } from "../../core/config/config.ts";
import { Failure } from "../../core/failure.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import { ledgerId } from "../../core/ledger/ledger-id.ts";
import { isRecordKey, type RecordKey, recordKey, splitKey } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";

/** The records it may name: `source/id` literally, and the text as an id of each configured source. */
export const keysFor = (config: Config, typed: string): readonly RecordKey[] => {
  const whole = isRecordKey(typed) ? [wholeKey(typed)] : [];
  return [...new Set([...whole, ...Object.keys(config.sources).map((source) => recordKey(source, typed))])];
};

/** Ids that are long or not ASCII are kept under their hash; the gateway's own spelling leads there too. */
const wholeKey = (typed: RecordKey): RecordKey => {
  const { source, id } = splitKey(typed);
  return recordKey(source, id);
};

/** The one record that is meant. Throws a Failure when there is none, or more than one. */
export const resolveKey = async (connection: Pick<Connection, "config" | "records" | "open">, typed: string): Promise<RecordKey> => {
  const candidates = keysFor(connection.config, typed);
  const progress = await connection.open.of(candidates);
  const found = await Promise.all(candidates.map(async (key) => progress.has(key) || (await connection.records.read(key)).kind !== "none"));
  const keys = candidates.filter((_, index) => found[index]);
  const [key] = keys;
  if (!key)
    throw new Failure(
      `There is no record ${typed}: \`npx holdfast list\` shows what there is; records are kept for ${connection.config.retentionDays} days.`,
      "nothing found",
    );
  if (keys.length > 1) throw new Failure(`${keys.length} records have that id: ${keys.join(", ")}. Name one with its source.`, "usage");
  return key;
};

/** The contracts that may be meant by `SOURCE/ID` or `ID`; of a source that is given with --source, that one only. */
export const contractsFor = (config: Config, typed: string, source?: string): readonly ContractName[] => {
  const nameOf = (of: string, id: string): ContractName => ({ source: of, contract: ledgerId(id) });
  if (source !== undefined) return [nameOf(source, typed.startsWith(`${source}/`) ? typed.slice(source.length + 1) : typed)];
  const sources = Object.keys(config.sources);
  const named = sources.filter((one) => typed.startsWith(`${one}/`)).map((one) => nameOf(one, typed.slice(one.length + 1)));
  return [...named, ...sources.map((one) => nameOf(one, typed))];
};

/** The one contract that is meant: known to the ledger, or with a line. Throws a Failure when there is none, or more than one. */
export const resolveContract = async (
  connection: Pick<Connection, "config" | "ledger" | "line">,
  typed: string,
  source?: string,
): Promise<ContractName> => {
  const candidates = contractsFor(connection.config, typed, source);
  const found = await Promise.all(candidates.map((name) => exists(connection, name)));
  const names = candidates.filter((_, index) => found[index]);
  const [name] = names;
  if (!name)
    throw new Failure(
      `The ledger knows no contract ${typed}${source === undefined ? "" : ` of ${source}`}: \`npx holdfast show RECORD\` names the contracts of a record.`,
      "nothing found",
    );
  if (names.length > 1)
    throw new Failure(
      `${names.length} sources have a contract of that id: ${names.map((one) => `${one.source}/${one.contract}`).join(", ")}. Name one of them.`,
      "usage",
    );
  return name;
};

const exists = async ({ ledger, line }: Pick<Connection, "ledger" | "line">, name: ContractName): Promise<boolean> =>
  (await line(name, 1)).length > 0 ||
  (await ledger.contract(name.source, name.contract)) !== undefined ||
  // Only the application has said anything of it.
  (await ledger.related(name, { withPayments: false })).said.length > 0;
