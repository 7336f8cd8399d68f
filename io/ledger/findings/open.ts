/** Findings and how they are looked for, over one ledger table. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import { entitlementFollows } from "../../../core/config/entitlement-follows.ts";
import type { LookPlace } from "../../../core/findings/finding.ts";
import { gracesOf } from "../../../core/findings/graces.ts";
import type { FindingSettings } from "../../../core/findings/settings.ts";
import { createConflicts } from "../conflicts.ts";
import type { Ledger } from "../ledger.ts";
import { createFindings, type Findings } from "./findings.ts";
import { createLook, type Look } from "./look.ts";
import { createConflictLook, createPlanConflictLook, type PlanConflictLook } from "./look-at-conflict.ts";
import { createPlanLook, type LookOptions, type PlanLook } from "./plan-look.ts";

export const openFindings = ({
  client,
  table,
  ledger,
  config,
  traitsOf,
  clock,
  random,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly ledger: Pick<Ledger, "progress" | "related">;
  readonly config: Pick<ResolvedConfig, "findings" | "sources" | "targets">;
  readonly traitsOf: FindingSettings["traitsOf"];
  readonly clock: () => Millis;
  readonly random: () => number;
}): {
  readonly findings: Findings;
  readonly look: LookAnywhere;
  readonly planLook: PlanLook;
  readonly planConflictLook: PlanConflictLook;
  /** Without an application that may say something one day nothing waits for it. */
  readonly hasApplication: boolean;
} => {
  const findings = createFindings({ client, table, random });
  const settings = { graces: gracesOf(config.findings.graces), traitsOf };
  const hasApplication = Object.values(config.sources).some(({ gateway }) => gateway === applicationGateway);
  const ofConflicts = { findings, conflicts: createConflicts({ client, table }), ledger, clock };
  const lookAtConflict = createConflictLook(ofConflicts);
  const port = { findings, ledger, settings, hasApplication, follows: (source: string) => entitlementFollows(config, source), clock };
  const look = createLook(port);
  return {
    findings,
    look: (place, options) => ("conflict" in place ? lookAtConflict(place.conflict) : look(place, options)),
    planLook: createPlanLook(port),
    planConflictLook: createPlanConflictLook(ofConflicts),
    hasApplication,
  };
};

/** As `Look`, of a conflict too. */
export type LookAnywhere = (place: LookPlace, options?: LookOptions) => ReturnType<Look>;

/** By which the application says its own side. */
const applicationGateway = "app";
