/** Findings and how they are looked for, over one ledger table. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import { gracesOf } from "../../../core/findings/graces.ts";
import type { FindingSettings } from "../../../core/findings/settings.ts";
import type { Ledger } from "../ledger.ts";
import { createFindings, type Findings } from "./findings.ts";
import { createLook, type Look } from "./look.ts";

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
  readonly ledger: Pick<Ledger, "related">;
  readonly config: Pick<ResolvedConfig, "findings" | "sources">;
  readonly traitsOf: FindingSettings["traitsOf"];
  readonly clock: () => Millis;
  readonly random: () => number;
}): { readonly findings: Findings; readonly look: Look } => {
  const findings = createFindings({ client, table, random });
  const settings = { graces: gracesOf(config.findings.graces), traitsOf };
  const hasApplication = Object.values(config.sources).some(({ gateway }) => gateway === applicationGateway);
  return { findings, look: createLook({ findings, ledger, settings, hasApplication, clock }) };
};

/** By which the application says its own side. */
const applicationGateway = "app";
