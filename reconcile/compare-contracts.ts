/** Contracts of a comparison: the gateway's list against the ledger, and the application against the gateway. */
import type { BothSides } from "../core/application/both-sides.ts";
import type { EntitlementGranted } from "../core/application/event.ts";
import type { Millis } from "../core/callback.ts";
import { gracesOf } from "../core/findings/graces.ts";
import type { FindingSettings } from "../core/findings/settings.ts";
import { ledgerId } from "../core/ledger-id.ts";
import type { Difference } from "../core/reconcile/compare/difference.ts";
import type { Traces } from "../core/reconcile/compare/traces.ts";
import { applicationDifference } from "../core/reconcile/contracts/application-difference.ts";
import { isDoubtful, listDifference } from "../core/reconcile/contracts/contract-differences.ts";
import type { ContractSides, ContractView } from "../core/reconcile/contracts/contract-sides.ts";
import { parseRecordKey } from "../core/record.ts";
import { inGroups } from "../core/sequences.ts";
import { sourceTraits } from "../gateways/source-traits.ts";
import type { ReconcileStores } from "./stores.ts";

/** What the application says in a file, by contract: it counts instead of its events. */
export type ApplicationFile = ReadonlyMap<string, EntitlementGranted>;

/** More disagree only where one side is empty; then no single contract is the matter. */
const mostLookedAt = 20_000;
const together = 16;

export interface ContractOrder {
  readonly source: string;
  readonly asOf: Millis;
  readonly sides: ContractSides;
  /** There is a list of the gateway's contracts. */
  readonly hasList: boolean;
  readonly traces: Traces;
  /** Absent: what the application has told. */
  readonly file?: ApplicationFile | undefined;
}

export interface ComparedContracts {
  readonly differences: readonly Difference[];
  /** Contracts of which both the gateway and the application, or the ledger, were asked. */
  readonly contracts: number;
  readonly isCut: boolean;
}

export const compareContracts = async (stores: ReconcileStores, order: ContractOrder): Promise<ComparedContracts> => {
  const { source, asOf, sides, hasList, traces, file } = order;
  const { ledger, config } = stores;
  const hasApplication = file !== undefined || (await ledger.hasSide(source));
  const differences: Difference[] = [];
  const doubtful: ContractView[] = [];
  let contracts = 0;
  for (const view of sides.views()) {
    contracts++;
    const difference = hasList ? listDifference(view, { source, asOf, hasList, traces }) : undefined;
    if (difference) differences.push(difference);
    if (hasApplication && isDoubtful(view, hasList)) doubtful.push(view);
  }
  doubtful.sort((one, other) => Number(one.contract > other.contract) - Number(one.contract < other.contract));
  const findGateway = await stores.gateways();
  const findings: FindingSettings = {
    graces: gracesOf(config.findings.graces),
    traitsOf: sourceTraits(config, findGateway),
    hasSide: () => true,
  };
  for (const some of inGroups(doubtful.slice(0, mostLookedAt), together)) {
    const read = await Promise.all(some.map(({ contract }) => ledger.related({ source, contract })));
    for (const [index, view] of some.entries()) {
      const related = withFile(read[index] as BothSides, view, order);
      const difference = applicationDifference({ view, hasList, related }, { source, asOf, findings });
      if (difference) differences.push(difference);
    }
  }
  return { differences, contracts, isCut: doubtful.length > mostLookedAt };
};

/** The file is what the application says now: a grant that is not in it has ended, nobody knows when. */
const withFile = ({ events, applicationEvents }: BothSides, { contract }: ContractView, { source, file }: ContractOrder): BothSides => {
  if (!file) return { events, applicationEvents };
  const isOfContract = (event: { readonly source?: string; readonly contract?: string }): boolean =>
    event.source === source && event.contract !== undefined && ledgerId(event.contract) === contract;
  const others = applicationEvents.filter(({ event }) => event.type !== "entitlement.granted" || !isOfContract(event));
  const granted = file.get(contract);
  return { events, applicationEvents: granted ? [...others, { event: granted, record: parseRecordKey(`${source}/file`) }] : others };
};
