/** `holdfast clock`: the local stack's own clock, which a rehearsal moves on. */
import type { Millis } from "../../core/callback.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { readTime } from "../../core/formats/iso-time.ts";
import { at, numberAt, textAt } from "../../core/formats/json.ts";
import { connect, type Place } from "../connect/connect.ts";
import { readPage } from "../connect/local-http.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { startProgressBar } from "../terminal/progress-bar.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { momentText, spanText } from "../terminal/time-words.ts";

export type Asked = { readonly by: Millis } | { readonly to: Millis };

interface ClockState {
  readonly now: Millis;
  readonly aheadMs: number;
  readonly advancing: { readonly from: Millis; readonly to: Millis } | undefined;
  readonly failed: string | undefined;
}

export const clockShow = async (place: Place, terminal: Terminal): Promise<Exit> => {
  await print(terminal, await stateAt(await clockUrl(place)));
  return exit.ok;
};

/** Returns when the clock is there, and what fell due on the way has happened. Ended before, the stack goes on with it. */
export const clockAdvance = async (place: Place, terminal: Terminal, asked: Asked): Promise<Exit> => {
  const url = await clockUrl(place);
  let state = await order(url, asked);
  const { from, to } = state.advancing ?? { from: state.now, to: state.now };
  const bar = await startProgressBar(`To ${momentText(to)}`, Math.ceil((to - from) / 1_000), terminal.interactive);
  try {
    for (; state.advancing; state = await stateAt(url)) {
      bar.update(Math.floor((state.now - from) / 1_000));
      await new Promise((done) => setTimeout(done, lookEveryMs));
    }
  } finally {
    bar.stop();
  }
  if (state.failed !== undefined)
    throw new Failure(
      `The clock stopped at ${momentText(state.now)}, before ${momentText(to)}: ${state.failed}. Advance it again to go on.`,
    );
  await print(terminal, state);
  return exit.ok;
};

const lookEveryMs = 100;

const print = async (terminal: Terminal, { now, aheadMs }: ClockState): Promise<void> => {
  if (terminal.json) return printJson(terminal, { now: new Date(now).toISOString(), aheadSeconds: Math.round(aheadMs / 1_000) });
  await terminal.print(`${momentText(now)}\n`);
  // A second is lost on the way.
  if (Math.abs(aheadMs) > 2_000)
    terminal.say(`${spanText(Math.abs(aheadMs))} ${aheadMs < 0 ? "behind" : "ahead of"} this machine's clock.`);
};

const clockUrl = async (place: Place): Promise<string> => {
  if (!place.local) throw new Failure("Only the local stack has a clock of its own: add --local.", "usage");
  const { local } = await connect(place);
  return `${local?.url}/_local/clock`;
};

const order = async (url: string, asked: Asked): Promise<ClockState> => {
  const body = JSON.stringify("by" in asked ? asked : { to: new Date(asked.to).toISOString() });
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Failure(textAt(answer, "message") ?? `${url} answered ${response.status}`, "usage");
  return stateIn(answer);
};

const stateAt = async (url: string): Promise<ClockState> => {
  try {
    return stateIn(await readPage(url));
  } catch (error) {
    throw new Failure(
      `The local stack does not say what time it is (${errorMessage(error)}): restart it with \`npm start\`; its clock goes on from where it was.`,
    );
  }
};

const stateIn = (page: unknown): ClockState => {
  const moment = (...path: readonly string[]) => readTime(textAt(page, ...path) ?? "") ?? 0;
  return {
    now: moment("now"),
    aheadMs: numberAt(page, "aheadMs") ?? 0,
    advancing: at(page, "advancing") ? { from: moment("advancing", "from"), to: moment("advancing", "to") } : undefined,
    failed: textAt(page, "failed"),
  };
};
