import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { isIn } from "../../../core/lifecycle/progress.ts";
import { dead } from "../../../operator/dead/dead-command.ts";
import { checkPlace } from "../../../operator/doctor/checks.ts";
import { status } from "../../../operator/status/status-command.ts";
import { createWorld } from "../../support/world.ts";
import { asJson, catchOutput, deskOf } from "../desk.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  const send = async (id: string, contract: string, more: object = {}) => {
    await world.receive(world.signed({ id, contract, ...more }));
    world.time.now += 1_000;
  };
  return { world, desk: deskOf(world), send };
};

const minute = 60_000;

describe("the dead", () => {
  test("are told with why, since when, what waits behind them, and what to type", async () => {
    const { world, desk, send } = await setup();
    world.application.behave(() => ({ status: 422, body: "no such order" }));
    await send("a1", "a");
    await send("a2", "a");
    await send("b1", "b", { type: "" });
    await world.settle();
    world.time.now += 90 * minute;
    const caught = catchOutput();
    expect(await dead(desk, caught.terminal, {})).toBe(4);
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

  test("are told by reason when there are many, with a command for each reason that finds just those", async () => {
    const { world, desk, send } = await setup();
    world.application.behave(({ record }) => ({ status: 422, body: `no such order ${record}` }));
    for (let n = 0; n < 23; n++) await send(`order-${n}`, `c${n}`, n < 5 ? { type: "" } : {});
    await world.settle();
    const caught = catchOutput();
    expect(await dead(desk, caught.terminal, {})).toBe(4);
    expect(caught.text()).toContain("23 records are dead.");
    expect(caught.text()).toMatch(/18 x the application refused it: answered 422\n/);
    expect(caught.text()).toMatch(/5 x cannot be parsed/);
    const reason = /replay --dead --reason (the application[^\n]*)/.exec(caught.text())?.[1] ?? "";
    const dying = await world.open.due("dead", Number.MAX_SAFE_INTEGER, 100);
    expect(dying.filter((one) => isIn(one, ["dead"]) && sentenceOf(one.cause).includes(reason))).toHaveLength(18);
  });

  test("are none: that is exit code 0, and an empty list as JSON", async () => {
    const { desk } = await setup();
    expect(await asJson((terminal) => dead(desk, terminal, {}))).toEqual({ exit: 0, value: [] });
  });
});

describe("the status", () => {
  test("is well when all is delivered and the sweep has run", async () => {
    const { world, desk, send } = await setup();
    await send("a1", "a");
    await world.settle();
    await world.sweep();
    const { exit, value } = await asJson((terminal) => status(desk, terminal));
    expect(exit).toBe(0);
    expect(value).toMatchObject({
      troubles: [],
      records: { due: 0, waiting: 0, held: {}, dead: 0 },
      oldest: { unsettled: null, waiting: null, dead: null },
      sweep: { secondsAgo: 0 },
      sources: [{ source: "sandbox", lastStoredAt: "2026-11-20T12:00:00.000Z" }],
    });
    const caught = catchOutput();
    await status(desk, caught.terminal);
    expect(caught.text()).toContain("all is well");
  });

  test("counts what is not settled by state, with the oldest and its age, and asks for a person when something is dead", async () => {
    const { world, desk, send } = await setup({ retry: { baseSeconds: 2_000, capSeconds: 3_600 } });
    world.application.behave(({ record }) => ({ status: record.includes("dead") ? 422 : 503 }));
    await send("dead1", "a");
    await send("waiting1", "a");
    await send("scheduled1", "b");
    await world.settle();
    world.time.now += 10 * minute;
    const { exit, value } = await asJson((terminal) => status(desk, terminal));
    expect(exit).toBe(4);
    expect(value).toMatchObject({
      troubles: [{ what: expect.stringContaining("1 record is dead"), command: "npx holdfast dead" }],
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
    const { world, desk, send } = await setup();
    await world.holds.save({ target: "app", by: "ann", why: "the site moves", since: world.time.now }, undefined);
    await send("a1", "a");
    await world.settle();
    const caught = catchOutput();
    expect(await status(desk, caught.terminal)).toBe(0);
    expect(caught.text()).toContain("by ann: the site moves");
    expect(caught.text()).toMatch(/held for app +1/);
  });

  test("asks for a person when the sweep has stopped", async () => {
    const { world, desk } = await setup();
    await world.sweep();
    world.time.now += 20 * minute;
    const { exit, value } = await asJson((terminal) => status(desk, terminal));
    expect(exit).toBe(4);
    expect(value).toMatchObject({ troubles: [{ what: "the sweep has not finished for 20 min: nothing finds what gets lost" }] });
  });
});

describe("the doctor", () => {
  const outcomes = async (desk: Parameters<typeof checkPlace>[0]) =>
    Object.fromEntries((await checkPlace(desk)).map(({ what, outcome, detail }) => [what, `${outcome}: ${detail}`]));

  test("finds nothing wrong where nothing is", async () => {
    const { world, desk } = await setup({
      sources: { sandbox: { gateway: "sandbox", target: "app" }, forms: { gateway: "gmo-pg", target: "app" } },
    });
    await world.sweep();
    const found = await outcomes(desk);
    expect(Object.values(found).filter((one) => one.startsWith("failed"))).toEqual([]);
    expect(found["source sandbox"]).toMatch(/^ok: .*verified by: signature; 1 secret in test\/sandbox; unverified callbacks: refuse/);
    expect(found["source forms"]).toMatch(/^note: /);
    expect(found.sweep).toMatch(/^ok/);
  });

  test("tells a secret that is missing, empty, or not to be read by you from one another", async () => {
    const { desk } = await setup();
    const withSecret = (secret: { kind: "readable"; secrets: string[] } | { kind: "unreadable"; reason: string }) => ({
      ...desk,
      secrets: async () => ({ read: async () => secret, renew: async () => false }),
    });
    const said = async (secret: Parameters<typeof withSecret>[0]) => (await outcomes(withSecret(secret)))["source sandbox"];
    expect(await said({ kind: "unreadable", reason: "the secret test/sandbox cannot be read: ResourceNotFoundException" })).toMatch(
      /^failed: .*aws secretsmanager put-secret-value --secret-id test\/sandbox/,
    );
    expect(await said({ kind: "unreadable", reason: "the secret test/sandbox cannot be read: AccessDeniedException" })).toMatch(/^unknown/);
    expect(await said({ kind: "readable", secrets: [] })).toMatch(/^failed: .*holds no secret/);
    expect(await said({ kind: "readable", secrets: ["a", ""] })).toMatch(/^failed: .*empty/);
  });

  test("names the store that is not there, and goes on with the others", async () => {
    const { world, desk } = await setup();
    const missing = deskOf({ ...world, aws: { ...world.aws, ledgerTable: "nobody" } });
    const found = await outcomes(missing);
    expect(found["test-ledger"]).toMatch(/^failed: The stack test is not deployed in this account and region/);
    expect(found["test-records"]).toBe("ok: reachable");
    expect(Object.keys(found)).toEqual(Object.keys(await outcomes(desk)));
  });

  test("tries the credential that is read back with, and says when it is not there", async () => {
    const options = { readBackSecret: "shop/paidy-api" };
    const { desk } = await setup({ sources: { paidy: { gateway: "paidy", target: "app", options } } });
    const asked: string[] = [];
    const withoutSecrets = {
      ...desk,
      secrets: async () => ({
        read: async (name: string) => {
          asked.push(name);
          return { kind: "unreadable", reason: `the secret ${name} cannot be read: ResourceNotFoundException` } as const;
        },
        renew: async () => false,
      }),
    };
    expect((await outcomes(withoutSecrets))["source paidy"]).toMatch(
      /^failed: .*for reading back: the secret shop\/paidy-api cannot be read/,
    );
    expect(asked).toEqual(["shop/paidy-api"]);
  });
});
