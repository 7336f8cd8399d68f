import { expect, inject, test } from "vitest";
import { all } from "../run/trace.ts";
import { makeCallback } from "../sent/callbacks.ts";
import { tellOnce } from "./tell.ts";
import { send, work } from "./verbs.ts";

/** More contracts than a transaction has items. */
const huge = makeCallback({ id: "huge", contracts: Array.from({ length: 101 }, (_, n) => `n${n}`) });
const [after, beside] = [makeCallback({ id: "after", contracts: ["n100"] }), makeCallback({ id: "beside", contracts: ["one"] })];

test.each([
  ["nothing goes wrong", undefined],
  ["consume dies between two of its transactions", 1],
])("a notice about a hundred and one contracts keeps nobody waiting for good, when %s", { timeout: 120_000 }, async (_, diesAt) => {
  let transactions = 0;
  const { violations, trace, stores } = await tellOnce({
    endpoints: inject("endpoints"),
    plan: (point) =>
      point.type === "call" && point.call.operation === "TransactWriteItems" && ++transactions === diesAt ? "died after" : undefined,
    async tell(setting) {
      await send(setting, huge);
      await work(setting);
      await send(setting, after, beside);
      await work(setting);
    },
  });
  expect(violations).toEqual([]);
  expect(transactions).toBeGreaterThan(1);
  expect(all(trace, "dead letter")).toEqual([]);
  expect([...stores.progress.values()].map(({ state }) => state)).toEqual(["delivered", "delivered", "delivered"]);
});
