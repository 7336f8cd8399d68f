/**
 * A condition: a state of the stack that an operator has to know of. One row says all about it, and `status`, `doctor`, the alarms
 * and the runbook read that row. The compiler does not let one lack its sentence, its next command or its runbook section.
 */
import type { Millis } from "../callback.ts";
import type { ResolvedConfig } from "../config/defaults.ts";
import { shellWord } from "../formats/shell-word.ts";
import type { AlarmRule } from "./alarm-rule.ts";
import type { Look, Looks, Part, Sight } from "./sight.ts";

/**
 * `page`: payment news is being lost, or does not reach the application, and waiting makes it worse. `ticket`: an operator has to act,
 * within the day. `notice`: nothing has to be done; `status` still exits with 0.
 */
export type Severity = "page" | "ticket" | "notice";

/** Where commands are typed. */
export interface Place {
  /** The deployment's name. */
  readonly name: string;
  /** The source or target that it is about, or a word in capitals that stands for it. */
  readonly about: string;
  /** The folder of the functions' logs, where the stack is on this machine and AWS has nothing of it. */
  readonly logs?: string;
  holdfast(...words: readonly string[]): string;
}

/** One case of a condition that holds. */
export interface Case {
  /** The source or target, where there can be several. */
  readonly about?: string;
  /** What is so, with its numbers: a sentence without its first capital and its stop. */
  readonly what: string;
  readonly since?: Millis;
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Around {
  readonly now: Millis;
  readonly config: ResolvedConfig;
}

export type Observed =
  | { readonly kind: "looked at"; readonly cases: readonly Case[] }
  | { readonly kind: "not looked at"; readonly part: Part; readonly why: string };

export type Observation =
  | { readonly kind: "in the tables and queues"; observe(looks: Looks, around: Around): Observed }
  /** Only CloudWatch counts it. */
  | { readonly kind: "by its alarm only" };

export interface Condition {
  readonly severity: Severity;
  /** What happened: one sentence. */
  readonly happened: string;
  /** What it means for money: one plain sentence. */
  readonly money: string;
  /** What to type next: one command or two. */
  readonly next: (place: Place) => readonly [string, ...string[]];
  readonly seen: Observation;
  readonly alarm: AlarmRule;
  /** What the runbook says besides the two sentences, each a paragraph; `NAME` stands for the deployment's name. */
  readonly runbook: {
    /** Follows `happened`. */
    readonly more: string;
    /** Follows `money`. */
    readonly stake: string;
    readonly lookAt: string;
    readonly fix: string;
    readonly resolvedWhen: string;
  };
}

/** A condition that can be seen in that part of the sight. */
export const seenIn = <P extends Part>(part: P, casesIn: (seen: Sight[P], around: Around) => readonly Case[]): Observation => ({
  kind: "in the tables and queues",
  observe(looks, around) {
    const look: Look<Sight[P]> = looks[part];
    return look.kind === "failed"
      ? { kind: "not looked at", part, why: look.why }
      : { kind: "looked at", cases: casesIn(look.seen, around) };
  },
});

export const byItsAlarmOnly: Observation = { kind: "by its alarm only" };

/** Most rows count something. */
export { counted } from "../formats/counted.ts";

/** The functions' own log, of the last quarter of an hour; on this machine the end of it. */
export const logOf = ({ name, logs }: Place, verb: string): string =>
  logs === undefined ? `aws logs tail /aws/lambda/${name}-${verb} --since 15m` : `tail -n 20 ${shellWord(`${logs}/${name}-${verb}.log`)}`;

/** What can be typed there: of AWS's own commands none where the stack is on this machine. */
export const nextIn = ({ next }: Condition, place: Place): readonly string[] =>
  next(place).filter((command) => place.logs === undefined || !command.startsWith("aws "));
