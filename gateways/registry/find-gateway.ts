/** The gateways by name, built-in and custom. `receive` takes the fronts only (find-front.ts). */
import type { ReadBack } from "../../core/read-back.ts";
import type { Gateway } from "../gateway.ts";
import { type CustomGateway, modernized } from "./custom-shape.ts";
import { addFronts } from "./find-front.ts";
import { gateways } from "./gateways.ts";

export type GatewayName = keyof typeof gateways;

/** The custom ones. They are added before anything is received (custom-gateways.ts). */
const custom = new Map<string, Gateway>();

/** @throws when a name cannot be a registry key, or is a built-in one. */
export const addGateways = (more: readonly CustomGateway[], readBacks: Readonly<Record<string, ReadBack>> = {}): void => {
  addFronts(more);
  for (const gateway of more.map(modernized)) {
    const { name } = gateway;
    const readBack = Object.hasOwn(readBacks, name) ? readBacks[name] : undefined;
    custom.set(name, readBack ? Object.assign(Object.create(gateway), { readBack }) : gateway);
  }
};

/** The built-in ones, and those that were added. */
export const allGateways = (): Readonly<Record<string, Gateway>> => ({ ...gateways, ...Object.fromEntries(custom) });

/** Own names only: a name can come from outside, and `constructor` is not a gateway. */
export const findGateway = (name: string): Gateway | undefined =>
  Object.hasOwn(gateways, name) ? (gateways as Readonly<Record<string, Gateway>>)[name] : custom.get(name);

export const findReadBack = (name: string): ReadBack | undefined => findGateway(name)?.readBack;
