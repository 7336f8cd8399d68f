/** `npm run demo -- --story NAME`: one incident on a fresh local stack, scene by scene, held against what has to be found. */
import type { Millis } from "../../../core/callback.ts";
import { hourMs } from "../../../core/durations.ts";
import { isOpen, type StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { findingAsJson } from "../../../operator/findings/finding-json.ts";
import type { Terminal } from "../../../operator/terminal/terminal.ts";
import { findingLine, type Incident, type Scene } from "../../../simulator/incidents/incident.ts";
import { type IncidentName, incidents } from "../../../simulator/incidents/index.ts";
import type { Closing } from "../../closing.ts";
import { castText, type Outcome, peopleOf, sceneText } from "./scene-text.ts";
import { type IncidentStage, setIncidentStage } from "./stage.ts";

/** When they begin: the first of a month, so that dates are easy to read. */
const start: Millis = Date.UTC(2025, 8, 1);

/** @returns whether exactly those findings were open that have to be, at the end of each scene */
export const showIncident = async (
  name: IncidentName,
  terminal: Terminal,
  { closing, seed }: { readonly closing: Closing; readonly seed: number },
): Promise<boolean> => {
  const { colours } = terminal;
  const write = (text: string) => (terminal.json ? terminal.say(text) : void terminal.print(`${text}\n`));
  const began = performance.now();
  const incident = incidents[name](start, `${name}/${seed}`);
  write(
    `${colours.bold(incident.name)}: ${incident.about}\n${castText(incident, colours)}\n${colours.dim("A fresh local stack, whose clock lives through the weeks:")}`,
  );
  const stage = await setIncidentStage({ start: start - hourMs, closing });
  const outcomes: Outcome[] = [];
  for await (const outcome of tell(stage, incident)) {
    write(`\n${sceneText(outcome, { colours, isFirst: outcomes.length === 0 })}`);
    outcomes.push(outcome);
  }
  const wrong = outcomes.flatMap(differences);
  const seconds = Math.round((performance.now() - began) / 1000);
  write(`\n${verdict(outcomes, wrong, seconds, terminal)}`);
  if (terminal.json) process.stdout.write(`${JSON.stringify(asJson(incident, outcomes, wrong))}\n`);
  return wrong.length === 0;
};

/** Scene by scene, as each is over. */
export async function* tell(stage: IncidentStage, incident: Incident): AsyncGenerator<Outcome> {
  let before: readonly StoredFinding[] = [];
  let delivered = 0;
  const people = peopleOf(incident);
  for (const scene of incident.scenes) {
    await stage.play(scene);
    const look = await stage.look(incident);
    yield { scene, before, after: look.kept, waiting: look.waiting, delivered: look.delivered.length - delivered, people };
    before = look.kept;
    delivered = look.delivered.length;
  }
}

const openLines = (kept: readonly StoredFinding[]): readonly string[] =>
  kept
    .filter(isOpen)
    .map(({ finding }) => findingLine(finding))
    .sort();

/** What is open and must not be, and what has to be and is not, as sentences. */
export const differences = ({ scene, after }: Pick<Outcome, "scene" | "after">): readonly string[] => {
  const open = openLines(after);
  return [
    ...open.filter((line) => !scene.open.includes(line)).map((line) => `${line} is open at "${scene.title}", and must not be`),
    ...scene.open.filter((line) => !open.includes(line)).map((line) => `${line} has to be open at "${scene.title}", and is not`),
  ];
};

const verdict = (outcomes: readonly Outcome[], wrong: readonly string[], seconds: number, { colours }: Terminal): string => {
  if (wrong.length > 0) return colours.red([...wrong, `Told in ${seconds} s.`].join("\n"));
  const callbacks = outcomes.reduce((sum, { scene }) => sum + scene.told.length, 0);
  const found = new Set(outcomes.flatMap(({ after }) => after.filter(isOpen).map(({ finding }) => finding.id)));
  const settled = (outcomes.at(-1)?.after ?? []).filter(({ finding }) => found.has(finding.id));
  const closed = settled.filter(({ standing }) => standing.state === "closed").length;
  return colours.green(
    `${counted(callbacks, "callback")}; ${counted(found.size, "finding")}, each at its time and none besides: ` +
      `${closed} closed by what was done, ${found.size - closed} settled by an operator. Told in ${seconds} s.`,
  );
};

const asJson = ({ name, about }: Incident, outcomes: readonly Outcome[], wrong: readonly string[]) => ({
  story: name,
  about,
  scenes: outcomes.map(({ scene, before, after, waiting, delivered }) => sceneAsJson(scene, before, after, { waiting, delivered })),
  differences: wrong,
});

const sceneAsJson = (
  { at, title, told, deeds }: Scene,
  before: readonly StoredFinding[],
  after: readonly StoredFinding[],
  counts: object,
) => {
  const wasOpen = new Set(before.filter(isOpen).map(({ finding }) => finding.id));
  return {
    at: isoTime(at),
    title,
    callbacks: told.length,
    ...counts,
    deeds,
    open: after.filter(isOpen).map((one) => findingAsJson(one, { command: (...words) => ["npx", "holdfast", ...words].join(" ") })),
    settled: after
      .filter((one) => !isOpen(one) && wasOpen.has(one.finding.id))
      .map(({ finding, standing }) => ({ id: finding.id, state: standing.state })),
  };
};
