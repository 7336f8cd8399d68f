/** A gateway's signature ages while an application is down, and the application verifies it with the gateway's own library. */
import Stripe from "stripe";
import { describe, expect, onTestFinished, test } from "vitest";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { causeOf } from "../../../core/lifecycle/progress.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { gateways } from "../../../gateways/index.ts";
import { createWorld } from "../../support/world/world.ts";

const secret = "whsec_3kWpXGf0Qn2vYtR8dLmZ5sHcJ1bA7eUo";
const minute = 60_000;

const setup = async (resign = false) => {
  const world = await createWorld({
    sources: { sandbox: { gateway: "stripe", target: "app" } },
    retry: { attempts: 50, baseSeconds: 1, capSeconds: 1 },
  });
  onTestFinished(() => world.close());
  world.secrets.secrets = [secret];
  const deploy = () => Object.assign(world.config.targets.app ?? {}, { resign: true });
  if (resign) deploy();
  const sent: { readonly id: string; readonly contract: string }[] = [];
  const webhooks = new Stripe("sk_test").webhooks;
  return {
    world,
    deploy,
    sent,
    async send(id: string, contract: string) {
      await this.receive(id, contract);
      await world.settle();
    },
    async receive(id: string, contract: string) {
      const event = {
        ...{ id, object: "event", type: "customer.subscription.updated", created: world.time.now / 1000 },
        data: { object: { id: contract, object: "subscription", status: "active" } },
      };
      const raw = gateways.stripe.sign(Buffer.from(JSON.stringify(event)), { secrets: [secret] }, world.time.now);
      const reply = await world.receive({ ...raw, source: "sandbox", url: "https://callbacks.example.com/callbacks/sandbox" });
      expect(reply.status).toBe(200);
      sent.push({ id, contract });
    },
    down: () => world.application.behave(() => ({ status: 503 })),
    /** As Stripe's documents show it, with the library's own 300 seconds. */
    up: () =>
      world.application.behave(({ headers, body }) => {
        try {
          webhooks.constructEvent(body, headers["stripe-signature"] ?? "", secret, undefined, undefined, world.time.now);
          return { status: 200 };
        } catch (error) {
          return { status: 400, body: `Webhook Error: ${(error as Error).message}` };
        }
      }),
    /** A minute later, as often as asked, or until everything is delivered: the sweep, and what it rang for. */
    async minutes(times: number) {
      for (let at = 0; at < times; at++) {
        const until = world.time.now + minute;
        await world.release(minute);
        // It is over at once where nothing is held.
        world.time.now = Math.max(world.time.now, until);
        world.time.sweepMs = 600_000;
        await world.sweep();
        await this.quiet();
        if ((await this.states()).every((state) => state === "delivered")) return;
      }
    },
    /** Until no doorbell is left, nor one that comes again. */
    quiet: () =>
      expect
        .poll(
          async () => {
            await world.settle();
            return world.snoozed();
          },
          { timeout: 30_000 },
        )
        .toBe(0),
    states: async () => Promise.all(sent.map(async ({ id }) => (await world.progress(id))?.state)),
  };
};

type Scene = Awaited<ReturnType<typeof setup>>;

/** Eight callbacks of six contracts in eight minutes: enough to trip the circuit breaker. */
const outage = async (scene: Scene) => {
  scene.down();
  for (let at = 0; at < 8; at++) {
    await scene.send(`evt_${at}`, `sub_${at % 6}`);
    scene.world.time.now += minute;
  }
  await scene.quiet();
  expect(await scene.world.holds.current("app")).toMatchObject({ by: "circuit breaker" });
  scene.up();
};

/** The last delivery of each record: what the application took, in its order. */
const takenInOrder = ({ world, sent }: Scene): void => {
  const order = world.application.received.map(({ record }) => record.slice("sandbox/".length));
  const places = new Map(sent.map(({ id }) => [id, order.lastIndexOf(id)]));
  for (const contract of new Set(sent.map((one) => one.contract))) {
    const ofContract = sent.filter((one) => one.contract === contract).map(({ id }) => places.get(id) ?? -1);
    expect(ofContract).toEqual(ofContract.toSorted((one, other) => one - other));
    expect(ofContract).not.toContain(-1);
  }
};

