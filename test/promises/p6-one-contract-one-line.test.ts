import { describe, expect, test } from "vitest";
import { consumeAll, relayAll } from "../faults/run/healing.ts";
import { findStory } from "../faults/stories/stories.ts";
import { mend, pass, refuse, send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

const [first, second, third, other] = [callback("first"), callback("second"), callback("third"), callback("other", { contracts: ["b"] })];
const minute = 60_000;

describe("behind one that the application refuses", () => {
  test("permanently, those of its contract wait, and other contracts flow on", async () => {
    const { done } = await play(async (setting) => {
      refuse(setting, 422, first);
      await send(setting, first, second, other, third);
      await work(setting);
    });
    expect(done).toEqual(["other", "first", "second", "third"]);
  });

  test("for now, those of its contract wait until it is accepted", async () => {
    const { done } = await play(async (setting) => {
      refuse(setting, 503, first);
      await send(setting, first, second, other);
      await work(setting);
      setting.jobs.pass(5 * minute);
      mend(setting);
      await pass(setting, minute);
    });
    expect(done).toEqual(["other", "first", "second"]);
  });

  test("an operator's discard releases the next, also when the process that wakes it dies", async () => {
    const { done } = await play(
      async (setting) => {
        const { simulation, jobs } = setting;
        refuse(setting, 422, first);
        await send(setting, first, second, third);
        await work(setting);
        mend(setting);
        await simulation.run(jobs.discard("sandbox/first"));
        await pass(setting, minute);
      },
      { faults: { "consume: DynamoDB PutItem progress #1": "died before" } },
    );
    expect(done).toEqual(["second", "third"]);
  });
});

test("while a contract is held its records wait in line, and the others flow", async () => {
  const { done } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await simulation.run(jobs.holdContract("a"));
    await send(setting, first, other, second);
    await work(setting);
    await simulation.run(jobs.resumeContract("a"));
    await pass(setting, minute);
  });
  expect(done).toEqual(["other", "first", "second"]);
});

test("a ring that waits in a long queue while the sweep rings again lets nothing overtake", async () => {
  const { done } = await play(async (setting) => {
    const { simulation, jobs } = setting;
    await send(setting, first);
    await relayAll(simulation, jobs);
    jobs.pass(65_000);
    await send(setting, second, third);
    await relayAll(simulation, jobs);
    await simulation.run(jobs.sweep());
    await consumeAll(simulation, jobs);
  });
  expect(done).toEqual(["first", "second", "third"]);
});

test("a record of several contracts waits for a dead letter in any of them, and holds up all of them", async () => {
  const { done } = await play(async (setting) => {
    refuse(setting, 422, first);
    await send(setting, first);
    await work(setting);
    await send(setting, callback("both", { contracts: ["a", "b"] }));
    await work(setting);
    await send(setting, other);
    await work(setting);
  });
  expect(done).toEqual(["first", "both", "other"]);
});

test("what is verified late keeps its order when the answer to the first one's record is lost", async () => {
  const { done } = await play(findStory("Two of one contract wait for their secret").tell, {
    faults: { "sweep: DynamoDB PutItem record #1": "answer lost" },
  });
  expect(done).toEqual(["z-first", "a-later"]);
});
