import { expect, onTestFinished, test } from "vitest";
import type { Finding } from "../../../core/findings/finding.ts";
import { sendDigest } from "../../../functions/steps/sweep/send-digest.ts";
import { createWorld, noon, type World } from "../../support/world/world.ts";

const [minute, day] = [60_000, 86_400_000];

const setup = async (digestHour = 0) => {
  const world = await createWorld({ findings: { digestHour } });
  onTestFinished(() => world.close());
  return world;
};

/** Raised by hand: what makes one is tested elsewhere. */
const causes = {
  A2: { kind: "never charged", class: "A2" },
  A3: { kind: "charged without entitlement", class: "A3", never: false, charges: 1 },
} as const;

const raise = async (world: World, name: keyof typeof causes, contract: string, minor: number): Promise<void> => {
  const { now } = world.time;
  const subject = { kind: "contract", source: "sandbox", id: contract } as const;
  const finding: Finding = {
    ...{ id: `${name}:sandbox/${contract}`, class: name, cause: causes[name], subject, severity: "warning", evidence: [] },
    names: { accounts: [], contracts: [], customers: [], orders: [], charges: [] },
    ...{ money: [{ minor, currency: "JPY" }], since: now - day, last: now - day },
  };
  const stored = { finding, standing: { state: "open" } as const, raisedAt: now, changedAt: now, notes: [], revision: 0 };
  await world.steps.findings.save(stored, 0, { at: now, by: "test", what: "finding raised", to: finding.id });
};

test("comes once a day while anything is open, from its hour on, whichever sweep is first, and says what is at stake", async () => {
  const world = await setup(13);
  await world.sweep();
  await raise(world, "A2", "sub_1", 500);
  await raise(world, "A2", "sub_2", 300);
  // Nothing was open when the day began, which it did at one o'clock yesterday.
  world.time.now = noon + 59 * minute;
  await world.sweep();
  expect(world.mail).toEqual([]);
  world.time.now = noon + 60 * minute;
  await Promise.all([world.sweep(), world.sweep()]);
  world.time.now += minute;
  await world.sweep();
  expect(world.mail).toMatchObject([
    { subject: "test: 2 open findings, 800 JPY at stake", text: expect.stringContaining("npx holdfast findings show A2:sandbox/sub_1") },
  ]);
  world.time.now += day;
  await world.sweep();
  expect(world.mail).toHaveLength(2);
});

test("is sent by one of two sweeps that look at the same moment", async () => {
  const world = await setup(13);
  await world.sweep();
  await raise(world, "A2", "sub_1", 500);
  world.time.now = noon + 59 * minute;
  await world.sweep();
  world.time.now = noon + 60 * minute;
  const { digests } = world.sweepDependencies;
  const both = Promise.withResolvers<void>();
  let looks = 0;
  const last = async () => {
    const known = await digests.last();
    if (++looks === 2) both.resolve();
    await both.promise;
    return known;
  };
  const sweep = { ...world.sweepDependencies, digests: { ...digests, last } };
  await Promise.all([sendDigest(sweep), sendDigest(sweep)]);
  expect(world.mail).toHaveLength(1);
});

test("of a sweep that dies when it has taken it upon itself comes after all, and says that it may be the second", async () => {
  const world = await setup();
  await raise(world, "A2", "sub_1", 500);
  const { publish } = world.sweepDependencies.alarmTopic;
  world.sweepDependencies.alarmTopic.publish = async (message) => {
    await publish(message);
    throw new Error("the answer is lost");
  };
  await expect(world.sweep()).rejects.toThrow("sendDigest");
  world.sweepDependencies.alarmTopic.publish = publish;
  world.time.now += minute;
  await world.sweep();
  expect(world.mail).toHaveLength(1);
  world.time.now += 5 * minute;
  await world.sweep();
  await world.sweep();
  expect(world.mail.map(({ text }) => text.startsWith("This may be today's second digest"))).toEqual([false, true]);
});

test("that the topic refuses makes the sweep fail, and comes with the first one that it takes", async () => {
  const world = await setup();
  await raise(world, "A2", "sub_1", 500);
  const { publish } = world.sweepDependencies.alarmTopic;
  world.sweepDependencies.alarmTopic.publish = async () => ({ kind: "refused", why: "NotFound: no such topic" });
  await expect(world.sweep()).rejects.toThrow("sendDigest");
  expect(world.reported.map(String)).toEqual(["Error: the alarm topic refuses the digest of open findings: NotFound: no such topic"]);
  world.sweepDependencies.alarmTopic.publish = publish;
  await world.sweep();
  expect(world.mail.map(({ text }) => text.startsWith("1 finding is open"))).toEqual([true]);
});

test("counts more findings than one run reads over several, and measures what the last whole count found", async () => {
  const world = await setup();
  for (const contract of ["sub_1", "sub_2"]) await raise(world, "A2", contract, 60_000);
  await raise(world, "A3", "sub_3", 60_000);
  const { countOpen, tallies } = world.sweepDependencies;
  let pages = 0;
  // A run that has time for one page.
  world.sweepDependencies.countOpen = async (run, limits) => {
    pages++;
    return countOpen(run, { ...limits, hasTime: () => false });
  };
  await world.sweep();
  expect([world.counts.get("OpenFindings"), world.mail]).toEqual([undefined, []]);
  while (!(await tallies.read()).run.last) {
    world.time.now += minute;
    await world.sweep();
  }
  expect(pages).toBe(8);
  expect(
    Object.fromEntries(
      ["OpenFindings", "OldestFindingSeconds", "MoneyAtStakePercent"].map((name) => [name, world.counts.get(name as "OpenFindings")]),
    ),
  ).toEqual({
    OpenFindings: 3,
    OldestFindingSeconds: 420,
    MoneyAtStakePercent: 180,
  });
  expect(world.mail).toHaveLength(1);
});
