/** All functions of the template, planned, loaded and ready to be invoked by name. */
import { join } from "node:path";
import type { Config } from "../../core/config/config.ts";
import type { StackClock } from "../clock/clock.ts";
import { setAsideWhenLarge } from "../log.ts";
import type { Identity } from "../template/identities.ts";
import type { References } from "../template/intrinsics.ts";
import type { Assembly } from "../template/synthesis.ts";
import type { Metrics } from "./emf.ts";
import { lambdaEnvironment, planFunction } from "./function-plan.ts";
import { createFunction, type LocalFunction } from "./functions.ts";
import type { Outcome } from "./sandbox.ts";

export interface RunningFunctions {
  readonly names: readonly string[];
  /** Never rejects for what a function does. Throws when there is no function of that name. */
  invoke(name: string, payload: unknown): Promise<Outcome>;
  /** Whether every invocation has ended, or sleeps until a later moment of the clock. */
  isResting(): boolean;
  /** How many have been begun. */
  begun(): number;
  stop(): Promise<void>;
}

interface FunctionSettings {
  readonly assembly: Assembly;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly references: References;
  readonly home: string;
  readonly localize: (config: Config) => Config;
  /** For the AWS SDK. */
  readonly environment: Readonly<Record<string, string>>;
  readonly metrics: Metrics;
  readonly clock: Pick<StackClock, "aheadMs" | "onSet">;
}

/** @throws Failure when one cannot be loaded. */
export const startFunctions = async (settings: FunctionSettings): Promise<RunningFunctions> => {
  const { assembly, identities, home, clock } = settings;
  const running = new Map<string, LocalFunction>();
  for (const resource of assembly.resources.filter(({ type }) => type === "AWS::Lambda::Function")) {
    const name = identities.get(resource.logicalId)?.name ?? resource.logicalId;
    const plan = planFunction(resource, name, assembly, settings.references, join(home, "functions"), settings.localize);
    const environment = { ...lambdaEnvironment(plan), ...settings.environment, ...plan.environment };
    const log = join(home, "logs", `${name}.log`);
    setAsideWhenLarge(log);
    running.set(
      name,
      createFunction(plan, environment, log, (line) => settings.metrics.read(line), clock.aheadMs()),
    );
  }
  const stop = async () => {
    await Promise.all([...running.values()].map((one) => one.stop()));
  };
  try {
    await Promise.all([...running.values()].map((one) => one.load()));
  } catch (error) {
    await stop();
    throw error;
  }
  clock.onSet((aheadMs) => Promise.all([...running.values()].map((one) => one.setClock(aheadMs))));
  let begun = 0;
  return {
    names: [...running.keys()],
    isResting: () => [...running.values()].every((one) => one.isResting()),
    begun: () => begun,
    invoke: async (name, payload) => {
      const found = running.get(name) ?? [...running.values()].find((one) => one.name.endsWith(`-${name}`));
      if (!found) throw new Error(`there is no function ${name}; there are ${[...running.keys()].join(", ")}`);
      begun++;
      return found.invoke(payload);
    },
    stop,
  };
};
