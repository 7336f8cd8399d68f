/**
 * The names of all deployed resources. They follow from the configuration's name alone, so that the operator's command
 * finds its way with the configuration and AWS credentials, and two deployments in one account never collide.
 */
export interface ResourceNames {
  readonly recordsTable: string;
  readonly ledgerTable: string;
  readonly doorbells: string;
  readonly deadLetters: string;
  readonly spill: string;
  /** What says that an export was put into the bucket, and what of that could not be compared. */
  readonly arrivals: string;
  readonly arrivalsFailed: string;
  readonly alarms: string;
  /** Buckets share one namespace with all of AWS, so account and region are part of the name. */
  bucket(account: string, region: string): string;
  /** Of Athena, for comparing exports; and the bucket for that. */
  readonly workgroup: string;
  reconciliationBucket(account: string, region: string): string;
  /** With which the databases of its runs begin: Glue's names have no hyphens. */
  readonly runDatabases: string;
  function(verb: FunctionVerb): string;
}

/** One function for each file in functions/. */
export const functionVerbs = ["receive", "relay", "consume", "sweep", "release", "recover", "listen", "compare"] as const;
export type FunctionVerb = (typeof functionVerbs)[number];

export const resourceNames = (name: string): ResourceNames => ({
  recordsTable: `${name}-records`,
  ledgerTable: `${name}-ledger`,
  doorbells: `${name}-doorbells.fifo`,
  deadLetters: `${name}-dead-letters.fifo`,
  spill: `${name}-spill`,
  arrivals: `${name}-exports`,
  arrivalsFailed: `${name}-exports-failed`,
  alarms: `${name}-alarms`,
  workgroup: `${name}-reconcile`,
  reconciliationBucket: (account, region) => `${name}-runs-${account}-${region}`,
  runDatabases: `${name.replaceAll("-", "_")}_reconcile_`,
  bucket: (account, region) => `${name}-bodies-${account}-${region}`,
  function: (verb) => `${name}-${verb}`,
});
