import { expect, inject, test } from "vitest";
import { all } from "../run/trace.ts";
import { makeCallback } from "../sent/callbacks.ts";
import { tellOnce } from "./tell.ts";
import { pass, send } from "./verbs.ts";

const minute = 60_000;
const callbacks = Array.from({ length: 40 }, (_, at) => makeCallback({ id: `c${at}`, contracts: [`contract-${at % 5}`] }));

test("an hour without a ledger, in which callbacks go on coming, makes no dead letter and loses no order", {
  timeout: 120_000,
}, async () => {
  const { violations, trace, stores } = await tellOnce({
    endpoints: inject("endpoints"),
    async tell(setting) {
      const { outage } = setting.simulation;
      outage.hits = ({ input }) => JSON.stringify(input).includes('-ledger"');
      for (let minutes = 0; minutes < 60; minutes += 3) {
        await send(setting, ...callbacks.slice((minutes / 3) * 2, (minutes / 3) * 2 + 2));
        await pass(setting, 3 * minute);
      }
      outage.hits = () => false;
      await pass(setting, 2 * minute);
    },
  });
  expect(violations).toEqual([]);
  expect(all(trace, "progress").filter(({ progress }) => progress.state === "dead")).toEqual([]);
  expect(all(trace, "dead letter")).toEqual([]);
  expect([...stores.progress.values()].map(({ state }) => state)).toEqual(callbacks.map(() => "delivered"));
});
