import { expect, inject, test } from "vitest";
import { minuteMs } from "../../../core/durations.ts";
import { all, type FunctionName } from "../run/trace.ts";
import { makeCallback } from "../sent/callbacks.ts";
import { tellOnce } from "./tell.ts";
import { mend, pass, send } from "./verbs.ts";

const callbacks = Array.from({ length: 6 }, (_, at) => makeCallback({ id: `c${at}`, contracts: [`contract-${at}`] }));

/** An outage of half an hour and the ten minutes after it, in which that function's clock is off. */
const outage = async (of: FunctionName, minutes: number) => {
  let delivered = 0;
  const { violations, trace } = await tellOnce({
    endpoints: inject("endpoints"),
    async tell(setting) {
      const { simulation } = setting;
      // As few as there are, they are tried often: each has to last longer than the outage.
      Object.assign(simulation.config.retry, { attempts: 20 });
      simulation.clocks.set(of, minutes * minuteMs);
      simulation.application.behave(() => 503);
      await send(setting, ...callbacks);
      for (let minute = 0; minute < 30; minute++) await pass(setting, minuteMs);
      mend(setting);
      for (let minute = 0; minute < 10; minute++) await pass(setting, minuteMs);
      delivered = new Set(all(simulation.notebook.entries, "delivered").flatMap(({ record, status }) => (status === 200 ? [record] : [])))
        .size;
      simulation.clocks.clear();
    },
  });
  expect(violations).toEqual([]);
  return { delivered, dead: all(trace, "dead letter").length };
};

test.each((["consume", "sweep", "release"] as const).flatMap((of) => [-60, 60].map((minutes) => [of, minutes] as const)))(
  "an outage is over ten minutes after it, and has killed nothing, with the clock of %s off by %i minutes",
  { timeout: 60_000 },
  async (of, minutes) => {
    expect(await outage(of, minutes)).toEqual({ delivered: callbacks.length, dead: 0 });
  },
);
