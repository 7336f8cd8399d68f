/** A kept finding as it is read back: somebody may have altered it by hand, and one that cannot be read must not hide the others. */
import { at, listAt, numberAt, textAt } from "../../formats/json.ts";
import { findingClasses, type Names, severities } from "../finding.ts";
import { sentenceOf } from "../finding-text.ts";
import { findingStates, type StoredFinding } from "./stored.ts";

/** Undefined for what no version has written. */
export const readStored = (value: unknown): StoredFinding | undefined =>
  isFinding(at(value, "finding")) && isStanding(at(value, "standing")) && isKept(value) && isSayable(value as StoredFinding)
    ? (value as StoredFinding)
    : undefined;

const isOneOf = (known: readonly string[], word: string | undefined): boolean => word !== undefined && known.includes(word);

const isList = (value: unknown, isOne: (one: unknown) => boolean): boolean => Array.isArray(value) && value.every(isOne);

const isText = (value: unknown): boolean => typeof value === "string";

const isFinding = (finding: unknown): boolean =>
  textAt(finding, "id") !== undefined &&
  isOneOf(findingClasses, textAt(finding, "class")) &&
  textAt(finding, "cause", "class") === textAt(finding, "class") &&
  textAt(finding, "subject", "id") !== undefined &&
  isOneOf(severities, textAt(finding, "severity")) &&
  isList(at(finding, "money"), (one) => numberAt(one, "minor") !== undefined && textAt(one, "currency") !== undefined) &&
  isList(at(finding, "evidence"), (one) => isText(at(one, "record")) && isText(at(one, "type")) && numberAt(one, "at") !== undefined) &&
  nameKinds.every((kind) => isList(at(finding, "names", kind), isText)) &&
  (at(finding, "grace") === undefined || numberAt(finding, "grace", "until") !== undefined) &&
  numberAt(finding, "since") !== undefined &&
  numberAt(finding, "last") !== undefined;

const nameKinds = ["accounts", "contracts", "customers", "orders", "charges"] as const satisfies readonly (keyof Names)[];

/** What each state has besides. */
const fields: Readonly<Record<string, readonly string[]>> = { acknowledged: ["owner"], handled: ["by", "why"], dismissed: ["by", "why"] };

const isStanding = (standing: unknown): boolean => {
  const state = textAt(standing, "state");
  if (state === undefined || !isOneOf(findingStates, state)) return false;
  return (fields[state] ?? []).every((name) => isText(at(standing, name))) && (state === "open" || numberAt(standing, "at") !== undefined);
};

const isKept = (value: unknown): boolean =>
  numberAt(value, "raisedAt") !== undefined &&
  numberAt(value, "changedAt") !== undefined &&
  Array.isArray(at(value, "notes")) &&
  listAt(value, "notes").every((note) => isText(at(note, "by")) && isText(at(note, "text")) && numberAt(note, "at") !== undefined);

/** A cause has fields of its own, which its sentence needs. */
const isSayable = ({ finding }: StoredFinding): boolean => {
  try {
    return isText(sentenceOf(finding));
  } catch {
    return false;
  }
};
