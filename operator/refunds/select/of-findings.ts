/** `refunds --finding` and `--class`: the charges that findings are about, as the rules see them now. */

import { entitlementFollows } from "../../../core/config/entitlement-follows.ts";
import { type FindingClass, placeFor } from "../../../core/findings/finding.ts";
import { draftsOf } from "../../../core/findings/findings.ts";
import { gracesOf } from "../../../core/findings/graces.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { ofFinding } from "../../../core/refunds/of-finding.ts";
import { sourceTraits } from "../../../gateways/source-traits.ts";
import { acceptedIn } from "../../../io/ledger/findings/accepted.ts";
import type { Connection } from "../../connect/connect.ts";
import { readFinding } from "../../findings/decide.ts";
import { selectFindings } from "../../findings/select.ts";
import type { Asked, Question, Report } from "./question.ts";

type Stores = Pick<Connection, "config" | "clock" | "gateways" | "ledger" | "findings">;

export async function* ofFindings(
  stores: Stores,
  { findings, classes, source }: Pick<Question, "findings" | "classes" | "source">,
  { notes, reads }: Report,
): AsyncGenerator<Asked> {
  const named = await Promise.all([...new Set(findings)].map((id) => readFinding(stores, id)));
  const ofClass =
    classes.length > 0
      ? await selectFindings(stores.findings, { classes, source }, (id) =>
          notes.push(`${id} cannot be read, and is not in the list: \`ledger rebuild\` makes it again.`),
        )
      : [];
  const distinct = new Map([...named, ...ofClass].map((stored) => [stored.finding.id, stored]));
  const traitsOf = sourceTraits(stores.config, await stores.gateways());
  const follows = (source: string) => entitlementFollows(stores.config, source);
  const graces = gracesOf(stores.config.findings.graces);
  for (const { finding } of [...distinct.values()].sort(wholeFirst)) {
    const { id, subject } = finding;
    const place = placeFor(subject);
    const related = await stores.ledger.related("account" in place ? place : { source: place.source, contract: place.line });
    reads.findings++;
    const hasSide = (of: string) => related.sides.has(of) || follows(of);
    const accepted = await acceptedIn(stores.ledger, related, follows);
    const draft = draftsOf({ ...related, accepted }, { graces, traitsOf, hasSide }, stores.clock()).get(id);
    const selection = draft && ofFinding(draft);
    if (!draft) notes.push(`${id}: its cause is gone, so nothing is to be given back for it.`);
    else if (!selection) notes.push(`${id} is not about money that was taken: nothing is to be given back for it.`);
    if (related.isCut) notes.push(`${id}: more belongs to it than is read, so its lines may not be all.`);
    if (selection) yield { selection };
  }
}

/** Those that are about a part of a payment come last: another one may be about all of it, and a payment is listed once. */
const partial: readonly FindingClass[] = ["REFUND", "AMOUNT"];

const wholeFirst = (one: StoredFinding, other: StoredFinding): number =>
  partial.indexOf(one.finding.class) - partial.indexOf(other.finding.class);
