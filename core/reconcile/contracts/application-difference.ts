/**
 * The application's entitlement against the gateway's state of one contract (R-REC-3): entitled and not alive once the paid period and the grace are over,
 * alive and not entitled once the time to confirm is. What findings make of it gives the class and the money.
 */
import type { BothSides } from "../../application/both-sides.ts";
import type { Millis } from "../../callback.ts";
import { isEndState } from "../../event.ts";
import type { FindingClass } from "../../findings/finding.ts";
import { findingsOf } from "../../findings/findings.ts";
import { requestOf } from "../../findings/rules/ending/unconfirmed.ts";
import type { FindingSettings } from "../../findings/settings.ts";
import { type ContractSide, entitlementOf, paidUntil } from "../../findings/sides/contract-side.ts";
import { sidesOf } from "../../findings/sides/sides.ts";
import type { Entry } from "../../ledger/entry.ts";
import { parseRecordKey } from "../../record.ts";
import type { Difference } from "../compare/difference.ts";
import { foundType } from "../recovery/found-record.ts";
import type { ContractView } from "./contract-sides.ts";

export interface Looked {
  readonly view: ContractView;
  readonly hasList: boolean;
  /** Both sides of all that has to do with it, as they are recorded. */
  readonly related: BothSides;
}

export interface ApplicationSettings {
  readonly source: string;
  readonly asOf: Millis;
  readonly findings: FindingSettings;
}

/** Undefined: they agree, or may still differ for a while. */
export const applicationDifference = ({ view, hasList, related }: Looked, settings: ApplicationSettings): Difference | undefined => {
  const { source, asOf, findings } = settings;
  const told = related.events.filter(({ event }) => event.occurredAt < asOf);
  const known: BothSides = {
    events: [...told, ...listedEvents(view, told, source)],
    applicationEvents: related.applicationEvents.filter(({ event }) => event.occurredAt < asOf),
  };
  const side = sidesOf(known).contracts.find(
    ({ subject, source: at, contract }) => subject.kind === "contract" && at === source && contract === view.contract,
  );
  const entitlement = side && entitlementOf(side);
  if (entitlement?.isGift) return undefined;
  const isAlive = hasList
    ? view.listed !== undefined && !isEndState(view.listed.state)
    : view.recorded !== undefined && !isEndState(view.recorded.state);
  if ((entitlement !== undefined) === isAlive) return undefined;
  const isKnown = (hasList ? view.listed : view.recorded) !== undefined;
  const since = entitlement ? endOfRight(view, side as ContractSide, entitlement.since, settings) : beginOfWrong(view, side, settings);
  if (since === undefined || since > asOf) return undefined;
  const found = findingsOf(known, findings, asOf).findings.filter(
    ({ subject }) => subject.kind === "contract" && subject.source === source && subject.id === view.contract,
  );
  const [finding] = found
    .filter((one) => classes.includes(one.class))
    .sort((one, other) => classes.indexOf(one.class) - classes.indexOf(other.class));
  const money = finding?.money[0];
  return {
    id: `${source}/contract:${view.contract}`,
    cause: "application differs",
    symptom: isKnown && view.application !== undefined ? "data" : "missing",
    about: "contract",
    class: finding?.class ?? (entitlement ? "A2" : "A3"),
    names: {
      payment: [],
      contract: view.contract,
      ...(side?.customers[0] !== undefined && { customer: side.customers[0] }),
      ...(side?.account !== undefined && { account: side.account }),
    },
    at: since,
    ...(money && { money }),
    age: asOf - since,
    states: {
      theirs: view.listed?.state ?? (hasList ? "not listed" : (view.recorded?.state ?? "not known")),
      ours: entitlement ? "entitled" : view.application === "revoked" ? "revoked" : "never granted",
    },
  };
};

/** In the order in which they say most. */
const classes: readonly FindingClass[] = ["A1", "AFTER", "A3", "A2", "CONFIRM"];

/** Entitled, and not alive: from when on that is wrong. A cancelled member rightly stays until what is paid for is over. */
const endOfRight = (
  view: ContractView,
  side: ContractSide,
  granted: Millis,
  { source, findings }: ApplicationSettings,
): Millis | undefined => {
  const { graces, traitsOf } = findings;
  if (!view.listed && !view.recorded) return granted + graces.grant;
  const ended = view.listed?.endedAt ?? side.ended.at(-1)?.from;
  const paid = paidUntil(side, traitsOf(source).zone);
  return Math.max(granted, ended ?? granted, paid ?? granted) + graces.end;
};

/** Alive, and not entitled: from when on the gateway should have ended it, or the application have granted it. */
const beginOfWrong = (view: ContractView, side: ContractSide | undefined, { findings, asOf }: ApplicationSettings): Millis | undefined => {
  const { graces } = findings;
  const revoked = side?.applicationEvents.findLast(({ event }) => event.type === "entitlement.revoked")?.event.occurredAt;
  if (side && revoked !== undefined) return (requestOf(side)?.event.occurredAt ?? revoked) + graces.confirm;
  const begun = view.listed?.startedAt ?? side?.entries[0]?.event.occurredAt;
  return (begun ?? asOf - graces.grant) + graces.grant;
};

/** What the list says of its state, as if the gateway had said it, where the ledger says otherwise. */
const listedEvents = ({ contract, listed }: ContractView, told: readonly Entry[], source: string): readonly Entry[] => {
  if (!listed || !isEndState(listed.state)) return [];
  const own = told.filter((entry) => entry.source === source && entry.contract === contract);
  // Without a time of its own it lies behind everything that is known.
  const occurredAt = listed.endedAt ?? own.reduce((latest, { event }) => Math.max(latest, event.occurredAt), 0) + 1;
  const event = { id: `listed:${contract}`, type: "contract.cancelled", gatewayType: foundType, occurredAt, contract } as const;
  return [{ source, contract, event, record: parseRecordKey(`${source}/listed`) }];
};
