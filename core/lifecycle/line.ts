/** The order of deliveries to a target: strict, contract by contract (promise P6), or relaxed, as records come. */
import type { Config } from "../config/config.ts";
import { targetOf } from "../config/of-config.ts";
import type { PaymentEvent } from "../event.ts";
import { contractsOf } from "./doorbell.ts";

export const isRelaxed = (config: Config, source: string): boolean => targetOf(config, source)?.order === "relaxed";

/** The contracts in whose lines a record has its place. None for a relaxed target: each of its records travels alone. */
export const linesOf = (config: Config, source: string, events: readonly PaymentEvent[]): readonly string[] =>
  isRelaxed(config, source) ? [] : contractsOf(events);
