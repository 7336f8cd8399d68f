/** From which gateways something can be read back. */
import type { ReadBack } from "../core/read-back.ts";
import { fincodeReadBack } from "./fincode/read-back.ts";
import { gmoPgReadBack } from "./gmo-pg/read-back.ts";
import { komojuReadBack } from "./komoju/read-back.ts";
import { paidyReadBack } from "./paidy/read-back.ts";
import { payjpReadBack } from "./payjp/read-back.ts";

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
