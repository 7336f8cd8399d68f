/**
 * A typed record or contract as its full name: the source may be omitted, an id may be pasted whole, and an order or payment number
 * leads to both.
 */
import type { Config } from "../../core/config/config.ts";
import { Failure } from "../../core/failure.ts";
import { shellCommand } from "../../core/formats/shell-word.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import { ledgerId } from "../../core/ledger-id.ts";
import { hashedKey, isRecordKey, type RecordKey, recordKey, splitKey } from "../../core/record.ts";
import type { Connection } from "../connect/connect.ts";

/**
 * The records it may name: `source/id` literally, and the text as an id of each configured source.
 * @param keyOf of an id as its gateway spells it: some are kept under their hash
 */
export const keysFor = (config: Config, typed: string, keyOf: typeof recordKey = recordKey): readonly RecordKey[] => {
  const { source, id } = splitKey(typed as RecordKey);
  const whole = isRecordKey(typed) ? [keyOf(source, id)] : [];
  return [...new Set([...whole, ...Object.keys(config.sources).map((one) => keyOf(one, typed))])];
};

type Named = Pick<Connection, "config" | "records" | "open" | "ledger" | "line">;

/** The one record that is meant: by its key, or by a contract, payment or order that no other is about. Throws a Failure when there is none, or more than one. */
export const resolveKey = async (connection: Named, typed: string): Promise<RecordKey> => {
  const spelled = await known(connection, keysFor(connection.config, typed));
  const keys = spelled.length > 0 ? spelled : await known(connection, keysFor(connection.config, typed, hashedKey));
  const [key] = keys.length > 0 ? keys : await recordsAbout(connection, typed);
  if (!key)
    throw new Failure(
      `There is no record ${typed}: \`npx holdfast list\` shows what there is; records are kept for ${connection.config.retentionDays} days.`,
      "nothing found",
    );
  if (keys.length > 1) throw new Failure(`${keys.length} records have that id: ${keys.join(", ")}. Name one with its source.`, "usage");
  return key;
};

const known = async ({ open, records }: Named, candidates: readonly RecordKey[]): Promise<readonly RecordKey[]> => {
  const progress = await open.of(candidates);
  const found = await Promise.all(candidates.map(async (key) => progress.has(key) || (await records.read(key)).kind !== "none"));
  return candidates.filter((_, index) => found[index]);
};

/** None, or the only one. */
const recordsAbout = async (connection: Named, typed: string): Promise<readonly RecordKey[]> => {
  const names = await contractsNamed(connection, contractsFor(connection.config, typed));
  const lines = await Promise.all(names.map(({ source, contract }) => connection.ledger.contract(source, contract)));
  const records = [...new Set(lines.flatMap((one) => one?.entries.map(({ record }) => record) ?? []))];
  if (records.length > 1) {
    const lists = names.map(
      ({ source, contract }) => `\`${shellCommand(["npx", "holdfast", "list", "--contract", `${source}/${contract}`])}\``,
    );
    throw new Failure(`${records.length} records are about ${typed}: name one by its key, from ${lists.join(" and ")}.`, "usage");
  }
  return records;
};

/**
 * The contracts that may be meant by `SOURCE/ID` or `ID`, also of a source that is not configured any more; of one that is given with --source, that
 * one only.
 */
export const contractsFor = (config: Config, typed: string, source?: string): readonly ContractName[] => {
  const nameOf = (of: string, id: string): ContractName => ({ source: of, contract: ledgerId(id) });
  if (source !== undefined) return [nameOf(source, typed.startsWith(`${source}/`) ? typed.slice(source.length + 1) : typed)];
  const sources = Object.keys(config.sources);
  const named = sources.filter((one) => typed.startsWith(`${one}/`)).map((one) => nameOf(one, typed.slice(one.length + 1)));
  const { source: former, id } = splitKey(typed as RecordKey);
  const ofFormer = isRecordKey(typed) && !sources.includes(former) ? [nameOf(former, id)] : [];
  return [...named, ...sources.map((one) => nameOf(one, typed)), ...ofFormer];
};

/** The one contract that is meant: known to the ledger, or with a line; or the one that an order leads to. Throws a Failure when there is none, or more than one. */
export const resolveContract = async (
  connection: Pick<Connection, "config" | "ledger" | "line">,
  typed: string,
  source?: string,
): Promise<ContractName> => {
  const names = await contractsNamed(connection, contractsFor(connection.config, typed, source));
  const [name] = names;
  if (!name)
    throw new Failure(
      `The ledger knows no contract ${typed}${source === undefined ? "" : ` of ${source}`}: \`npx holdfast show RECORD\` names the contracts of a record.`,
      "nothing found",
    );
  if (names.length > 1)
    throw new Failure(
      `${names.length} contracts or payments have that id: ${names.map((one) => `${one.source}/${one.contract}`).join(", ")}. Name one of them.`,
      "usage",
    );
  return name;
};

/** Those that have one of these ids; else those that one of them is the order of. */
const contractsNamed = async (
  connection: Pick<Connection, "ledger" | "line">,
  candidates: readonly ContractName[],
): Promise<readonly ContractName[]> => {
  const found = await Promise.all(candidates.map((name) => exists(connection, name)));
  if (found.includes(true)) return candidates.filter((_, index) => found[index]);
  const ordered = candidates.map(async ({ source, contract: order }) =>
    (await connection.ledger.ofOrder(source, order)).map((contract) => ({ source, contract })),
  );
  return (await Promise.all(ordered)).flat();
};

const exists = async ({ ledger, line }: Pick<Connection, "ledger" | "line">, name: ContractName): Promise<boolean> =>
  (await line(name, 1)).length > 0 ||
  (await ledger.contract(name.source, name.contract)) !== undefined ||
  // Only application events name it.
  (await ledger.related(name, { withPayments: false })).applicationEvents.length > 0;
