import picocolors from "picocolors";
import { expect, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { agingSources } from "../../../core/delivery/aging.ts";
import { findGateway } from "../../../gateways/index.ts";
import type { Found } from "../../../operator/query/select.ts";
import { makePlan, planAsJson, planAsText } from "../../../operator/replay/plan.ts";
import { noon } from "../../support/samples.ts";

const minute = 60_000;
const target = { kind: "http", url: "https://app.example.com/", mode: "pass-through" } as const;
const config: Pick<Config, "sources" | "targets"> = {
  targets: { app: target, again: { ...target, resign: true }, ours: { ...target, mode: "signed" } },
  sources: {
    stripe: { gateway: "stripe", target: "app" },
    resigned: { gateway: "stripe", target: "again" },
    signed: { gateway: "stripe", target: "ours" },
    komoju: { gateway: "komoju", target: "app" },
  },
};
const ages = { sources: agingSources(config, findGateway), now: noon };

async function* records(...found: readonly (readonly [source: string, minutesOld: number])[]): AsyncGenerator<Found> {
  for (const [index, [source, minutesOld]] of found.entries())
    yield { key: `${source}/evt_${index}`, storedAt: noon - minutesOld * minute };
}

const terminal = {
  ...{ json: false, width: undefined, interactive: false, colours: picocolors.createColors(false) },
  ...{ print: async () => {}, say: () => {}, ask: async () => "", onInterrupt: () => () => {} },
};

test("a plan says beforehand how many signatures are older than their gateway's library accepts", async () => {
  const plan = await makePlan(
    records(["stripe", 4], ["stripe", 6], ["stripe", 90], ["resigned", 90], ["signed", 90], ["komoju", 90]),
    ages,
  );
  expect(planAsJson(plan).signatureTooOld).toEqual({ stripe: 2 });
  const said = planAsText(plan, terminal, undefined);
  expect(said).toContain("2 of them carry a signature that is older than the gateway's library accepts (stripe 2)");
  expect(said).toContain("Set `resign: true` on their target and deploy first.");
});

test("a plan says nothing of signatures that are young, that are made again, or that do not age", async () => {
  const plan = await makePlan(records(["stripe", 4], ["resigned", 90], ["komoju", 90]), ages);
  expect(planAsJson(plan).signatureTooOld).toEqual({});
  expect(planAsText(plan, terminal, undefined)).not.toContain("signature");
});
