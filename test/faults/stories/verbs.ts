/** What stories written by hand are told with. */
import type { ResolvedTarget } from "../../../core/config/defaults.ts";
import { orders } from "../aws/call.ts";
import type { Accident } from "../run/accidents.ts";
import { consumeAll, recoverAll, relayAll } from "../run/healing.ts";
import { type Jobs, partnerBus, recordOf } from "../run/jobs.ts";
import type { Simulation } from "../run/simulation.ts";
import type { Callback } from "../sent/callbacks.ts";

export interface Setting {
  readonly simulation: Simulation;
  readonly jobs: Jobs;
}

export const send = async ({ jobs }: Setting, ...callbacks: readonly Callback[]): Promise<void> => {
  for (const callback of callbacks) {
    await jobs.send(callback);
    jobs.pass(1_000);
  }
};

export const work = async ({ simulation, jobs }: Setting): Promise<void> => {
  await recoverAll(simulation, jobs);
  await relayAll(simulation, jobs);
  await consumeAll(simulation, jobs);
};

export const pass = async (setting: Setting, ms: number): Promise<void> => {
  setting.jobs.pass(ms);
  await setting.simulation.run(setting.jobs.sweep());
  await setting.simulation.run(setting.jobs.release());
  await work(setting);
};

export const refuse = ({ simulation }: Setting, status: number, ...callbacks: readonly Callback[]): void => {
  const refused = new Set<string>(callbacks.map(recordOf));
  simulation.application.behave((record) => (refused.has(record) ? status : 200));
};

/** To each of them, where there is something that it can happen to. */
export const suffer = async ({ simulation }: Setting, accident: Accident, ...callbacks: readonly Callback[]): Promise<void> => {
  for (const callback of callbacks) await simulation.suffer(accident, recordOf(callback));
};

export const mend = ({ simulation }: Setting): void => simulation.application.behave(() => 200);

/** It verifies signatures, as the gateway's own library does: none may be older than five minutes. */
export const checkAges = ({ simulation }: Setting): void =>
  simulation.application.behave((_, headers) => {
    const signedAt = Number(/t=(\d+)/.exec(String(headers["sandbox-signature"]))?.[1]);
    return simulation.time.now / 1000 - signedAt > 300 ? 400 : 200;
  });

/** From the next process of each function on: at the beginning of a story, of all. */
export const lookForFindings = ({ simulation }: Setting): void => {
  simulation.looks.on = true;
};

export const deployResign = (setting: Setting): void => deployTarget(setting, { resign: true });

export const deploySigned = (setting: Setting): void => deployTarget(setting, { mode: "signed" });

/** Consume's next process has the new configuration. */
const deployTarget = ({ simulation }: Setting, change: Partial<ResolvedTarget>): void => {
  Object.assign(simulation.config.targets.app ?? {}, change);
  simulation.restart("consume");
};

/** A second target with a source of its own, from the next process of each function on. One application is behind both: it sees whose record it is. */
export const deployTwoTargets = ({ simulation }: Setting): void => {
  Object.assign(simulation.config.targets, { second: { ...simulation.config.targets.app } });
  Object.assign(simulation.config.sources, { other: { gateway: "sandbox", target: "second" } });
};

const account = "arn:aws:SERVICE:us-east-1:123456789012";

/** A queue, a function and an event bus, each with a source of its own. */
export const deployTargetsInAws = ({ simulation }: Setting): void => {
  const common = { order: "strict", timeoutSeconds: 10, refusalGraceSeconds: 300 } as const;
  const arn = (service: string, name: string): string => `${account.replace("SERVICE", service)}:${name}`;
  const targets: Readonly<Record<string, ResolvedTarget>> = {
    queue: { kind: "sqs", arn: arn("sqs", orders), ...common },
    work: { kind: "lambda", arn: arn("lambda", `function:${orders}`), ...common },
    bus: { kind: "eventbridge", arn: arn("events", `event-bus/${orders}`), ...common },
  };
  Object.assign(simulation.config.targets, targets);
  for (const target of Object.keys(targets)) Object.assign(simulation.config.sources, { [`to-${target}`]: { gateway: "sandbox", target } });
};

/** A source whose events come on a partner's bus. */
export const deployPartner = ({ simulation }: Setting): void => {
  Object.assign(simulation.config.sources, { partner: { kind: "eventbridge", bus: partnerBus, gateway: "sandbox", target: "app" } });
};

/** The application may say what it knows of its own side, from the next process of each function on. */
export const hearTheApplication = ({ simulation }: Setting): void => {
  Object.assign(simulation.config.sources, { app: { gateway: "app" } });
};

/** What cannot be verified is quarantined, and acknowledged nevertheless. */
export const acceptUnproven = ({ simulation }: Setting): void => {
  Object.assign(simulation.config.sources.sandbox ?? {}, { unproven: "accept" });
};

/** It fails that often at one of a record's events, and takes everything else. */
export const failAt = (
  { simulation }: Setting,
  event: string,
  { status, times }: { readonly status: number; readonly times: number },
): void => {
  let left = times;
  simulation.application.behave((_, headers) => (headers["webhook-id"] === event && left-- > 0 ? status : 200));
};
