/** The whole path for one test, in the emulators that all connected tests share. */
import { inject } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import type { Gateway } from "../../../gateways/index.ts";
import { buildWorld } from "./path.ts";

export { noon, type Sent, secret, type World } from "./path.ts";

export const createWorld = (changes: Partial<Config> = {}, findGateway?: (name: string) => Gateway | undefined) =>
  buildWorld(inject("endpoints"), changes, findGateway);
