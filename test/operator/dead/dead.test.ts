import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { isIn } from "../../../core/lifecycle/progress.ts";
import { dead } from "../../../operator/dead/dead-command.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  const send = async (id: string, contract: string, more: object = {}) => {
    await world.receive(world.signed({ id, contract, ...more }));
    world.time.now += 1_000;
  };
  return { world, connection: connectionTo(world), send };
};

const minute = 60_000;

describe("dead letters", () => {
  test("are listed for as long as they are there, which is longer than others are kept", async () => {
    const { world, connection, send } = await setup({ retentionDays: 14 });
    world.application.behave(() => ({ status: 422 }));
    await send("a1", "a");
    await world.settle();
    world.time.now += 40 * 24 * 60 * minute;
    const caught = catchOutput();
    expect(await dead(connection, caught.terminal, {})).toBe(4);
    expect(caught.text()).toContain("sandbox/a1  dead for 40 d,");
  });

  test("are listed with why, since when, what waits behind them, and what to type", async () => {
    const { world, connection, send } = await setup();
    world.application.behave(() => ({ status: 422, body: "no such order" }));
    await send("a1", "a");
    await send("a2", "a");
    await send("b1", "b", { type: "" });
    await world.settle();
    world.time.now += 90 * minute;
    const caught = catchOutput();
    expect(await dead(connection, caught.terminal, {})).toBe(4);
    const [first = "", second = ""] = caught.text().split("\n\n");
    for (const part of [
      "sandbox/a1  dead for 1 h 30 min",
      "the application refused it: answered 422 no such order",
      "1 wait behind it",
      "fix the application, then replay",
      "npx holdfast show sandbox/a1",
      "npx holdfast replay sandbox/a1 --yes",
    ])
      expect(first).toContain(part);
    expect(second).toContain("sandbox/b1");
    expect(second).toContain("does not understand these bytes");
    expect(caught.text()).toContain("All of them: npx holdfast replay --dead");
  });

  test("are grouped by reason when there are many, with a command for each reason that finds exactly those", async () => {
    const { world, connection, send } = await setup();
    world.application.behave(({ record }) => ({ status: 422, body: `no such order ${record}` }));
    for (let n = 0; n < 23; n++) await send(`order-${n}`, `c${n}`, n < 5 ? { type: "" } : {});
    await world.settle();
    const caught = catchOutput();
    expect(await dead(connection, caught.terminal, {})).toBe(4);
    expect(caught.text()).toContain("23 records are dead.");
    expect(caught.text()).toMatch(/18 x the application refused it: answered 422\n/);
    expect(caught.text()).toMatch(/5 x cannot be parsed/);
    const reason = /replay --dead --reason (the application[^\n]*)/.exec(caught.text())?.[1] ?? "";
    const dying = await world.open.due("dead", Number.MAX_SAFE_INTEGER, 100);
    expect(dying.filter((one) => isIn(one, ["dead"]) && sentenceOf(one.cause).includes(reason))).toHaveLength(18);
  });

  test("absent, are exit code 0, and an empty list as JSON", async () => {
    const { connection } = await setup();
    expect(await asJson((terminal) => dead(connection, terminal, {}))).toEqual({ exit: 0, value: [] });
  });
});
