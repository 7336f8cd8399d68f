import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { applicationEntriesOf } from "../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { looksOf } from "../../../operator/ledger/report.ts";
import { type ReconcileOrder, reconcile } from "../../../operator/reconcile/compare-command.ts";
import { createWorld, noon, type Sent } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";

const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "contracts-"));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const mapping = written(
  "mapping.json",
  JSON.stringify({
    name: "contracts",
    about: "contracts",
    contract: ["contract"],
    customer: ["customer"],
    state: { column: ["state"], meanings: { live: "active", late: "past_due", gone: "cancelled" } },
    at: [{ columns: ["began"], formats: ["iso"] }],
    endedAt: [{ columns: ["ended"], formats: ["iso"] }],
  }),
);

interface Listed {
  readonly contract: string;
  readonly state?: string;
  readonly customer?: string;
  readonly ended?: number;
}

const list = (rows: readonly Listed[]): string =>
  written(
    "contracts.csv",
    [
      "contract,customer,state,began,ended",
      ...rows.map(({ contract, state = "live", customer = "", ended }) =>
        [contract, customer, state, new Date(noon - 60 * day).toISOString(), ended === undefined ? "" : new Date(ended).toISOString()].join(
          ",",
        ),
      ),
    ].join("\n"),
  );

/** Ten days after all that is told. */
const asOf = noon + 10 * day;

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const send = async (...events: readonly Sent[]): Promise<void> => {
    for (const event of events) await world.receive(world.signed({ created: noon / 1_000, ...event }));
    await world.settle();
  };
  const say = async (type: string, contract: string, at: number, more: object = {}): Promise<void> => {
    const id = `${type}-${contract}-${at}`;
    const event = {
      id,
      type,
      occurredAt: at,
      receivedAt: at,
      account: `a-${contract}`,
      source: "sandbox",
      contract,
      ...more,
    } as ApplicationEvent;
    await world.ledger.enterApplicationEvents(applicationEntriesOf(`app/${id}`, [event]));
  };
  const grant = (contract: string, at = noon - 60 * day) =>
    say("entitlement.granted", contract, at, { plan: "premium", price: { minor: 500, currency: "JPY" }, interval: "month" });
  const differences = async (rows: readonly Listed[], changes: Partial<ReconcileOrder> = {}) => {
    const caught = catchOutput({ json: true });
    const order = {
      source: "sandbox",
      files: [list(rows)],
      mapping: [mapping],
      csv: false,
      recover: false,
      deliver: false,
      yes: false,
      by: "kei",
      asOf,
      ...changes,
    };
    await reconcile(connectionTo(world), caught.terminal, order, exportKinds);
    const { differences: found } = caught.json() as {
      differences: {
        cause: string;
        symptom: string;
        class?: string;
        names: { contract: string };
        money?: { minor: number };
        states: object;
      }[];
    };
    return found.map(({ cause, symptom, class: name, names, money, states }) =>
      [names.contract, cause, symptom, name, money?.minor, Object.values(states).join("/")].filter((part) => part !== undefined).join(", "),
    );
  };
  return { world, send, grant, say, differences };
};

describe("the gateway's list against the ledger:", () => {
  test("R-REC-3: states that differ, and contracts that one side does not know", async () => {
    const { send, differences } = await setup();
    await send(
      { id: "e1", type: "contract.started", contract: "same" },
      { id: "e2", type: "contract.started", contract: "ended-there" },
      { id: "e3", type: "contract.cancelled", contract: "ended-here" },
      { id: "e4", type: "contract.started", contract: "not-listed" },
      { id: "e5", type: "contract.cancelled", contract: "ended-and-not-listed" },
      { id: "e6", contract: "charged-only", charge: "p-1", amount: 500, currency: "jpy" },
      { id: "e7", type: "contract.past_due", contract: "late" },
    );
    expect(
      await differences([
        { contract: "same" },
        { contract: "ended-there", state: "gone", ended: noon + day },
        { contract: "ended-here" },
        { contract: "never-told" },
        { contract: "charged-only" },
        { contract: "late" },
      ]),
    ).toEqual([
      "never-told, never sent, missing, active",
      "ended-there, never sent, data, cancelled/active",
      "not-listed, export wrong, missing, active",
      "ended-here, export wrong, data, active/cancelled",
    ]);
  });

  test("R-REC-4: one that stands there twice counts once; with two states it is said", async () => {
    const { send, differences } = await setup();
    await send({ id: "e1", type: "contract.started", contract: "c-1" }, { id: "e2", type: "contract.started", contract: "c-2" });
    expect(await differences([{ contract: "c-1" }, { contract: "c-1" }, { contract: "c-2" }, { contract: "c-2", state: "gone" }])).toEqual([
      "c-2, export wrong, duplicate, active",
    ]);
  });

  test("R-REC-2: what happened after the list is no difference; when it was made has to be told", async () => {
    const { send, differences } = await setup();
    await send({ id: "e1", type: "contract.started", contract: "c-1" });
    await send({ id: "e2", type: "contract.cancelled", contract: "c-1", created: asOf / 1_000 + 60 });
    expect(await differences([{ contract: "c-1" }])).toEqual([]);
    await expect(differences([{ contract: "c-1" }], { asOf: undefined })).rejects.toThrow("say it with --as-of");
  });
});

