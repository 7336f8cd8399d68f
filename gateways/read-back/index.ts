/** From which gateways something can be read back. */
import type { ReadBack } from "../../core/read-back.ts";
import { fincodeReadBack } from "./fincode.ts";
import { gmoPgReadBack } from "./gmo-pg.ts";
import { komojuReadBack } from "./komoju.ts";
import { paidyReadBack } from "./paidy.ts";
import { payjpReadBack } from "./payjp.ts";

export const readBacks: Readonly<Record<string, ReadBack>> = {
  fincode: fincodeReadBack,
  "gmo-pg": gmoPgReadBack,
  komoju: komojuReadBack,
  paidy: paidyReadBack,
  payjp: payjpReadBack,
};

/** Those of a project's own gateways. */
const own = new Map<string, ReadBack>();

export const addReadBacks = (more: Readonly<Record<string, ReadBack>>): void => {
  for (const [gateway, readBack] of Object.entries(more)) own.set(gateway, readBack);
};

export const findReadBack = (gateway: string): ReadBack | undefined =>
  Object.hasOwn(readBacks, gateway) ? readBacks[gateway] : own.get(gateway);
