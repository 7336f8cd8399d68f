import { describe, expect, onTestFinished, test } from "vitest";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import type { Conflict } from "../../../core/receive/conflict.ts";
import type { RecordKey } from "../../../core/record.ts";
import { gateways } from "../../../gateways/index.ts";
import { applicationEntryToItem, partitionsOf } from "../../../io/ledger/application/entry-item.ts";
import { bounds } from "../../../io/ledger/application/related.ts";
import { accountPointerKey } from "../../../io/table.ts";
import { decideConflict } from "../../../operator/conflicts/decide.ts";
import { conflictsOfRecord } from "../../../operator/query/conflicts-of-record.ts";
import { connectionTo } from "../../operator/command-line.ts";
import { manyCharges, putItems } from "../../support/aws/many-entries.ts";
import { watchCalls } from "../../support/aws/stores.ts";
import { createWorld, noon, secret, type World } from "../../support/world/world.ts";

const { app } = gateways;
const hour = 3_600_000;
const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  let sent = 0;
  return {
    world,
    /** One callback, on its whole path. */
    tell: async (body: { readonly type?: string; readonly [field: string]: unknown }, at = world.time.now) => {
      await world.receive(world.signed({ id: `evt_${sent++}`, created: at / 1000, currency: "JPY", ...body }));
      await world.settle();
    },
  };
};

const kept = async (world: World, kind: "open" | "settled" = "open"): Promise<readonly StoredFinding[]> =>
  Array.fromAsync(world.steps.findings.all(kind));
const ids = async (world: World, kind?: "open" | "settled") => (await kept(world, kind)).map(({ finding }) => finding.id);
const deeds = async (world: World) =>
  (await Array.fromAsync(world.audit.ofDay("2026-11-20"))).map(({ by, what, to }) => `${by}: ${what} ${to}`);

const replay = async (world: World, key: RecordKey, line: string): Promise<void> => {
  const [known, record] = await Promise.all([world.ledger.progress(key), world.records.load(key)]);
  const planned = record && planReplay(record, known, { contracts: [line], now: world.time.now });
  if (planned?.kind !== "ring") throw new Error("it is not replayed");
  await world.ledger.save(planned.progress, known);
  world.time.now += 120_000;
  await world.sweep();
  await world.settle();
};

const contract = "sub_1";
const id = "AFTER:sandbox/sub_1";

