import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../../core/event.ts";
import { defaultGraces, gracesOf } from "../../../../core/findings/graces.ts";
import { entriesOf } from "../../../../core/ledger/entry.ts";
import { createFindings } from "../../../../io/ledger/findings/findings.ts";
import { createLook } from "../../../../io/ledger/findings/look.ts";
import { createPlanLook } from "../../../../io/ledger/findings/plan-look.ts";
import { createStores, watchCalls } from "../../../support/aws/stores.ts";
import { noon } from "../../../support/samples.ts";

const place = { source: "sandbox", line: "sub_1" };
const setup = async () => {
  const { client, aws, ledger } = await createStores();
  return { client, ledger, findings: createFindings({ client, table: aws.ledgerTable, random: () => 0.5 }) };
};

describe("the moment of the next look", () => {
  test("is the earliest that anybody has asked for, until it has come", async () => {
    const { findings } = await setup();
    const moment = async () => (await findings.beside(place)).lookAt;
    await findings.lookAgain(place, noon + 200, noon);
    await findings.lookAgain(place, noon + 300, noon);
    expect(await moment()).toBe(noon + 200);
    await findings.lookAgain(place, noon + 100, noon);
    expect(await moment()).toBe(noon + 100);
    await findings.lookAgain(place, noon + 300, noon + 100);
    expect(await moment()).toBe(noon + 300);
  });

  test("is removed by a look that came for it, and not by one that came for another", async () => {
    const { findings } = await setup();
    await findings.lookAgain(place, noon, noon);
    await findings.lookAgain(place, noon + 300, noon);
    await findings.lookedAt(place, noon);
    expect(await findings.beside(place)).toEqual({ kept: [], lookAt: noon + 300 });
    await findings.lookedAt(place, noon + 300);
    expect(await findings.beside(place)).toEqual({ kept: [] });
  });

  test("is left by a look that needs none before it has come: another may have seen more", async () => {
    const { findings, ledger } = await setup();
    let now = noon;
    const settings = { graces: {} as never, traitsOf: () => ({}) as never };
    const look = createLook({ findings, ledger, settings, hasApplication: true, follows: () => false, clock: () => now });
    await findings.lookAgain(place, noon + 300, noon);
    await look(place);
    expect(await findings.beside(place)).toEqual({ kept: [], lookAt: noon + 300 });
    now = noon + 300;
    await look(place);
    expect(await findings.beside(place)).toEqual({ kept: [] });
  });
});

test("a finding that is raised beside a payment while its contract is learned ends beside the contract", async () => {
  const { findings, ledger } = await setup();
  const settings = {
    graces: gracesOf(defaultGraces),
    traitsOf: () => ({ zone: "UTC", tellsEnds: true, tellsRefunds: true }) as const,
  };
  const common = { ledger, settings, hasApplication: false, follows: () => false, clock: () => noon };
  const event = (id: string, type: EventType, contract?: string) =>
    ({
      id,
      type,
      gatewayType: type,
      occurredAt: noon,
      charge: "ch_1",
      dispute: "dp_1",
      amount: { minor: 500, currency: "JPY" },
      ...(contract && { contract }),
    }) as PaymentEvent;
  const enter = (one: PaymentEvent) => ledger.enter(entriesOf(`sandbox/${one.id}`, "sandbox", [one]));
  let learned = false;
  const slow = {
    ...findings,
    async save(...given: Parameters<typeof findings.save>) {
      if (!learned) {
        learned = true;
        const found = await enter(event("evt_2", "charge.succeeded", "sub_1"));
        expect(found).toEqual([]);
        await createLook({ ...common, findings })(place);
      }
      return findings.save(...given);
    },
  };
  await enter(event("evt_1", "dispute.opened"));
  await createLook({ ...common, findings: slow })({ source: "sandbox", line: "ch_1" });
  expect((await Array.fromAsync(findings.all("open"))).map(({ finding }) => finding.id)).toEqual(["DISPUTE:sandbox/sub_1"]);
});

test("a look reads each line once, with what was found before", async () => {
  const { client, findings, ledger } = await setup();
  const look = createLook({ findings, ledger, settings: {} as never, hasApplication: true, follows: () => false, clock: () => noon });
  const calls = watchCalls(client);
  await look(place);
  expect(calls.map(({ name }) => name)).toEqual(["Query", "GetItem"]);
});

test("where not all that belongs together is there, only what is the place's own is closed", async () => {
  const { findings, ledger } = await setup();
  const settings = {
    graces: gracesOf(defaultGraces),
    traitsOf: () => ({ zone: "UTC", tellsEnds: true, tellsRefunds: true }) as const,
  };
  const port = { findings, settings, hasApplication: false, follows: () => false, clock: () => noon };
  const dispute: PaymentEvent = {
    ...{ id: "e1", gatewayType: "x", type: "dispute.opened", occurredAt: noon, contract: "sub_1", charge: "ch_1", dispute: "dp_1" },
  };
  await ledger.enter(entriesOf("sandbox/e1", "sandbox", [dispute]));
  await createLook({ ...port, ledger })(place);
  const nothing = { events: [], applicationEvents: [], sides: new Set<string>(), accounts: [], findings: [] };
  const closedAt = async (line: string, isCut: boolean) => {
    const plan = createPlanLook({
      ...port,
      ledger: { ...ledger, related: async () => ({ ...nothing, isCut }) },
    });
    const { changes } = await plan({ source: "sandbox", line }, { also: [place], within: "large look" });
    return changes.map(({ kind, after }) => `${kind} ${after.finding.id}`);
  };
  expect(await closedAt("sub_2", true)).toEqual([]);
  expect(await closedAt("sub_1", true)).toEqual(["closed DISPUTE:sandbox/sub_1"]);
  expect(await closedAt("sub_2", false)).toEqual(["closed DISPUTE:sandbox/sub_1"]);
});
