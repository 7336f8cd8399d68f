/** The advance of a stack's clock, with what has to rest at each step, and what may fall due. */
import type { Config } from "../../core/config/config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { createHolds } from "../../io/ledger/holds/holds.ts";
import { createOpenProgress } from "../../io/ledger/open-progress.ts";
import type { StackClock } from "../clock/clock.ts";
import type { Clients } from "../engines/clients.ts";
import type { QueueLook } from "../engines/queue-look.ts";
import type { RunningFunctions } from "../lambda/running-functions.ts";
import type { Say } from "../log.ts";
import type { Resources } from "../template/resources.ts";
import type { Triggers } from "../triggers/triggers.ts";
import { type Advancing, createAdvancing } from "./advance.ts";
import { nextMoment } from "./next-moment.ts";

interface StackParts {
  readonly config: Config;
  readonly clock: StackClock;
  readonly clients: Pick<Clients, "dynamodb">;
  readonly resources: Pick<Resources, "tables">;
  readonly functions: RunningFunctions;
  readonly triggers: Triggers;
  readonly lookAt: ((queue: string) => Promise<QueueLook>) | undefined;
  readonly say: Say;
}

export const stackAdvancing = ({ config, clock, clients, resources, functions, triggers, lookAt, say }: StackParts): Advancing => {
  const { ledgerTable: table } = resourceNames(config.name);
  const ledger = { client: clients.dynamodb, table };
  const agenda = {
    // An app that is not ours has none.
    ledger: resources.tables.includes(table)
      ? {
          holds: createHolds({ ...ledger, clock: clock.now }),
          open: createOpenProgress(ledger),
          targets: config.targets,
        }
      : undefined,
    queues: async () => (lookAt ? Promise.all(triggers.queues.map(lookAt)) : []),
    schedules: () => triggers.schedules.map((schedule) => schedule.nextAt()),
  };
  return createAdvancing({ clock, functions, pollers: triggers.pollers, nextMoment: (now) => nextMoment(agenda, now), say });
};
