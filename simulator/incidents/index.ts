/** The five incidents by name, small enough to be told to an operator. */
import type { Millis } from "../../core/callback.ts";
import { closedAccount } from "./closed-account.ts";
import { domainAndHosting } from "./domain-and-hosting.ts";
import type { Incident } from "./incident.ts";
import { fewMembers, membership } from "./membership/membership.ts";
import { monthOffline } from "./month-offline.ts";
import { oneYen } from "./one-yen.ts";

export const incidents = {
  membership: (start: Millis, seed?: string) => membership(start, fewMembers, seed),
  "one-yen": oneYen,
  "closed-account": closedAccount,
  "month-offline": monthOffline,
  "domain-and-hosting": domainAndHosting,
} satisfies Readonly<Record<string, (start: Millis, seed?: string) => Incident>>;

export type IncidentName = keyof typeof incidents;
