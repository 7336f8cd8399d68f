/**
 * The sandbox gateway, which in these runs can also send a notice about several contracts in one callback, as batch notices of
 * real gateways do: `contracts` instead of `contract`, one event each.
 */

import { listAt, parseJson } from "../../../core/formats/json.ts";
import type { Gateway } from "../../../gateways/gateway.ts";
import { gateways } from "../../../gateways/index.ts";

const { sandbox } = gateways;

export const noticing: Gateway = {
  ...sandbox,
  parse(callback, settings) {
    const [event, ...more] = sandbox.parse(callback, settings);
    const contracts = listAt(parseJson(callback.body), "contracts").filter((contract) => typeof contract === "string");
    if (!event || contracts.length === 0) return event ? [event, ...more] : [];
    const numbered = (id: string, index: number) => (index === 0 ? id : `${id}#${index + 1}`);
    return contracts.map((contract, index) => ({
      ...event,
      contract,
      id: numbered(event.id, index),
      ...(event.charge !== undefined && { charge: numbered(event.charge, index) }),
    }));
  },
};

const known: Readonly<Record<string, Gateway>> = { sandbox: noticing, app: gateways.app };

export const findGateway = (name: string): Gateway | undefined => known[name];
