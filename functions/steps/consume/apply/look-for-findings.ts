/**
 * What a record has said may make findings, or close some. A look that fails holds up no delivery: it is written down, and the sweep looks again
 * within a minute. So it does where more events belong to it than a turn has room and time for: it would read them with every callback; and for a record
 * of many contracts, which would look for so long that it is never delivered. Throws when not even that could be written; the turn is then repeated.
 */
import type { ApplicationEntry } from "../../../../core/application/both-sides.ts";
import { type FindingPlace, placeText } from "../../../../core/findings/finding.ts";
import type { ContractName, Entry } from "../../../../core/ledger/entry.ts";
import { paymentIds } from "../../../../core/ledger/payment/payment-ids.ts";
import { inGroups } from "../../../../core/sequences.ts";
import type { TurnReads } from "../../../../io/ledger/turn-reads.ts";
import type { StepDependencies } from "../dependencies.ts";

/** A turn looks at that many contracts, one after another. */
const mostLines = 16;
const writtenTogether = 16;

/**
 * @param found payments' lines beside which findings are kept: of one that belongs to a contract they become the contract's
 * @param reads of this turn, which has entered them
 */
export const lookForFindings = async (
  steps: StepDependencies,
  entries: readonly Entry[],
  found: readonly ContractName[],
  reads?: TurnReads,
): Promise<void> => {
  const byLine = Map.groupBy(entries.filter(saysSomething), ({ source, contract }) => placeText({ source, line: contract }));
  if (byLine.size > mostLines)
    return leaveToSweep(
      steps,
      [...byLine.values()].flatMap((some) => some.slice(0, 1)),
      found,
    );
  for (const some of byLine.values()) {
    const [{ source, contract }] = some as [Entry, ...Entry[]];
    await lookAt(
      steps,
      { source, line: contract },
      found.filter((one) => one.source === source).map((one) => ({ source, line: one.contract })),
      // One look may write what the next one reads.
      byLine.size === 1 ? reads : undefined,
    );
  }
};

const leaveToSweep = async (
  { findings, clock }: StepDependencies,
  entries: readonly Entry[],
  found: readonly ContractName[],
): Promise<void> => {
  const places = [...entries, ...found].map(({ source, contract }) => ({ source, line: contract }));
  for (const some of inGroups(places, writtenTogether))
    await Promise.all(some.map((place) => findings.leaveToSweep(place, clock(), "turn")));
};

/** The same for application events. */
export const lookForFindingsOf = async (steps: StepDependencies, applicationEvents: readonly ApplicationEntry[]): Promise<void> => {
  const places = applicationEvents.map(({ event }): FindingPlace => {
    if (event.type !== "contract.linked") return { account: event.account };
    const [{ source, contract }] = event.contracts;
    return { source, line: contract };
  });
  for (const place of new Map(places.map((one) => [placeText(one), one])).values()) await lookAt(steps, place);
};

const lookAt = async (
  { look, findings, clock }: StepDependencies,
  place: FindingPlace,
  also: readonly FindingPlace[] = [],
  reads?: TurnReads,
): Promise<void> => {
  const looked = await look(place, { also, reads, within: "turn" }).catch(() => "failed");
  if (looked === "failed") await findings.leaveToSweep(place, clock(), "turn");
  if (looked === "too large") await findings.leaveToSweep(place, clock(), "large look");
};

/** A notice that names no payment and no terms changes nothing. */
export const saysSomething = ({ event }: Entry): boolean =>
  event.type !== "notice" || paymentIds(event).length > 0 || event.endsAt !== undefined || event.freeUntil !== undefined;