describe("the application against the gateway:", () => {
  test("R-REC-3: entitled to what has ended or is not there, and charged for what is revoked or was never granted", async () => {
    const { send, grant, say, differences } = await setup();
    const contracts = ["good", "ended", "revoked", "unknown", "late"];
    for (const contract of contracts)
      await send({ id: `s-${contract}`, type: "contract.started", contract, created: noon / 1_000 - 60 * 86_400 });
    for (const contract of ["good", "ended", "revoked", "late"]) await grant(contract);
    await grant("not-there");
    await send({ id: "x-ended", type: "contract.cancelled", contract: "ended", created: noon / 1_000 - 5 * 86_400 });
    await send({ id: "x-late", type: "contract.past_due", contract: "late", created: noon / 1_000 - 86_400 });
    await say("entitlement.revoked", "revoked", noon - 4 * day, { reason: "cancelled" });
    await send({ id: "c-revoked", contract: "revoked", charge: "p-1", amount: 500, currency: "jpy" });
    await send({ id: "c-unknown", contract: "unknown", charge: "p-2", amount: 700, currency: "jpy" });
    const rows = [
      ...["good", "revoked", "unknown"].map((contract) => ({ contract })),
      { contract: "late", state: "late" },
      { contract: "ended", state: "gone", ended: noon - 5 * day },
    ];
    expect(await differences(rows)).toEqual([
      "not-there, application differs, missing, A2, 1500, not listed/entitled",
      "unknown, application differs, missing, A3, 700, active/never granted",
      "ended, application differs, data, A2, 1500, cancelled/entitled",
      "revoked, application differs, data, A3, 500, active/revoked",
    ]);
  });

  test("R-REC-3: not before the paid period and the grace are over, or the time to confirm is", async () => {
    const { send, grant, say, differences } = await setup();
    for (const contract of ["paid", "asked"]) {
      await send(
        { id: `s-${contract}`, type: "contract.started", contract },
        { id: `p-${contract}`, contract, charge: `p-${contract}`, amount: 500, currency: "jpy" },
      );
      await grant(contract, noon);
    }
    await send({ id: "x-paid", type: "contract.cancelled", contract: "paid", created: noon / 1_000 + 86_400 });
    await say("entitlement.revoked", "asked", asOf - day, { reason: "cancelled" });
    const rows = [{ contract: "paid", state: "gone", ended: noon + day }, { contract: "asked" }];
    expect(await differences(rows)).toEqual([]);
    expect(await differences(rows, { asOf: asOf + 40 * day })).toEqual([
      "asked, application differs, data, CONFIRM, active/revoked",
      "paid, application differs, data, A2, 500, cancelled/entitled",
    ]);
  });

  test("a callback that is missing here is taken from the list", async () => {
    const { send, grant, differences } = await setup();
    await send({ id: "s", type: "contract.started", contract: "c-1", created: noon / 1_000 - 60 * 86_400 });
    await grant("c-1");
    expect(await differences([{ contract: "c-1", state: "gone", ended: noon - 30 * day }])).toEqual([
      "c-1, never sent, data, cancelled/active",
      "c-1, application differs, data, A2, 1500, cancelled/entitled",
    ]);
  });

  test("is silent about a source before it has said anything of it", async () => {
    const { send, differences } = await setup();
    await send({ id: "s", type: "contract.started", contract: "c-1", created: noon / 1_000 - 60 * 86_400 });
    expect(await differences([{ contract: "c-1" }])).toEqual([]);
  });

  test("by its own list, which counts instead of what it has said", async () => {
    const { send, grant, differences } = await setup();
    for (const contract of ["both", "told-only", "listed-only"])
      await send({ id: `s-${contract}`, type: "contract.started", contract, created: noon / 1_000 - 60 * 86_400 });
    await grant("both");
    await grant("told-only");
    const application = written(
      "members.csv",
      [
        "account,source,contract,plan,price,currency,interval,since",
        "a-1,sandbox,both,premium,500,JPY,month,2026-01-01T00:00:00Z",
        "a-2,sandbox,listed-only,premium,500,JPY,month,2026-01-01T00:00:00Z",
        "a-3,elsewhere,other,premium,500,JPY,month,2026-01-01T00:00:00Z",
        "a-4,sandbox,broken,premium,500,JPY,month,soon",
      ].join("\n"),
    );
    expect(await differences([{ contract: "both" }, { contract: "told-only" }, { contract: "listed-only" }], { application })).toEqual([
      "told-only, application differs, missing, A3, active/never granted",
    ]);
  });
});

test("an end that its gateway never told is entered from the list, and confirms the cancellation", async () => {
  const { world, send, grant, say, differences } = await setup();
  await send({ id: "s-1", type: "contract.started", contract: "c-1" });
  await grant("c-1", noon);
  await say("entitlement.revoked", "c-1", noon + day, { reason: "cancelled" });
  world.time.now = asOf;
  const connection = connectionTo(world);
  const { look } = await looksOf(connection);
  await look({ source: "sandbox", line: "c-1" });
  const open = async () => (await Array.fromAsync(connection.findings.all("open"))).map(({ finding }) => finding.id);
  expect(await open()).toEqual(["CONFIRM:sandbox/c-1"]);
  await differences([{ contract: "c-1", state: "gone", ended: noon + 2 * day }], { recover: true, yes: true });
  await world.settle();
  expect(await connection.ledger.contract("sandbox", "c-1")).toMatchObject({ state: "cancelled", since: noon + 2 * day });
  expect(await open()).toEqual([]);
  expect(await differences([{ contract: "c-1", state: "gone", ended: noon + 2 * day }])).toEqual([]);
});
