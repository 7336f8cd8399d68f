/**
 * `storm`: callbacks at a steady rate, with an application that is down for the middle third of them, and a stack that is killed with all of its
 * engines again and again. What was acknowledged is held against what the application took.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { minuteMs } from "../../core/durations.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import type { Progress } from "../ack/ack.ts";
import { type Application, startApplication } from "../path/application.ts";
import config from "../path/config.ts";
import { source } from "../payload.ts";
import { type Gateway, gatewayOf } from "./gateway.ts";
import { type Callback, callbacksOf } from "./payload.ts";
import { stackProcess } from "./stack-process.ts";

export interface StormOptions {
  readonly callbacks: number;
  readonly perSecond: number;
  readonly kills: number;
  readonly port: number;
}

export interface StormResult {
  readonly outageSeconds: number;
  /** What had been acknowledged and not delivered when the application came back. */
  readonly backlog: number;
  /** From then until the last of that was delivered. */
  readonly backlogGoneAfterSeconds: number;
  readonly notDelivered: number;
  /** Delivered before one of the same contract that was acknowledged earlier. */
  readonly overtaking: number;
  /** Delivered more than once: those that a kill found in flight, and others. */
  readonly twice: { readonly inFlight: number; readonly others: number };
  /** Requests that got no acknowledgement, and were sent again. */
  readonly failedRequests: number;
}

/** A kill finds a delivery in flight while its outcome is not in the table: the application has answered, and this may take so long on a busy machine. */
const inFlightMs = 5_000;

/**
 * How long nothing may be delivered until what is missing counts as lost. A kill may take bells with it, which SQS does not lose: the sweep rings
 * again after ten minutes, and after twenty where that bell was lost too.
 */
const silenceMs = 25 * minuteMs;

export const measureStorm = async (options: StormOptions, progress: Progress): Promise<StormResult> => {
  const directory = mkdtempSync(join(tmpdir(), "holdfast-storm-"));
  const application = await startApplication();
  const stack = stackProcess(directory, options.port, application.url);
  try {
    await stack.start();
    const secret = readSecrets(homeOf(directory))?.[sourceSecretName(config, source)]?.secrets[0] ?? "";
    const gateway = gatewayOf(`http://127.0.0.1:${options.port}`, secret);
    const all = callbacksOf(options.callbacks);
    const killedAt: number[] = [];
    const outage = { from: 0, until: 0, backlog: 0 };
    const [down, up] = [Math.floor(all.length / 3), Math.floor((2 * all.length) / 3)];
    const kills = new Set(Array.from({ length: options.kills }, (_, at) => Math.floor(((at + 0.5) / options.kills) * all.length)));
    let restarting: Promise<void> = Promise.resolve();
    const killAndStart = async () => {
      killedAt.push(performance.now());
      await stack.kill();
      await stack.start();
    };
    const sending: Promise<void>[] = [];
    const started = performance.now();
    for (const [index, callback] of all.entries()) {
      await until(started + (index / options.perSecond) * 1000);
      if (index === down) {
        application.isDown = true;
        outage.from = performance.now();
      }
      if (index === up) {
        application.isDown = false;
        outage.until = performance.now();
        outage.backlog = gateway.acknowledged.size - application.taken.size;
      }
      if (kills.has(index)) restarting = restarting.then(killAndStart);
      sending.push(gateway.send(callback));
      if (index % 50 === 0) progress(`${index} of ${all.length} sent, ${application.taken.size} delivered, ${killedAt.length} kills`);
    }
    await Promise.all([...sending, restarting]);
    await untilSilent(application, all, progress);
    return resultOf(all, { gateway, application, killedAt, outage });
  } finally {
    await stack.kill();
    application.close();
    rmSync(directory, { recursive: true, force: true });
  }
};

const until = (moment: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));

const untilSilent = async ({ taken }: Application, all: readonly Callback[], progress: Progress): Promise<void> => {
  for (let [last, since] = [taken.size, performance.now()]; taken.size < all.length && performance.now() - since < silenceMs; ) {
    await until(performance.now() + 500);
    progress(`all acknowledged, ${taken.size} of ${all.length} delivered`);
    if (taken.size > last) [last, since] = [taken.size, performance.now()];
  }
};

interface Storm {
  readonly gateway: Gateway;
  readonly application: Application;
  readonly killedAt: readonly number[];
  readonly outage: { readonly from: number; readonly until: number; readonly backlog: number };
}

const resultOf = (all: readonly Callback[], { gateway, application: { taken }, killedAt, outage }: Storm): StormResult => {
  const firstAt = (id: string): number => taken.get(id)?.[0] ?? Number.NaN;
  const held = all.filter(
    ({ id }) => (gateway.acknowledged.get(id) ?? Number.POSITIVE_INFINITY) < outage.until && firstAt(id) > outage.until,
  );
  const twice = [...taken.values()].filter((times) => times.length > 1);
  const isInFlight = ([first = 0]: readonly number[]) => killedAt.some((at) => first <= at && first > at - inFlightMs);
  const contractOf = new Map(all.map(({ id, contract }) => [id, contract]));
  const byContract = Map.groupBy([...gateway.acknowledged.keys()], (id) => contractOf.get(id));
  return {
    outageSeconds: (outage.until - outage.from) / 1000,
    backlog: outage.backlog,
    backlogGoneAfterSeconds: (Math.max(outage.until, ...held.map(({ id }) => firstAt(id))) - outage.until) / 1000,
    notDelivered: all.filter(({ id }) => !taken.has(id)).length,
    overtaking: [...byContract.values()].flatMap((own) =>
      own.filter((id, at) => own.slice(0, at).some((earlier) => !(firstAt(earlier) <= firstAt(id)))),
    ).length,
    twice: { inFlight: twice.filter(isInFlight).length, others: twice.filter((times) => !isInFlight(times)).length },
    failedRequests: gateway.failures(),
  };
};
