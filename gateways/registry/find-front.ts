/** The fronts by name, built-in and custom: all that the acknowledgement knows about gateways. */

import type { Front } from "../gateway.ts";
import { type CustomGateway, modernized } from "./custom-shape.ts";
import { fronts } from "./fronts.ts";

/** The custom ones. They are added before anything is received (lib/functions/custom-bundle.ts). */
const custom = new Map<string, Front>();

/** @throws when a name cannot be a registry key, or is a built-in one: what is recorded under it would change its meaning. */
export const addFronts = (more: readonly CustomGateway[]): void => {
  for (const gateway of more) {
    const { name } = gateway;
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
      throw new Error(`"${name}" cannot name a gateway: use lower-case letters, digits and hyphens.`);
    if (Object.hasOwn(fronts, name)) throw new Error(`There is a gateway ${name} already: give yours another name.`);
    custom.set(name, modernized(gateway));
  }
};

/** Own names only: a name can come from outside, and `constructor` is not a gateway. */
export const findFront = (name: string): Front | undefined =>
  Object.hasOwn(fronts, name) ? (fronts as Readonly<Record<string, Front>>)[name] : custom.get(name);
