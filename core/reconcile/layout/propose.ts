/**
 * A mapping for a file that nobody knows, by the names of its columns and the first lines: a proposal for an operator to read, with all that it cannot
 * know. What the file does not show is left out, and named; the mapping is refused until it is there.
 */
import { isSecretName } from "../../formats/mask.ts";
import { columnKey } from "../../mapping/layout.ts";
import { commaForm, plainForm, readNumber } from "../../values/number-text.ts";
import { wordKey } from "../word-key.ts";
import { formatsOf } from "./guess-format.ts";
import { type Column, contractFields, createNotes, moneyFields, parties } from "./proposed-fields.ts";
import type { Head } from "./recognise.ts";
import { contractWords, notTheAmount, type Role, roleWords } from "./vocabulary.ts";

export interface Proposal {
  /** To be written to a file, and completed. */
  readonly mapping: Readonly<Record<string, unknown>>;
  /** What the file does not say, as sentences. */
  readonly toTell: readonly string[];
  /** What was taken from names alone, and has to be read by somebody who knows the gateway. */
  readonly toCheck: readonly string[];
}

/** @returns undefined when no reading of the file has two columns */
export const propose = (heads: readonly Head[], name: string): Proposal | undefined => {
  const head = bestHead(heads);
  return head && proposalFor(head, name);
};

const filledRows = ({ rows }: Head): Head["rows"] => rows.filter((cells) => cells.some((cell) => cell.trim() !== ""));

/** The reading with the most columns, least damage, and lines of one length. */
const bestHead = (heads: readonly Head[]): Head | undefined => {
  const scored = heads.flatMap((head) => {
    const rows = filledRows(head);
    const [first = []] = rows;
    if (first.length < 2) return [];
    const text = rows.flat().join("");
    const damage =
      (text.match(/\uFFFD/g)?.length ?? 0) * 10 + (head.charset === "windows-1252" ? (text.match(/[^\x20-\x7E\s]/g)?.length ?? 0) : 0);
    const even = rows.filter((cells) => cells.length === first.length).length / rows.length;
    return [{ head, score: first.length * even - damage }];
  });
  return scored.sort((one, other) => other.score - one.score)[0]?.head;
};

const proposalFor = (head: Head, name: string): Proposal => {
  const rows = filledRows(head);
  const [first = [], ...rest] = rows;
  const titles = first.map((cell) => cell.trim());
  const hasHeader = titles.every((title) => title !== "" && readNumber(title, plainForm) === undefined && formatsOf([title]).length === 0);
  const names = hasHeader ? titles : titles.map((_, index) => `column ${index + 1}`);
  const lines = (hasHeader ? rest : rows).filter((cells) => cells.length === names.length);
  const columns = names.map((column, index): Column => {
    const values = lines.map((cells) => (cells[index] ?? "").trim()).filter((value) => value !== "");
    // Without names the days are seen by what they are; everything else would be a guess.
    const role = roleOf(column, values) ?? (!hasHeader && formatsOf(values).length > 0 ? "date" : undefined);
    return { name: column, values, ...(role && { role }) };
  });
  const of = (role: Role): readonly Column[] => columns.filter((column) => column.role === role);
  const isContracts =
    of("amount").length === 0
      ? of("contract").length + of("state").length > 0
      : of("contract").length > 0 &&
        of("state").some(({ values }) => values.length > 0 && values.every((value) => contractWords.has(wordKey(value))));
  const shape = {
    name,
    about: isContracts ? "contracts" : "money",
    ...(head.charset !== "utf-8" && { charset: head.charset }),
    ...(head.separator !== "," && { separator: head.separator }),
    ...(!hasHeader && { header: "none", columns: names }),
    ...parties(of),
    ...([...of("secret"), ...of("card")].length > 0 && { skip: [...of("secret"), ...of("card")].map((one) => one.name) }),
  };
  const notes = createNotes();
  if (!hasHeader) notes.check("The file has no header: its columns are numbered. Give them the names that the gateway's documents have.");
  const body = isContracts ? contractFields(of, notes) : moneyFields(of, notes);
  return { mapping: { ...shape, ...body }, ...notes.all() };
};

const roleOf = (name: string, values: readonly string[]): Role | undefined => {
  const key = columnKey(name);
  if (isSecretName(name)) return "secret";
  const role = roleWords.find(([, words]) => words.test(key))?.[0];
  if (role === "amount" || role === "refunded") {
    const isNumber = values.every((value) => readNumber(value, plainForm) !== undefined || readNumber(value, commaForm) !== undefined);
    return isNumber && !notTheAmount.test(key) ? role : undefined;
  }
  return role;
};
