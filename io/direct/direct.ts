/** A service called without the SDK, where the environment says all that is needed for it. */
import type { Millis } from "../../core/callback.ts";
import { type Access, directAccess, type Environment } from "./access.ts";
import { type Connections, createConnections } from "./connections.ts";
import { createSignedCall, type SignedCall } from "./signed-call.ts";

export interface Direct {
  readonly open: Connections["open"];
  readonly call: SignedCall;
}

export const createDirect = (service: Access["service"], environment: Environment, clock: () => Millis): Direct | undefined => {
  const access = directAccess(service, environment);
  if (!access) return undefined;
  const connections = createConnections(access);
  return { open: connections.open, call: createSignedCall(access, connections, clock) };
};
