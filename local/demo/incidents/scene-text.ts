/** A scene as rows for people: what each side says, what is found, what is settled. */
import type { Millis } from "../../../core/callback.ts";
import { placeOf } from "../../../core/findings/finding.ts";
import { remedyOf, sentenceOf } from "../../../core/findings/finding-text.ts";
import { isOpen, type StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import { type Cell, createTable } from "../../../operator/terminal/table.ts";
import type { Colours, Terminal } from "../../../operator/terminal/terminal.ts";
import type { Deed, Incident, Scene, Told } from "../../../simulator/incidents/incident.ts";
import { deedText, movesMoney, toldText } from "./words.ts";

/** What is known when a scene is over. */
export interface Outcome {
  readonly scene: Scene;
  /** What was kept before it, and what is now. */
  readonly before: readonly StoredFinding[];
  readonly after: readonly StoredFinding[];
  readonly waiting: number;
  /** How many the application accepted in it. */
  readonly delivered: number;
  /** By the ids of each. */
  readonly people: ReadonlyMap<string, string>;
}

/** Who they are of whom something will be found. */
export const castText = ({ people }: Pick<Incident, "people">, { dim }: Colours): string => {
  const widest = Math.max(...people.map(({ name }) => name.length));
  return people.map(({ name, about }) => `  ${name.padEnd(widest)}  ${dim(about)}`).join("\n");
};

export const peopleOf = ({ scenes }: Pick<Incident, "scenes">): Outcome["people"] =>
  new Map(scenes.flatMap(({ told }) => told.flatMap(({ ids, who }) => (who === undefined ? [] : ids.map((id) => [id, who] as const)))));

interface Row {
  readonly when: string;
  readonly side: string;
  readonly whom: string;
  readonly what: string;
  readonly money: string;
  readonly paint: (text: string) => string;
}

/** What was said stands last and is never cut: a terminal goes on in the next line. */
const columns = [{ title: "WHEN" }, { title: "SIDE" }, { title: "WHOM" }, { title: "MONEY", align: "right" }, { title: "WHAT" }] as const;

interface Page extends Pick<Terminal, "colours"> {
  /** What both sides knew before is only counted. */
  readonly isFirst: boolean;
}

export const sceneText = (outcome: Outcome, { colours, isFirst }: Page): string => {
  const { scene } = outcome;
  const title = colours.bold(`${isoTime(scene.at).slice(0, 10)}  ${scene.title}`);
  const rows = [
    ...scene.deeds.map((deed) => deedRow(deed, outcome, colours)),
    ...(isFirst ? [] : toldRows(scene)),
    ...findingRows(outcome, colours),
  ];
  const table =
    rows.length > 0
      ? createTable(columns, { width: undefined, colours: { ...colours, bold: colours.dim } })(rows.map(cellsOf)).trimEnd()
      : "";
  return [title, table, ...toDo(outcome), colours.dim(note(outcome, isFirst))].filter((part) => part !== "").join("\n");
};

const cellsOf = ({ when, side, whom, money, what, paint }: Row): readonly Cell[] =>
  [when, side, whom, money, what].map((text) => ({ text, paint }));

/** The year is in the title. */
const moment = (at: Millis): string => isoTime(at).slice(5, 16).replace("T", " ");

const plain = (text: string): string => text;

const deedRow = (deed: Deed, { scene, before, people }: Outcome, { cyan }: Colours): Row => {
  const about = "finding" in deed ? before.find(({ finding }) => finding.id === deed.finding) : undefined;
  const whom = about ? whoOf(about, people) : "";
  return { when: moment(scene.at), side: `operator ${deed.by}`, whom, what: deedText(deed), money: "", paint: cyan };
};

/** One row for a moment, however many callbacks report it; those of whom nothing is found are only counted. */
const toldRows = ({ told }: Scene): readonly Row[] => {
  const shown = told.filter(({ who }) => who !== undefined);
  const moments = Map.groupBy(shown, ({ at, source, what, who }) => JSON.stringify([at, source, what, who]));
  return [...moments.values()]
    .map(([one]) => toldRow(one as Told))
    .sort((one, other) => Number(one.when > other.when) - Number(one.when < other.when));
};

const toldRow = (told: Told): Row => ({
  when: moment(told.at),
  side: told.side === "gateway" ? `gateway ${told.source}` : "application",
  whom: told.who ?? "",
  what: toldText(told),
  money: told.amount && movesMoney(told) ? formatMoney(told.amount) : "",
  paint: plain,
});

const moneyText = ({ finding }: StoredFinding): string => finding.money.map(formatMoney).join(" + ");

/** What is open that was not, what has another sum at stake, and what is closed. */
const findingRows = (outcome: Outcome, { red, yellow, green }: Colours): readonly Row[] =>
  outcome.after.toSorted(bySince).flatMap((now): readonly Row[] => {
    const was = outcome.before.find(({ finding }) => finding.id === now.finding.id);
    const wasOpen = was !== undefined && isOpen(was);
    const place = placeOf(now.finding.cause);
    const row = { when: moment(now.changedAt), whom: whoOf(now, outcome.people), money: moneyText(now) };
    if (isOpen(now) && !wasOpen) return [{ ...row, side: "FINDING", what: `${place}: ${sentenceOf(now.finding)}`, paint: red }];
    if (isOpen(now) && was && moneyText(was) !== row.money)
      return [{ ...row, when: moment(outcome.scene.at), side: "FINDING", what: `${place}: ${sentenceOf(now.finding)}`, paint: yellow }];
    if (now.standing.state !== "closed" || !wasOpen) return [];
    return [{ ...row, side: "CLOSED", what: `${place}: its cause is gone`, money: "", paint: green }];
  });

/** What an operator does about what has come up, and the findings that it is for. */
const toDo = ({ before, after }: Outcome): readonly string[] => {
  const known = new Set(before.filter(isOpen).map(({ finding }) => finding.id));
  const fresh = after.filter((one) => isOpen(one) && !known.has(one.finding.id)).toSorted(bySince);
  return [...Map.groupBy(fresh, ({ finding }) => remedyOf(finding).advice)].map(
    ([advice, some]) => `  to do  ${advice.replace(/:$/, ".")} ${some.map(({ finding }) => finding.id).join(" ")}`,
  );
};

const bySince = ({ finding: one }: StoredFinding, { finding: other }: StoredFinding): number =>
  one.since - other.since || Number(one.id > other.id) - Number(one.id < other.id);

/** Whom it is about, by any of its ids. */
const whoOf = ({ finding: { subject, names } }: StoredFinding, people: Outcome["people"]): string => {
  const ids = [...names.accounts, ...names.customers, ...names.charges, subject.id];
  const who = ids.map((id) => people.get(id)).find((one) => one !== undefined);
  return who ?? "";
};

const note = ({ scene: { told }, waiting, delivered, after }: Outcome, isFirst: boolean): string => {
  const others = isFirst ? told : told.filter(({ who }) => who === undefined);
  const open = after.filter(isOpen).length;
  return [
    others.length > 0 && `${counted(others.length, "callback")}${isFirst ? "" : " of others"}`,
    delivered > 0 && `${delivered} delivered`,
    waiting > 0 && `${waiting} acknowledged and stored, waiting to be delivered`,
    open === 0 && "no finding is open",
  ]
    .filter(Boolean)
    .join("; ");
};
