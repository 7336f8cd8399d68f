/** Tells an incident to the parsers, the ledger and the rules, without a table: signed, verified, identified and parsed as on the path. */
import type { BothSides } from "../../core/application/both-sides.ts";
import type { Millis } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import { findingsOf } from "../../core/findings/findings.ts";
import { defaultGraces, gracesOf } from "../../core/findings/graces.ts";
import { afterEvent, type FindingEvent } from "../../core/findings/lifecycle/events.ts";
import { changesOf } from "../../core/findings/lifecycle/merge.ts";
import { isOpen, type StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import type { FindingSettings } from "../../core/findings/settings.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { recordKey } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import { findGateway, type SourceSettings } from "../../gateways/index.ts";
import { sourceTraits } from "../../gateways/source-traits.ts";
import { newSecret, optionsFor } from "../../local/secret-forms.ts";
import { signCallback } from "../../simulator/callbacks.ts";
import incidentConfig from "../../simulator/incidents/config.ts";
import type { Deed, Told } from "../../simulator/incidents/incident.ts";
import { findingLine } from "../../simulator/incidents/incident.ts";
import { familiesOf, type Meaning } from "../support/both-sides/in-memory-ledger.ts";

/** Tells what is told to the sources of a configuration. */
export const tellerOf = (config: Config) => {
  const settings = new Map(
    Object.entries(config.sources).map(([name, source]): [string, SourceSettings] => {
      const secrets = [newSecret(source.gateway)];
      return [name, { ...source, secrets, options: { ...source.options, ...optionsFor(source.gateway, secrets) } }];
    }),
  );

  /** What one callback says, received at that moment. */
  const meaningOf = (told: Told, now: Millis): Meaning => {
    const source = settings.get(told.source);
    const gateway = findGateway((config.sources as Readonly<Record<string, { gateway: string }>>)[told.source]?.gateway ?? "");
    if (!source || !gateway) throw new Error(`the incidents' configuration has no source ${told.source}`);
    const raw = signCallback(gateway, told, source, {
      source: told.source,
      url: `https://callbacks.example.com/callbacks/${told.source}`,
      now,
    });
    const verification = verifyCallback(gateway, raw, source);
    if (verification.kind === "refused") throw new Error(`${told.source}: ${verification.reason}`);
    const key = recordKey(told.source, gateway.identify(verification.callback, source));
    const record = { key, gateway: gateway.name, raw, storedAt: now, verification: "verified" as const, sha256: "" };
    return { key, source: told.source, understood: understand(record, gateway, config) };
  };

  /** Each record once: the first stands (P3). */
  const recorded = (meanings: readonly Meaning[]): readonly Meaning[] => [
    ...new Map(meanings.toReversed().map((one) => [one.key, one])).values(),
  ];

  /** Both sides of what has to do with one another, and how the rules see them. */
  const heardOf = (meanings: readonly Meaning[]): { readonly families: readonly BothSides[]; readonly rules: FindingSettings } => {
    const records = recorded(meanings);
    const sides = new Set(
      records
        .flatMap(({ understood }) => (understood.kind === "application" ? understood.applicationEvents : []))
        .flatMap((event) => ("source" in event ? [event.source] : [])),
    );
    const rules: FindingSettings = {
      graces: gracesOf(defaultGraces),
      traitsOf: sourceTraits(config, findGateway),
      hasSide: (source) => sides.has(source),
    };
    return { families: familiesOf(records), rules };
  };

  const findingsAt = (meanings: readonly Meaning[], now: Millis) => {
    const { families, rules } = heardOf(meanings);
    return families.flatMap((family) => findingsOf(family, rules, now).findings);
  };

  return { meaningOf, heardOf, findingsAt };
};

export const { meaningOf, heardOf, findingsAt } = tellerOf(incidentConfig);

/** As the ledger keeps them: raised, updated and closed by each look, and settled by operators. */
export const keeping = () => {
  let kept: readonly StoredFinding[] = [];
  return {
    decide(deeds: readonly Deed[], now: Millis): void {
      for (const deed of deeds) {
        if (!("finding" in deed)) continue;
        const { finding, ...event } = deed;
        const before = kept.find((one) => one.finding.id === finding);
        const after = before && afterEvent(before, event as FindingEvent, now);
        if (!after) throw new Error(`${deed.kind} does not apply to ${finding}`);
        kept = kept.map((one) => (one === before ? after : one));
      }
    },
    look(meanings: readonly Meaning[], now: Millis): void {
      const changes = changesOf(findingsAt(meanings, now), kept, now);
      const changed = new Map(changes.map(({ after }) => [after.finding.id, after]));
      for (const one of kept) if (!changed.has(one.finding.id)) changed.set(one.finding.id, one);
      kept = [...changed.values()];
    },
    open: (): readonly string[] =>
      kept
        .filter(isOpen)
        .map(({ finding }) => findingLine(finding))
        .sort(),
    kept: () => kept,
  };
};
