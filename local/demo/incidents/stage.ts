/** What an incident is told to: a fresh local stack with the rehearsal's clock, a sender for each source, and an operator. */
import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { fileURLToPath } from "node:url";
import type { Millis } from "../../../core/callback.ts";
import { resourceNames } from "../../../core/config/resource-names.ts";
import { minuteMs, secondMs } from "../../../core/durations.ts";
import { Failure } from "../../../core/failure.ts";
import { isOpen, type StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { openStores, type Stores } from "../../../operator/connect/stores.ts";
import { decideFinding } from "../../../operator/findings/decide.ts";
import { holdTarget, resumeTarget } from "../../../operator/hold/hold.ts";
import { signCallback } from "../../../simulator/callbacks.ts";
import config from "../../../simulator/incidents/config.ts";
import type { Deed, Incident, Scene, Told } from "../../../simulator/incidents/incident.ts";
import { type Destination, deadlineMsOf, untilAcknowledged } from "../../../simulator/play.ts";
import { describeAnswer, isAnswer, send } from "../../../simulator/send.ts";
import type { Closing } from "../../closing.ts";
import { type LocalStack, startStack } from "../../stack.ts";
import { destinationOf, freshDirectory } from "../stage.ts";

export type IncidentStage = Awaited<ReturnType<typeof setIncidentStage>>;

const configFile = (): string => {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`../../../simulator/incidents/config.${extension}`, import.meta.url));
};

/** A stack's functions read again who is held every few seconds. */
const holdMs = 5 * secondMs;
/** The release runs once a minute, and lets go at its rate. */
const releaseMs = 3 * minuteMs;

/** A gateway sends again what was rejected: on a busy machine no store may answer in time. */
const waitsMs = [500, 1_000, 2_000, 4_000];

/** @param closing collects what has to be ended, also when this fails half-way. */
export const setIncidentStage = async ({ start, closing }: { readonly start: Millis; readonly closing: Closing }) => {
  const directory = freshDirectory(closing);
  const stack = await startStack({ directory, configFile: configFile(), port: 0, quiet: true, clock: start });
  closing.add(() => stack.stop());
  // As `--local` does: every client made from now on goes to the local stack.
  Object.assign(process.env, stack.environment);
  const { recordsTable, ledgerTable } = resourceNames(stack.config.name);
  const stores = openStores({ config: stack.config, recordsTable, ledgerTable, clock: stack.now });
  const destinations = new Map(Object.keys(config.sources).map((source) => [source, destinationOf(stack, directory, source)]));
  const agent = new Agent({ keepAlive: true });
  closing.add(() => agent.destroy());

  const tell = async (told: Told): Promise<void> => {
    const destination = destinations.get(told.source) as Destination;
    const { gateway, settings, source, url } = destination;
    const { secrets: _, ...known } = settings;
    const { last } = await untilAcknowledged(async () => {
      const raw = signCallback(gateway, told, settings, { source, url, now: stack.now() });
      const answer = await send({ raw, deadlineMs: deadlineMsOf(gateway), agent });
      return { answer, isAcknowledged: isAnswer(answer, gateway.acknowledge(raw, known)) };
    }, waitsMs);
    if (!last.isAcknowledged)
      throw new Failure(`A callback of ${source} was answered ${describeAnswer(last.answer)}: this machine is too busy for the demo.`);
  };

  return {
    stack,
    stores,
    /** Lets it be the scene's time, and all of it happen. */
    async play({ at, deeds, told }: Scene): Promise<void> {
      await advanceTo(stack, at);
      for (const deed of deeds) await decide(stores, deed);
      if (deeds.some(({ kind }) => kind === "hold")) await stack.advance(holdMs);
      for (const one of told) await tell(one);
      await stack.advance(deeds.some(({ kind }) => kind === "resume") ? releaseMs : secondMs);
    },

    /** All that is kept about the incident, and how its deliveries stand. */
    async look({ sources, accounts }: Pick<Incident, "sources" | "accounts">): Promise<Look> {
      const kept: StoredFinding[] = [];
      for (const kind of ["open", "settled"] as const) for await (const one of stores.findings.all(kind)) kept.push(one);
      const isOf = ({ finding: { subject, names } }: StoredFinding) =>
        subject.kind === "account"
          ? subject.id.startsWith(accounts)
          : sources.includes(subject.source) || names.accounts.some((one) => one.startsWith(accounts));
      const targets = new Set(sources.flatMap((source) => stack.config.sources[source]?.target ?? []));
      const held = await Promise.all([...targets].map((target) => stores.open.count(`held ${target}`)));
      return { kept: kept.filter(isOf), waiting: held.reduce((sum, count) => sum + count, 0), delivered: deliveredOf(stack, sources) };
    },
  };
};

export interface Look {
  /** Open and settled ones. */
  readonly kept: readonly StoredFinding[];
  /** Records that wait for a target that is held. */
  readonly waiting: number;
  /** Records that the application has accepted, in the order in which it did. */
  readonly delivered: readonly string[];
}

export const openOf = ({ kept }: Look): readonly StoredFinding[] => kept.filter(isOpen);

const advanceTo = async (stack: LocalStack, at: Millis): Promise<void> => {
  const left = at - stack.now();
  if (left > 0) await stack.advance(left);
};

const decide = async (stores: Stores, deed: Deed): Promise<void> => {
  if (deed.kind === "hold") return void (await holdTarget(stores, deed.target, deed));
  if (deed.kind === "resume") return void (await resumeTarget(stores, deed.target, { ...deed, why: "it is back" }));
  const { finding, ...event } = deed;
  await decideFinding(stores, finding, event);
};

const deliveredOf = ({ application: { log } }: LocalStack, sources: readonly string[]): readonly string[] => {
  const lines = log === undefined ? [] : readFileSync(log, "utf8").split("\n").filter(Boolean);
  return lines
    .map((line) => (JSON.parse(line) as { readonly record: string }).record)
    .filter((record) => sources.some((source) => record.startsWith(`${source}/`)));
};
