/** What an operator decides about a finding: kept with its audit entry, on the state that was read. */
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { afterEvent, type FindingEvent, statesFor } from "../../core/findings/lifecycle/events.ts";
import type { StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { maskText } from "../../core/formats/mask.ts";
import type { AuditEntry } from "../../io/ledger/audit.ts";
import type { Findings } from "../../io/ledger/findings/findings.ts";

export interface FindingStores {
  readonly findings: Findings;
  readonly clock: () => Millis;
}

export type OperatorEvent = Exclude<FindingEvent, { readonly kind: "seen" | "gone" }>;

/** @throws {Failure} when there is no such finding */
export const readFinding = async ({ findings }: Pick<FindingStores, "findings">, id: string): Promise<StoredFinding> => {
  const stored = await findings.read(id);
  if (!stored)
    throw new Failure(`There is no finding ${id}. Its id is in the first column of \`holdfast findings list\`.`, "nothing found");
  return stored;
};

/** Somebody else, or a look, changes it at the same moment: more often than this it does not happen by chance. */
const mostTries = 5;

/** @throws {Failure} when there is no such finding, or it is in a state to which that does not apply; nothing is changed then */
export const decideFinding = async (stores: FindingStores, id: string, typed: OperatorEvent): Promise<StoredFinding> => {
  const event = masked(typed);
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await readFinding(stores, id);
    const now = stores.clock();
    const after = afterEvent(before, event, now);
    if (!after) throw new Failure(refusal(before, event), "usage");
    const saved = await stores.findings.save(after, before.revision, entryOf(event, id, now));
    if (saved) return saved;
  }
  throw new Failure(`${id} was changed ${mostTries} times meanwhile. Look at it and try again.`);
};

/** Many read it, and the audit trail keeps it for good: what looks like a card number or an address has no place in it. */
const masked = <Event extends OperatorEvent>(event: Event): Event => ({
  ...event,
  ...("why" in event && { why: maskText(event.why) }),
  ...("text" in event && { text: maskText(event.text) }),
});

const refusal = ({ finding, standing }: StoredFinding, { kind }: OperatorEvent): string =>
  `${finding.id} is ${standing.state}: \`${kind}\` is for one that is ${statesFor(kind).join(" or ")}. ${
    standing.state === "closed"
      ? "Its cause is gone; should it come back, it is open again by itself."
      : `Open it again with \`findings reopen\`, or look at it with \`findings show\`.`
  }`;

const entryOf = (event: OperatorEvent, to: string, at: Millis): AuditEntry => ({
  at,
  by: event.by,
  what: `finding ${event.kind}`,
  to,
  ...("why" in event && { why: event.why }),
  ...("text" in event && { why: event.text }),
});