describe("after an application was down for longer than its library accepts signatures", () => {
  test("everything is delivered in order when signatures are made again", { timeout: 120_000 }, async () => {
    const scene = await setup(true);
    await outage(scene);
    await scene.minutes(15);
    expect(new Set(await scene.states())).toEqual(new Set(["delivered"]));
    takenInOrder(scene);
    expect(scene.world.application.received.at(-1)?.headers["holdfast-resigned"]).toBe("stripe-signature");
  });

  test("nothing dies without that, everything waits with its cause, and a deployment of `resign` delivers it in order", {
    timeout: 120_000,
  }, async () => {
    const scene = await setup();
    await outage(scene);
    await scene.minutes(8);
    const states = await scene.states();
    expect(states).not.toContain("dead");
    expect(states.filter((state) => state !== "delivered").length).toBeGreaterThan(0);
    expect(await scene.world.open.count("dead")).toBe(0);
    const said = await Promise.all(
      scene.sent.map(async ({ id }) => {
        const progress = await scene.world.progress(id);
        const cause = progress && causeOf(progress);
        return cause ? sentenceOf(cause) : "";
      }),
    );
    expect(said.some((sentence) => sentence.includes("the application refused a signature that is too old"))).toBe(true);
    scene.deploy();
    await scene.minutes(30);
    expect(new Set(await scene.states())).toEqual(new Set(["delivered"]));
    takenInOrder(scene);
  });
});

describe("a delivery that is refused for its signature's age", () => {
  test("is not an attempt, costs other contracts nothing, and says what to change", { timeout: 60_000 }, async () => {
    const scene = await setup();
    scene.up();
    await scene.receive("evt_old", "sub_1");
    scene.world.time.now += 6 * minute;
    await scene.world.settle();
    await scene.send("evt_next", "sub_1");
    await scene.send("evt_other", "sub_2");
    expect(await scene.world.progress("evt_other")).toMatchObject({ state: "delivered" });
    expect(await scene.world.progress("evt_next")).toMatchObject({ state: "waiting", cause: { kind: "behind", key: "sandbox/evt_old" } });
    expect(await scene.world.progress("evt_old")).toMatchObject({
      state: "scheduled",
      attempts: 0,
      cause: { kind: "signature too old", status: 400, toleranceSeconds: 300 },
    });
    expect(await scene.world.holds.current("app")).toBeUndefined();
    expect(scene.world.counts.get("SignaturesTooOld")).toBeGreaterThan(0);
    for (let at = 0; at < 4; at++) {
      scene.world.time.now += 180 * minute;
      await scene.minutes(1);
    }
    expect(await scene.world.open.count("dead")).toBe(0);
  });

  test("is any other refusal while the signature is young enough", async () => {
    const scene = await setup();
    scene.world.application.behave(() => ({ status: 400, body: "no such member" }));
    await scene.send("evt_1", "sub_1");
    expect(await scene.world.progress("evt_1")).toMatchObject({ cause: { kind: "refused early", status: 400 } });
  });

  test("stays delivered when it was a replay of what the application had taken, and nothing waits for it", async () => {
    const scene = await setup();
    scene.up();
    await scene.send("evt_1", "sub_1");
    scene.world.time.now += 10 * minute;
    const [read, known] = await Promise.all([scene.world.records.read("sandbox/evt_1"), scene.world.progress("evt_1")]);
    if (read.kind !== "record") throw new Error("it is not there");
    const planned = planReplay(read.record, known, { contracts: ["sub_1"], now: scene.world.time.now });
    if (planned.kind !== "ring") throw new Error("it cannot be replayed");
    await scene.world.ledger.save(planned.progress, known);
    await scene.minutes(3);
    expect(await scene.world.progress("evt_1")).toMatchObject({
      state: "delivered",
      answer: expect.stringMatching(/^200; replayed, and the application refused a signature that is too old/),
    });
    await scene.send("evt_2", "sub_1");
    expect(await scene.world.progress("evt_2")).toMatchObject({ state: "delivered" });
  });

  test("goes on by itself once the source's secret can be read again, without an attempt or a dead letter", async () => {
    const scene = await setup(true);
    scene.up();
    const raw = gateways.stripe.sign(
      Buffer.from(
        JSON.stringify({ id: "evt_1", object: "event", type: "customer.subscription.updated", created: 1, data: { object: {} } }),
      ),
      { secrets: [secret] },
      scene.world.time.now,
    );
    expect((await scene.world.receive({ ...raw, source: "sandbox", url: "https://c.example.com/callbacks/sandbox" })).status).toBe(200);
    scene.world.secrets.readable = false;
    await scene.world.settle();
    expect(await scene.world.progress("evt_1")).toMatchObject({ state: "scheduled", attempts: 0, cause: { kind: "secret unreadable" } });
    await scene.minutes(3);
    expect(await scene.world.progress("evt_1")).toMatchObject({ state: "scheduled", attempts: 0 });
    scene.world.secrets.readable = true;
    scene.world.time.now += 15 * minute;
    await scene.minutes(2);
    expect(await scene.world.progress("evt_1")).toMatchObject({ state: "delivered" });
  });
});
