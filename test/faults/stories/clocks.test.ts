import { expect, inject, test } from "vitest";
import { minuteMs } from "../../../core/durations.ts";
import { all, type FunctionName } from "../run/trace.ts";
import { makeCallback } from "../sent/callbacks.ts";
import { tellOnce } from "./tell.ts";
import { mend, pass, send } from "./verbs.ts";

const callbacks = Array.from({ length: 12 }, (_, at) => makeCallback({ id: `c${at}`, contracts: [`contract-${at % 10}`] }));
const functions: readonly FunctionName[] = ["consume", "sweep", "release"];
const off = functions.flatMap((of) => [-60, 60].map((minutes) => [of, minutes] as const));

test.each(off)(
  "an outage of half an hour with the clock of %s off by %i minutes kills nothing, and is over soon after it",
  {
    timeout: 60_000,
  },
  async (of, minutes) => {
    let delivered = 0;
    const { violations, trace } = await tellOnce({
      endpoints: inject("endpoints"),
      async tell(setting) {
        const { clocks, application, notebook } = setting.simulation;
        clocks.set(of, minutes * minuteMs);
        application.behave(() => 503);
        await send(setting, ...callbacks);
        for (let minute = 0; minute < 30; minute++) await pass(setting, minuteMs);
        mend(setting);
        for (let minute = 0; minute < 10; minute++) await pass(setting, minuteMs);
        delivered = new Set(
          all(notebook.entries, "delivered")
            .filter(({ status }) => status === 200)
            .map(({ record }) => record),
        ).size;
        clocks.clear();
      },
    });
    expect(violations).toEqual([]);
    expect(all(trace, "dead letter")).toEqual([]);
    expect(delivered).toBe(callbacks.length);
  },
);
