import { describe, expect, test } from "vitest";
import { createFindings } from "../../../../io/ledger/findings/findings.ts";
import { createLook } from "../../../../io/ledger/findings/look.ts";
import { noon } from "../../../support/samples.ts";
import { createStores, watchCalls } from "../../../support/stores.ts";

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
    const look = createLook({ findings, ledger, settings, hasApplication: true, clock: () => now });
    await findings.lookAgain(place, noon + 300, noon);
    await look(place);
    expect(await findings.beside(place)).toEqual({ kept: [], lookAt: noon + 300 });
    now = noon + 300;
    await look(place);
    expect(await findings.beside(place)).toEqual({ kept: [] });
  });
});

test("a look reads each line once, with what was found before", async () => {
  const { client, findings, ledger } = await setup();
  const look = createLook({ findings, ledger, settings: {} as never, hasApplication: true, clock: () => noon });
  const calls = watchCalls(client);
  await look(place);
  expect(calls.map(({ name }) => name)).toEqual(["Query", "GetItem"]);
});
