/** What the configuration check has to know about the registered gateways; not for `receive`, which reads nothing back. */

import type { KnownGateways } from "../core/config/check/source-rules.ts";
import { readBackProblems } from "../core/config/read-back-options.ts";
import { resignProblems } from "../core/delivery/aging.ts";
import { allGateways } from "./index.ts";

export const knownGateways = (): KnownGateways =>
  Object.fromEntries(
    Object.entries(allGateways()).map(([name, gateway]) => [
      name,
      {
        ...(gateway.partner !== undefined && { partner: gateway.partner }),
        ...(gateway.applicationEvents && { isUndelivered: true }),
        resignProblems: (settings) => resignProblems(gateway.aging, settings),
        checkSettings: (settings) => [...(gateway.checkSettings?.(settings) ?? []), ...readBackProblems(settings, gateway.readBack)],
      },
    ]),
  );