describe("a finding", () => {
  test("is raised by the callback that makes it, grows with the next one, and closes itself with the last refund", async () => {
    const { world, tell } = await setup();
    await tell({ type: "contract.cancelled", contract }, noon - hour);
    expect(await ids(world)).toEqual([]);
    await tell({ contract, charge: "ch_1", amount: 500 });
    expect(await kept(world)).toMatchObject([{ finding: { id, money: [{ minor: 500 }] }, standing: { state: "open" }, raisedAt: noon }]);
    await tell({ contract, charge: "ch_2", amount: 300 });
    expect(await kept(world)).toMatchObject([{ finding: { id, money: [{ minor: 800 }] }, revision: 2 }]);
    // A refund names its payment only, and is in the contract's line all the same.
    await tell({ type: "charge.refunded", charge: "ch_1", amount: 500 });
    await tell({ type: "charge.refunded", charge: "ch_2", amount: 300 });
    expect(await ids(world)).toEqual([]);
    expect(await kept(world, "settled")).toMatchObject([{ finding: { id }, standing: { state: "closed" } }]);
    expect((await deeds(world)).sort()).toEqual([
      `holdfast: finding closed ${id}`,
      `holdfast: finding raised ${id}`,
      `holdfast: finding updated ${id}`,
      `holdfast: finding updated ${id}`,
    ]);
  });

  test("is raised once, however often its callback comes and is replayed", async () => {
    const { world, tell } = await setup();
    await tell({ type: "contract.cancelled", contract }, noon - hour);
    await tell({ id: "evt_same", contract, charge: "ch_1", amount: 500 });
    await tell({ id: "evt_same", contract, charge: "ch_1", amount: 500 });
    await world.steps.look({ source: "sandbox", line: contract });
    expect(await kept(world)).toMatchObject([{ finding: { id }, revision: 1 }]);
  });

  test("of a grace is raised by the sweep when the grace has run out, and not before", async () => {
    const { world, tell } = await setup();
    await tell({ charge: "ch_1", amount: 1 });
    world.time.now += 72 * hour - 1;
    await world.sweep();
    expect(await ids(world)).toEqual([]);
    world.time.now += 1;
    await world.sweep();
    expect(await ids(world)).toEqual(["CHECK:sandbox/ch_1"]);
    expect(await world.steps.findings.dueLooks(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    await tell({ type: "charge.voided", charge: "ch_1", amount: 1 });
    expect(await ids(world)).toEqual([]);
  });

  test("is looked for again by the sweep when the look failed, which holds up no delivery", async () => {
    const { world, tell } = await setup();
    await tell({ type: "contract.cancelled", contract }, noon - hour);
    const { look } = world.steps;
    world.steps.look = async () => {
      throw new Error("the table is away");
    };
    await tell({ contract, charge: "ch_1", amount: 500 });
    world.steps.look = look;
    expect(world.delivered()).toHaveLength(2);
    expect(await ids(world)).toEqual([]);
    await world.sweep();
    expect(await ids(world)).toEqual([id]);
  });

  test("of a payment that turns out to be a contract's goes on with the contract", async () => {
    const { world, tell } = await setup();
    await tell({ type: "dispute.opened", charge: "ch_1", dispute: "dp_1", amount: 500 });
    expect(await ids(world)).toEqual(["DISPUTE:sandbox/ch_1"]);
    await tell({ contract, charge: "ch_1", amount: 500 });
    expect(await ids(world)).toEqual(["DISPUTE:sandbox/sub_1"]);
    await tell({ type: "dispute.lost", charge: "ch_1", dispute: "dp_1", amount: 500 });
    expect(await ids(world)).toEqual([]);
  });

  test("is raised in the same way whatever the order of its callbacks", async () => {
    const { world, tell } = await setup();
    await tell({ contract, charge: "ch_1", amount: 500 });
    await tell({ type: "contract.cancelled", contract }, noon - hour);
    expect(await ids(world)).toEqual([id]);
  });
});

describe("R-CONFLICT: another content under a known id", () => {
  const id = "CONFLICT:sandbox/evt_1";
  const sweepLater = async (world: World) => {
    world.time.now += 120_000;
    await world.sweep();
    await world.settle();
  };
  const decide = async (world: World, deliver: "first" | "both") => {
    const connection = connectionTo(world);
    for (const one of await conflictsOfRecord(connection, "sandbox/evt_1"))
      await decideConflict(connection, one, { deliver, by: "ann", why: "asked the gateway" });
  };

  test("is one finding, raised by the sweep, which names the contract and stays while anything comes or is looked at", async () => {
    const { world, tell } = await setup();
    for (const amount of [500, 700, 900]) await tell({ id: "evt_1", contract, charge: "ch_1", amount, customer: "cus_1" });
    await sweepLater(world);
    expect(await kept(world)).toMatchObject([
      {
        finding: { id, class: "CONFLICT", names: { contracts: ["sandbox/sub_1"], customers: ["cus_1"], charges: ["ch_1"] } },
        standing: { state: "open" },
        revision: 1,
      },
    ]);
    await tell({ contract, charge: "ch_2", amount: 500 });
    await world.steps.look({ source: "sandbox", line: "evt_1" });
    await sweepLater(world);
    expect(await ids(world)).toEqual([id]);
    expect(await world.steps.findings.dueLooks(world.time.now, 10)).toEqual([]);
  });

  test("closes itself when the last of them is decided, and is open again when another comes", async () => {
    const { world, tell } = await setup();
    for (const amount of [500, 700]) await tell({ id: "evt_1", contract, charge: "ch_1", amount });
    await sweepLater(world);
    await decide(world, "both");
    expect(await ids(world)).toEqual([]);
    expect(await kept(world, "settled")).toMatchObject([{ finding: { id }, standing: { state: "closed" } }]);
    await sweepLater(world);
    expect(await ids(world)).toEqual([]);
    await tell({ id: "evt_1", contract, charge: "ch_1", amount: 900 });
    await sweepLater(world);
    expect(await ids(world)).toEqual([id]);
  });

  test("is closed by the sweep where the operator's command could not look", async () => {
    const { world, tell } = await setup();
    for (const amount of [500, 700]) await tell({ id: "evt_1", amount });
    await sweepLater(world);
    const connection = connectionTo(world);
    const lookAtConflict = async () => {
      throw new Error("interrupted");
    };
    const [one] = (await conflictsOfRecord(connection, "sandbox/evt_1")) as [Conflict];
    await decideConflict({ ...connection, lookAtConflict }, one, { deliver: "first", by: "ann", why: "asked the gateway" });
    expect(await ids(world)).toEqual([id]);
    await sweepLater(world);
    expect(await ids(world)).toEqual([]);
  });
});

describe("an account with more contracts than are read together", () => {
  const named = Array.from({ length: bounds.lines + 20 }, (_, at) => `sub_${String(at).padStart(3, "0")}`);
  const last = named.at(-1) as string;
  const reseller = async () => {
    const sources = { sandbox: { gateway: "sandbox", target: "app" }, app: { gateway: "app" } };
    const world = await createWorld({ sources });
    onTestFinished(() => world.close());
    const grants = named.map((one): ApplicationEntry => {
      const about = { account: "reseller", source: "sandbox", contract: one, plan: one, price: { minor: 500, currency: "JPY" } };
      const at = noon - 40 * 24 * hour;
      return {
        record: `app/${one}`,
        event: { id: `grant_${one}`, type: "entitlement.granted", interval: "month", occurredAt: at, receivedAt: at, ...about },
      };
    });
    await putItems(world.client, world.aws.ledgerTable, [
      ...named.flatMap((one) => manyCharges(one, 1)),
      ...grants.flatMap((one) => partitionsOf(one).map((partition) => applicationEntryToItem(partition, one))),
      ...named.map((one) => {
        const { pk, sk } = accountPointerKey("sandbox", one, "reseller");
        return { pk: { S: pk }, sk: { S: sk }, account: { S: "reseller" } };
      }),
    ]);
    let sent = 0;
    return {
      world,
      tell: async (body: { readonly type?: string; readonly [field: string]: unknown }, at = world.time.now) => {
        await world.receive(world.signed({ id: `evt_${sent++}`, created: at / 1000, currency: "JPY", ...body }));
        await world.settle();
      },
    };
  };

  test("has no finding of what was not read, and keeps those it has", { timeout: 60_000 }, async () => {
    const { world, tell } = await reseller();
    await tell({ type: "contract.cancelled", contract: last }, noon - hour / 2);
    await tell({ contract: last, charge: "ch_after", amount: 500 });
    const after = `AFTER:sandbox/${last}`;
    expect(await ids(world)).toEqual([after]);
    const calls = watchCalls(world.client);
    await tell({ contract: named[0], charge: "ch_1", amount: 500 });
    expect(await ids(world)).toEqual([after]);
    expect(await kept(world, "settled")).toEqual([]);
    expect(calls.length).toBeLessThan(bounds.lines + 40);
    // Its own look closes it.
    await tell({ type: "charge.refunded", charge: "ch_after", amount: 500 });
    expect(await ids(world)).toEqual([]);
  });
});

describe("a contract with more events than a turn reads", () => {
  test("is delivered for, and the sweep looks for its findings", { timeout: 60_000 }, async () => {
    const { world, tell } = await setup();
    await putItems(world.client, world.aws.ledgerTable, manyCharges(contract, bounds.ofTurn + 1));
    await tell({ type: "contract.cancelled", contract }, noon - hour);
    const calls = watchCalls(world.client);
    await tell({ contract, charge: "ch_1", amount: 500 });
    expect(world.delivered()).toHaveLength(2);
    expect(calls.filter(({ name }) => name === "Query").length).toBeLessThan(20);
    expect(await ids(world)).toEqual([]);
    expect(await world.steps.findings.dueLargeLooks(world.time.now, 10)).toEqual([{ source: "sandbox", line: contract }]);
    await world.sweep();
    expect(await kept(world)).toMatchObject([{ finding: { id, money: [{ minor: 500 }] } }]);
    expect(await world.steps.findings.dueLargeLooks(world.time.now, 10)).toEqual([]);
    // Its refund is known to be one of its charge, whose links lead to it.
    await tell({ type: "charge.refunded", charge: "ch_1", amount: 500 });
    await world.sweep();
    expect(await ids(world)).toEqual([]);
  });
});

test("a contract that is too large for any look is not looked at before its day is over, whatever comes", async () => {
  const { world, tell } = await setup();
  const { findings } = world.steps;
  world.steps.look = async () => "too large";
  world.sweepDependencies.look = async () => "too large";
  await tell({ contract, charge: "ch_1", amount: 500 });
  await world.sweep();
  for (const said of ["too large", "failed"]) {
    world.time.now += hour;
    world.steps.look = async () => {
      if (said === "failed") throw new Error("the table is away");
      return "too large";
    };
    await tell({ contract, charge: `ch_${said}`, amount: 500 });
    expect(await findings.dueLooks(world.time.now, 10)).toEqual([]);
    expect(await findings.dueLargeLooks(world.time.now, 10)).toEqual([]);
  }
  expect(await findings.dueLargeLooks(world.time.now + 22 * hour, 10)).toEqual([{ source: "sandbox", line: contract }]);
});

test("two looks at once raise one finding, with one entry in the audit trail", async () => {
  const { world, tell } = await setup();
  await tell({ type: "contract.cancelled", contract }, noon - hour);
  const { look } = world.steps;
  world.steps.look = async () => [];
  await tell({ contract, charge: "ch_1", amount: 500 });
  await Promise.all([1, 2, 3].map(() => look({ source: "sandbox", line: contract })));
  expect(await kept(world)).toMatchObject([{ finding: { id }, revision: 1 }]);
  expect(await deeds(world)).toEqual([`holdfast: finding raised ${id}`]);
});

describe("beside what the application says", () => {
  const sources = { sandbox: { gateway: "sandbox", target: "app" }, app: { gateway: "app" } };
  const start = async () => {
    const world = await createWorld({ sources });
    onTestFinished(() => world.close());
    let sent = 0;
    return {
      world,
      tell: async (body: { readonly type?: string; readonly [field: string]: unknown }, at = noon) => {
        await world.receive(world.signed({ id: `evt_${sent++}`, created: at / 1000, currency: "JPY", ...body }));
        await world.settle();
      },
      say: async (type: string, at: number, data: object = {}) => {
        const message = { type, timestamp: new Date(at).toISOString(), data: { account: "a-1", ...data } };
        const raw = app.sign(Buffer.from(JSON.stringify(message)), { secrets: [secret] }, world.time.now);
        await world.receive({ ...raw, source: "app", url: "https://callbacks.example.com/callbacks/app" });
        await world.settle();
      },
    };
  };
  const price = { minor: 500, currency: "JPY" };
  const grant = { source: "sandbox", contract, plan: "premium", price, interval: "month" };

  test("a charge after a revocation, a closed account and a cancellation without an answer are found, and closed by the gateway's end", async () => {
    const { world, tell, say } = await start();
    await say("entitlement.granted", noon - 3 * hour, grant);
    await say("entitlement.revoked", noon - 2 * hour, { source: "sandbox", contract, reason: "cancelled" });
    await tell({ contract, charge: "ch_1", amount: 500 }, noon - hour);
    expect(await ids(world)).toEqual(["A3:sandbox/sub_1"]);
    await say("account.closed", noon - 90 * 60_000);
    expect(await ids(world)).toEqual(["CLOSE.charged:account:a-1"]);
    world.time.now += 49 * hour;
    await world.sweep();
    expect((await ids(world)).sort()).toEqual(["CLOSE.charged:account:a-1", "CLOSE.outlives:account:a-1"]);
    await tell({ type: "contract.cancelled", contract });
    await tell({ type: "charge.refunded", charge: "ch_1", amount: 500 });
    expect(await ids(world)).toEqual([]);
  });

  test("an entitlement without a charge is found by the sweep, once for a grant that is told again, and closed by the late charge", async () => {
    const { world, tell, say } = await start();
    await say("entitlement.granted", noon, grant);
    await say("entitlement.granted", noon, grant);
    world.time.now += 25 * hour;
    await world.sweep();
    await world.sweep();
    expect(await kept(world)).toMatchObject([{ finding: { id: "A2:sandbox/sub_1", money: [price] }, revision: 1 }]);
    await tell({ contract, charge: "ch_1", amount: 500 });
    expect(await ids(world)).toEqual([]);
  });

  test("R-APP-3: that the application has accepted a delivery entitles nobody", async () => {
    const { world, tell, say } = await start();
    await say("entitlement.granted", noon - 72 * hour, { ...grant, contract: "sub_2", account: "a-2", basis: "complimentary" });
    await tell({ contract, charge: "ch_1", amount: 500 }, noon - 25 * hour);
    expect(world.delivered()).toHaveLength(1);
    expect(await ids(world)).toEqual(["A3:sandbox/sub_1"]);
  });

  describe("R-APP-3: where a target means by a 2xx that entitlement follows", () => {
    const following = async () => {
      const begun = await start();
      Object.assign(begun.world.config.targets.app ?? {}, { entitlementFollows: true });
      return begun;
    };

    test("an accepted payment entitles, and one that is not accepted is charged without entitlement until it is", async () => {
      const { world, tell } = await following();
      await tell({ contract, charge: "ch_1", amount: 500 }, noon - 25 * hour);
      world.application.behave(() => ({ status: 422 }));
      await tell({ contract: "sub_2", charge: "ch_2", amount: 500 }, noon - 25 * hour);
      expect(await ids(world)).toEqual(["A3:sandbox/sub_2"]);
      world.application.behave(() => ({ status: 200 }));
      await replay(world, "sandbox/evt_1", "sub_2");
      expect(await ids(world)).toEqual([]);
    });

    test("an end that the application has not accepted leaves somebody entitled, until it is", async () => {
      const { world, tell } = await following();
      await tell({ type: "contract.started", contract }, noon - 72 * hour);
      world.application.behave(() => ({ status: 422 }));
      await tell({ type: "contract.cancelled", contract }, noon - 49 * hour);
      expect(await ids(world)).toEqual(["A2:sandbox/sub_1"]);
      world.application.behave(() => ({ status: 200 }));
      await replay(world, "sandbox/evt_1", contract);
      expect(await ids(world)).toEqual([]);
    });

    test("what the application says itself about a contract counts instead", async () => {
      const { world, tell, say } = await following();
      await say("entitlement.granted", noon - 72 * hour, grant);
      await say("entitlement.revoked", noon - 48 * hour, { source: "sandbox", contract, reason: "paused" });
      await tell({ contract, charge: "ch_1", amount: 500 }, noon - 25 * hour);
      expect(await ids(world)).toEqual(["A3:sandbox/sub_1"]);
    });
  });

  test("R-APP-2: a charge of before the application said anything is found once it speaks of that source", async () => {
    const { world, tell, say } = await start();
    await tell({ contract, charge: "ch_1", amount: 500 }, noon - 48 * hour);
    await world.sweep();
    expect(await ids(world)).toEqual([]);
    await say("entitlement.granted", noon - 72 * hour, { ...grant, contract: "sub_2", account: "a-2", basis: "complimentary" });
    await world.sweep();
    expect(await ids(world)).toEqual(["A3:sandbox/sub_1"]);
    expect(await world.steps.findings.sidelessLooks("sandbox", 10)).toEqual([]);
  });
});
