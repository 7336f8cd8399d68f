/**
 * The incidents on the whole path: received, relayed, consumed and swept, with findings as the table keeps them. Those of whom nothing is to be
 * found are in test/incidents, where they cost nothing.
 */
import { expect, onTestFinished, test } from "vitest";
import { isOpen, type StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { findGateway, type SourceSettings } from "../../gateways/index.ts";
import { decideFinding } from "../../operator/findings/decide.ts";
import { signCallback } from "../../simulator/callbacks.ts";
import config from "../../simulator/incidents/config.ts";
import { findingLine, type Incident, type Told, withoutOthers } from "../../simulator/incidents/incident.ts";
import { incidents } from "../../simulator/incidents/index.ts";
import { createWorld, secret, type World } from "../support/world/world.ts";

const start = Date.UTC(2025, 8, 1);
const sources: Readonly<Record<string, Partial<SourceSettings> & { readonly gateway: string }>> = config.sources;

const tell = async (world: World, told: Told): Promise<void> => {
  const source = sources[told.source];
  const gateway = source && findGateway(source.gateway);
  if (!gateway) throw new Error(`no source ${told.source}`);
  const url = `https://callbacks.example.com/callbacks/${told.source}`;
  const raw = signCallback(gateway, told, { ...source, secrets: [secret] }, { source: told.source, url, now: world.time.now });
  expect(await world.receive(raw), told.source).toEqual(gateway.acknowledge(raw, source));
};

const openOf = async (world: World, { sources: own, accounts }: Incident): Promise<readonly string[]> => {
  const kept: readonly StoredFinding[] = await Array.fromAsync(world.steps.findings.all("open"));
  const isOf = ({ finding: { subject } }: StoredFinding) =>
    subject.kind === "account" ? subject.id.startsWith(accounts) : own.includes(subject.source);
  return kept
    .filter((one) => isOpen(one) && isOf(one))
    .map(({ finding }) => findingLine(finding))
    .sort();
};

/** Told by the demo, on a whole stack: test/local/demo.test.ts. */
const toldElsewhere = "closed-account";

test.each(Object.entries(incidents).filter(([name]) => name !== toldElsewhere))(
  "%s ends each of its scenes with the findings that it has to have",
  { timeout: 120_000 },
  async (_, made) => {
    const incident = withoutOthers(made(start));
    const world = await createWorld({
      sources: Object.fromEntries(
        Object.entries(sources).map(([name, source]) => [name, source.gateway === "app" ? source : { ...source, target: "app" }]),
      ),
    });
    onTestFinished(() => world.close());
    for (const { at, title, deeds, told, open } of incident.scenes) {
      world.time.now = at;
      await world.sweep();
      for (const deed of deeds)
        if ("finding" in deed) {
          const { finding, ...event } = deed;
          await decideFinding({ findings: world.steps.findings, clock: world.clock }, finding, event);
        }
      for (const one of told) await tell(world, one);
      await world.settle();
      expect(await openOf(world, incident), title).toEqual(open);
    }
  },
);
