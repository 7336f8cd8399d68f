/** Of `core/`, by folder. */
import type { Accepted } from "../accept.ts";
import { acceptedInApplication } from "./application.ts";
import { acceptedInConditions } from "./conditions.ts";
import { acceptedInConfig } from "./config.ts";
import { acceptedInDelivery } from "./delivery.ts";
import { acceptedInFindings } from "./findings.ts";
import { acceptedInFormats } from "./formats.ts";
import { acceptedInLedger } from "./ledger.ts";
import { acceptedInLifecycle } from "./lifecycle.ts";
import { acceptedInReceive } from "./receive.ts";
import { acceptedInReconcile } from "./reconcile.ts";
import { acceptedInRefunds } from "./refunds.ts";

export const acceptedInCore: readonly Accepted[] = [
  ...acceptedInApplication,
  ...acceptedInConditions,
  ...acceptedInConfig,
  ...acceptedInDelivery,
  ...acceptedInFindings,
  ...acceptedInFormats,
  ...acceptedInLedger,
  ...acceptedInLifecycle,
  ...acceptedInReceive,
  ...acceptedInReconcile,
  ...acceptedInRefunds,
];
