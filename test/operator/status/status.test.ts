import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { status } from "../../../operator/status/status-command.ts";
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

describe("the status", () => {
  test("is well when all is delivered and the sweep has run", async () => {
    const { world, connection, send } = await setup();
    await send("a1", "a");
    await world.settle();
    await world.sweep();
    const { exit, value } = await asJson((terminal) => status(connection, terminal));
    expect(exit).toBe(0);
    expect(value).toMatchObject({
      conditions: [],
      notLookedAt: [],
      records: { due: 0, waiting: 0, held: {}, dead: 0 },
      oldest: { unsettled: null, waiting: null, dead: null },
      sweep: { secondsAgo: 0 },
      sources: [{ source: "sandbox", lastStoredAt: "2026-11-20T12:00:00.000Z" }],
    });
    const caught = catchOutput();
    await status(connection, caught.terminal);
    expect(caught.text()).toContain("all is well");
  });

  test("counts what is not settled by state, with the oldest and its age, and asks for a person when something is dead", async () => {
    const { world, connection, send } = await setup({ retry: { baseSeconds: 2_000, capSeconds: 3_600 } });
    world.application.behave(({ record }) => ({ status: record.includes("dead") ? 422 : 503 }));
    await send("dead1", "a");
    await send("waiting1", "a");
    await send("scheduled1", "b");
    await world.settle();
    await world.sweep();
    world.time.now += 10 * minute;
    const { exit, value } = await asJson((terminal) => status(connection, terminal));
    expect(exit).toBe(4);
    expect(value).toMatchObject({
      conditions: [
        { name: "oldest-unsettled", severity: "page", seconds: 601 },
        { name: "sweep-silent", severity: "page", seconds: 600 },
        {
          name: "dead-records",
          severity: "ticket",
          what: expect.stringContaining("1 record is dead"),
          next: ["npx holdfast dead"],
          seconds: 600,
        },
      ],
      records: { due: 1, dueByState: { scheduled: 1 }, waiting: 1, dead: 1 },
      oldest: {
        unsettled: { key: "sandbox/scheduled1", seconds: 601 },
        waiting: { key: "sandbox/waiting1", seconds: 602 },
        dead: { key: "sandbox/dead1", seconds: 603 },
      },
      queues: { deadLetters: { visible: 1 } },
    });
  });

  test("shows who holds what, and since when", async () => {
    const { world, connection, send } = await setup();
    await world.holds.save({ target: "app", by: "ann", why: "the site moves", since: world.time.now }, undefined);
    await send("a1", "a");
    await world.settle();
    await world.sweep();
    const caught = catchOutput();
    expect(await status(connection, caught.terminal)).toBe(0);
    expect(caught.text()).toContain("by ann: the site moves");
    expect(caught.text()).toMatch(/held for app +1/);
  });

  test("asks for a person when the sweep has stopped", async () => {
    const { world, connection } = await setup();
    await world.sweep();
    world.time.now += 20 * minute;
    const { exit, value } = await asJson((terminal) => status(connection, terminal));
    expect(exit).toBe(4);
    expect(value).toMatchObject({ conditions: [{ name: "oldest-unsettled" }, { name: "sweep-silent", severity: "page", seconds: 1_200 }] });
  });
});
