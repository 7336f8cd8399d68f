/** The commonest race: a gateway's notice is there before the application has written the order that it is about. */
import { describe, expect, onTestFinished, test } from "vitest";
import { breakerThreshold } from "../../../core/lifecycle/holds/breaker.ts";
import { createWorld } from "../../support/world/world.ts";

const minute = 60_000;

const setup = async (target: { refusalGraceSeconds?: number } = {}) => {
  // Each next attempt is far enough away to be the sweep's, which goes by the world's clock.
  const world = await createWorld({ retry: { baseSeconds: 2_000, capSeconds: 3_600 } });
  onTestFinished(() => world.close());
  Object.assign(world.config.targets.app ?? {}, target);
  return {
    world,
    async send(...ids: readonly string[]) {
      for (const id of ids) {
        await world.receive(world.signed({ id, contract: id.slice(0, 1), charge: `ch_${id}`, amount: 100, currency: "jpy" }));
        world.time.now += 10;
      }
      await world.settle();
    },
    async pass(ms: number) {
      world.time.now += ms;
      await world.sweep();
      await world.settle();
    },
  };
};

describe("a refusal that may only be too early", () => {
  test.each([400, 404, 409])("%i: is delivered once the application has the order, and so is what follows it", async (status) => {
    const { world, send, pass } = await setup();
    world.application.behave(() => ({ status, body: "no such order" }));
    await send("a1", "a2");
    expect(await world.progress("a1")).toMatchObject({
      state: "retrying",
      attempts: 1,
      cause: { kind: "refused early", status, answer: `${status} no such order` },
    });
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    await pass(11 * minute);
    expect(world.delivered()).toEqual(["a1", "a2"]);
    expect(world.counts.get("DeadLettered") ?? 0).toBe(0);
  });

  test("is a dead letter with the application's answer when the grace is over", async () => {
    const { world, send, pass } = await setup();
    world.application.behave(() => ({ status: 404, body: "no such order" }));
    await send("a1");
    await pass(11 * minute);
    expect(await world.progress("a1")).toMatchObject({
      state: "dead",
      attempts: 2,
      cause: { kind: "refused", status: 404, answer: "404 no such order" },
    });
  });

  test("says nothing against the application: the circuit breaker does not count it", async () => {
    const { world, send } = await setup();
    world.application.behave(() => ({ status: 404 }));
    await send(..."abcdefgh".slice(0, breakerThreshold + 2));
    expect(await world.holds.current("app")).toBeUndefined();
  });

  test("is final at once for a target without a grace", async () => {
    const { world, send } = await setup({ refusalGraceSeconds: 0 });
    world.application.behave(() => ({ status: 404 }));
    await send("a1");
    expect(await world.progress("a1")).toMatchObject({ state: "dead", attempts: 1, cause: { kind: "refused", status: 404 } });
  });
});
