/** A shop whose gateway exports a list by a mapping of its own, and a stack that has heard of some of it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { type ReconcileOrder, reconcile } from "../../../operator/reconcile/compare-command.ts";
import { createWorld, noon, type Sent } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";

export const folder = mkdtempSync(join(tmpdir(), "reconcile-"));
export const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

export const layout = {
  name: "shop",
  title: "the shop's list",
  about: "money",
  line: ["line"],
  payment: ["payment"],
  refund: ["refund"],
  type: { column: ["type"], meanings: { charge: "charge", refund: "refund" } },
  at: [{ columns: ["at"], formats: ["iso"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
  currency: "JPY",
} as const;
export const mapping = written("mapping.json", JSON.stringify(layout));

export interface Row {
  readonly payment: string;
  readonly amount?: number;
  readonly type?: string;
  readonly refund?: string;
  readonly at?: number;
}

export const exported = (rows: readonly Row[], name = "shop.csv"): string =>
  written(
    name,
    [
      "line,payment,refund,type,at,amount",
      ...rows.map(({ payment, amount = 1_980, type = "charge", refund = "", at = noon }, index) =>
        [`l-${index}-${payment}${refund}`, payment, refund, type, new Date(at).toISOString(), amount].join(","),
      ),
    ].join("\n"),
  );

export const createShop = async (configured: Partial<Config> = {}) => {
  const world = await createWorld(configured);
  onTestFinished(() => world.close());
  const send = async (...events: readonly Sent[]): Promise<void> => {
    for (const event of events) await world.receive(world.signed({ amount: 1_980, currency: "jpy", created: noon / 1_000, ...event }));
  };
  const run = async (rows: readonly Row[], changes: Partial<ReconcileOrder> = {}, json = true) => {
    await world.settle();
    const caught = catchOutput({ json });
    const order = {
      source: "sandbox",
      files: [exported(rows)],
      // Where the sources are configured, they say how their exports are read.
      ...(configured.sources === undefined && { mapping: [mapping] }),
      ...{ csv: false, recover: false, deliver: false, yes: false },
      by: "kei",
      asOf: noon + 1,
      ...changes,
    };
    const exit = await reconcile(connectionTo(world), caught.terminal, order, exportKinds);
    return {
      exit,
      text: caught.text(),
      said: caught.said,
      value: () => caught.json() as { differences: { cause: string; symptom: string; names: { payment: string[] } }[] },
    };
  };
  const differences = async (rows: readonly Row[], changes?: Partial<ReconcileOrder>) =>
    (await run(rows, changes)).value().differences.map(({ cause, symptom, names }) => `${cause}, ${symptom}: ${names.payment[0]}`);
  return { world, send, run, differences };
};
